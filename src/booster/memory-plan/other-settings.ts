// Settings that would stay within a budget which the given ones exceed, each counted as the plan itself is.

import { wholly } from "../../host/index.js";
import { deleteAdapter } from "../../lora/adapters.js";
import { adaptedLayers } from "../../lora/lora-layer.js";
import { AdamW8bit } from "../../optim/adamw-8bit.js";
import { hasGradientOwner } from "../../tensor/gradient-owner.js";
import { rngState, setRngState } from "../../tensor/random.js";
import { enableLora } from "../lora.js";
import { LowLevelZeroPlugin } from "../plugins/low-level-zero.js";
import type { OtherSetting } from "./budget-error.js";
import type { AnyModel } from "./count.js";
import type { MemoryPlan } from "./memory-plan.js";
import type { MemoryPlanOptions, PlannedBy } from "./plan-memory.js";

const NUM_TOLD = 3;
const MOST_RANKS = 64;

interface Planning {
  readonly by: PlannedBy;
  readonly planOf: (model: AnyModel, options: MemoryPlanOptions, by: PlannedBy) => MemoryPlan;
}

interface Candidate {
  readonly change: string;
  /** Whether adapters are trained in place of all weights. */
  readonly adapters?: boolean;
  readonly options: MemoryPlanOptions;
  readonly by: PlannedBy;
}

/** The first three that fit, those first that change least of what is learnt. */
export function otherSettings(
  model: AnyModel,
  options: MemoryPlanOptions,
  { by, planOf }: Planning,
): readonly OtherSetting[] {
  const found: OtherSetting[] = [];
  for (const ladder of candidates(model, options, by)) {
    const first = firstThatFits(ladder, ({ options, by, adapters = false }) => {
      const planned = (): MemoryPlan => planOf(model, options, by);
      return adapters ? withAdapters(model, planned) : planned();
    });
    if (first !== undefined) found.push(first);
    if (found.length === NUM_TOLD) break;
  }
  return found;
}

function firstThatFits(
  ladder: readonly Candidate[],
  planOf: (candidate: Candidate) => MemoryPlan,
): OtherSetting | undefined {
  for (const candidate of ladder) {
    const { fits, recomputedLayers: n, totalBytes } = planOf(candidate);
    const again = n > 0 ? ` with ${n} layers computed again` : "";
    if (fits) return { change: `${candidate.change}${again}`, totalBytes };
  }
  return undefined;
}

/** Of each kind, the smallest change first. */
function candidates(model: AnyModel, options: MemoryPlanOptions, by: PlannedBy): Candidate[][] {
  const { batch, sequence } = options;
  const with_ = (change: string, more: Partial<MemoryPlanOptions>, whose = by): Candidate => ({
    change,
    options: { ...options, ...more },
    by: whose,
  });
  const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
  const halves = (from: number): number[] =>
    Array.from({ length: Math.floor(Math.log2(from)) }, (_, i) => Math.floor(from / 2 ** (i + 1)));
  const inBf16: Candidate[] =
    by.precision === "fp32" ? [with_('mixedPrecision: "bf16"', {}, inPrecision(by))] : [];
  const eight = { optimizer: new AdamW8bit(trained) };
  return [
    halves(batch).map((rows) => with_(`batch: ${rows}`, { batch: rows })),
    onMoreRanks(by).map((whose) => with_(zeroOn(whose), {}, whose)),
    inBf16,
    mayAdapt(model) ? adapted(options, by) : [],
    [with_("AdamW8bit", eight), with_("AdamW8bit and batch: 1", { ...eight, batch: 1 })],
    halves(sequence).map((tokens) => with_(`sequence: ${tokens}`, { sequence: tokens })),
    onMoreRanks(by).map((whose) => with_(`${zeroOn(whose)} and batch: 1`, { batch: 1 }, whose)),
    mayAdapt(model)
      ? halves(sequence).map((tokens) => ({
          change: `enableLora(model, { r: ${LORA.r} }), batch: 1 and sequence: ${tokens}`,
          adapters: true,
          options: { ...withoutOptimizer(options), batch: 1, sequence: tokens },
          by,
        }))
      : [],
  ];
}

const LORA = { r: 16, targetModules: "all-linear", adapterName: "planned" } as const;

/** Adapters in place of all weights, which have an optimizer of their own. */
function adapted(given: MemoryPlanOptions, by: PlannedBy): Candidate[] {
  const options = withoutOptimizer(given);
  const change = `enableLora(model, { r: ${LORA.r}, targetModules: "all-linear" })`;
  return [
    { change, adapters: true, options, by },
    { change: `${change} and batch: 1`, adapters: true, options: { ...options, batch: 1 }, by },
  ];
}

function withoutOptimizer({ optimizer: _, ...options }: MemoryPlanOptions): MemoryPlanOptions {
  return options;
}

/** A model that is boosted, or has adapters, is left as it is. */
function mayAdapt(model: AnyModel): boolean {
  return adaptedLayers(model).length === 0 && !model.parameters().some(hasGradientOwner);
}

/** Runs `body` while the model has adapters; afterwards its layers are those that they were. */
function withAdapters<T>(model: AnyModel, body: () => T): T {
  return wholly(() => {
    const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
    const generator = rngState();
    enableLora(model, LORA);
    try {
      return body();
    } finally {
      deleteAdapter(model, LORA.adapterName);
      for (const each of trained) each.requiresGrad = true;
      setRngState(generator);
    }
  });
}

function inPrecision(by: PlannedBy): PlannedBy {
  const placement = by.plugin.plan({ worldSize: by.worldSize, precision: "bf16" });
  return { ...by, precision: "bf16", placement };
}

function zeroOn({ worldSize }: PlannedBy): string {
  return `LowLevelZeroPlugin, stage: 2, on ${worldSize} ranks`;
}

function onMoreRanks(by: PlannedBy): PlannedBy[] {
  const plugin = new LowLevelZeroPlugin({ stage: 2, device: by.plugin.device });
  const ranks: PlannedBy[] = [];
  for (let worldSize = Math.max(2, by.worldSize); worldSize <= MOST_RANKS; worldSize *= 2) {
    const placement = plugin.plan({ worldSize, precision: by.precision });
    ranks.push({ ...by, plugin, placement, worldSize });
  }
  return ranks;
}
