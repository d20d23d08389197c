// Settings that would stay within a budget which the given ones exceed, each counted as the plan itself is.

import { wholly } from "../../host/index.js";
import { deleteAdapter } from "../../lora/adapters.js";
import { adaptedLayers } from "../../lora/lora-layer.js";
import { AdamW8bit } from "../../optim/adamw-8bit.js";
import { hasGradientOwner } from "../../tensor/gradient-owner.js";
import { rngState, setRngState } from "../../tensor/random.js";
import { enableLora } from "../lora.js";
import type { Plugin } from "../plugin.js";
import { GeminiPlugin } from "../plugins/gemini.js";
import { LowLevelZeroPlugin } from "../plugins/low-level-zero.js";
import { type OtherSetting, type SettingChanges, withLayersAgain } from "./budget-error.js";
import type { AnyModel } from "./count.js";
import type { MemoryPlan, PlannedTraining } from "./memory-plan.js";
import type { MemoryPlanOptions, PlannedBy } from "./plan-memory.js";

const NUM_TOLD = 3;
const MOST_RANKS = 64;

interface Planning {
  readonly by: PlannedBy;
  readonly planOf: (model: AnyModel, options: MemoryPlanOptions, by: PlannedBy) => MemoryPlan;
}

interface Candidate {
  readonly changes: SettingChanges;
  readonly options: MemoryPlanOptions;
  readonly by: PlannedBy;
}

/** The first three that fit, those first that change least of what is learnt; none that only adds to one before it. */
export function otherSettings(
  model: AnyModel,
  options: MemoryPlanOptions,
  { by, planOf }: Planning,
): readonly OtherSetting[] {
  const found: OtherSetting[] = [];
  for (const ladder of candidates(model, options, by)) {
    const others = ladder.filter(({ changes }) => !found.some((one) => isWithin(one, changes)));
    const first = firstThatFits(others, ({ changes, options, by }) => {
      const planned = (): MemoryPlan => planOf(model, options, by);
      return changes.loraRank === undefined ? planned() : withAdapters(model, planned);
    });
    if (first !== undefined) found.push(first);
    if (found.length === NUM_TOLD) break;
  }
  return found;
}

function isWithin({ changes }: OtherSetting, others: SettingChanges): boolean {
  const names = Object.keys(changes) as (keyof SettingChanges)[];
  return names.every((name) => changes[name] === others[name]);
}

function firstThatFits(
  ladder: readonly Candidate[],
  planOf: (candidate: Candidate) => MemoryPlan,
): OtherSetting | undefined {
  for (const candidate of ladder) {
    const plan = planOf(candidate);
    if (!plan.fits) continue;
    const { recomputedLayers, selectiveLayers, totalBytes, training } = plan;
    const again = withLayersAgain(plan);
    const { changes } = candidate;
    const change = `${changeText(changes, training)}${again}`;
    return { change, changes, recomputedLayers, selectiveLayers, totalBytes };
  }
  return undefined;
}

/** In the words of a program. */
function changeText(
  changes: SettingChanges,
  { offloadOptimFrac, offloadParamFrac }: PlannedTraining,
): string {
  const { plugin, ranks, precision, masterWeights, loraRank, optimizer } = changes;
  const { batch, sequence } = changes;
  return [
    plugin && `${plugin} with offloadOptimFrac: ${offloadOptimFrac}`,
    plugin && offloadParamFrac > 0 ? `offloadParamFrac: ${offloadParamFrac}` : undefined,
    ranks && `LowLevelZeroPlugin, stage: 2, on ${ranks} ranks`,
    precision && `mixedPrecision: "${precision}"`,
    masterWeights === undefined ? undefined : `masterWeights: ${masterWeights}`,
    loraRank && `enableLora(model, { r: ${loraRank}, targetModules: "${LORA.targetModules}" })`,
    optimizer,
    batch && `batch: ${batch}`,
    sequence && `sequence: ${sequence}`,
  ]
    .filter((part) => part !== undefined)
    .join(" and ");
}

/** Of each kind, the smallest change first. */
function candidates(model: AnyModel, options: MemoryPlanOptions, by: PlannedBy): Candidate[][] {
  const { batch, sequence } = options;
  const oneRow = batch > 1 ? { batch: 1 } : {};
  const changed = (changes: SettingChanges): Candidate => {
    const { batch = options.batch, sequence = options.sequence } = changes;
    return {
      changes,
      options: { ...withOptimizer(model, options, changes), batch, sequence },
      by: placed(by, changes),
    };
  };
  const halves = (from: number): number[] =>
    Array.from({ length: Math.floor(Math.log2(from)) }, (_, i) => Math.floor(from / 2 ** (i + 1)));
  const ranks = numbersOfRanks(by.worldSize);
  const adapters = mayAdapt(model) ? [{ loraRank: LORA.r }] : [];
  const ladders: SettingChanges[][] = [
    halves(batch).map((rows) => ({ batch: rows })),
    by.plugin instanceof GeminiPlugin ? [] : [{ plugin: "GeminiPlugin" }],
    by.precision === "fp32" ? [{ precision: "bf16" }] : [],
    isRoundable(by) ? [{ masterWeights: false }, { masterWeights: false, ...oneRow }] : [],
    ranks.map((ranks) => ({ ranks })),
    adapters.flatMap((each) => [each, { ...each, ...oneRow }]),
    [{ optimizer: "AdamW8bit" }, { optimizer: "AdamW8bit", ...oneRow }],
    halves(sequence).map((tokens) => ({ sequence: tokens })),
    ranks.map((ranks) => ({ ranks, ...oneRow })),
    adapters.flatMap((each) =>
      halves(sequence).map((tokens) => ({ ...each, ...oneRow, sequence: tokens })),
    ),
  ];
  return ladders.map((ladder) => ladder.map(changed));
}

const LORA = { r: 16, targetModules: "all-linear", adapterName: "planned" } as const;

/** Adapters have an optimizer of their own. */
function withOptimizer(
  model: AnyModel,
  { optimizer: given, ...options }: MemoryPlanOptions,
  { loraRank, optimizer }: SettingChanges,
): MemoryPlanOptions {
  if (loraRank !== undefined) return options;
  if (optimizer === undefined)
    return given === undefined ? options : { ...options, optimizer: given };
  const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
  return { ...options, optimizer: new AdamW8bit(trained) };
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

/** Whether there are masters to do without. */
function isRoundable({ precision, placement }: PlannedBy): boolean {
  return precision === "bf16" && placement.precision.masterWeights;
}

function placed(by: PlannedBy, changes: SettingChanges): PlannedBy {
  const { precision = by.precision, ranks: worldSize = by.worldSize } = changes;
  const plugin = pluginOf(by.plugin, changes);
  const areSame = changes.precision === undefined && changes.masterWeights === undefined;
  if (areSame && plugin === by.plugin) return by;
  const hasMasters = by.precision === "fp32" || by.placement.precision.masterWeights;
  const { masterWeights = hasMasters } = changes;
  const placement = plugin.plan({ worldSize, precision, masterWeights });
  return { ...by, plugin, placement, precision, worldSize };
}

function pluginOf(given: Plugin, { plugin, ranks }: SettingChanges): Plugin {
  const { device } = given;
  if (plugin !== undefined) return new GeminiPlugin({ placementPolicy: "auto", device });
  return ranks === undefined ? given : new LowLevelZeroPlugin({ stage: 2, device });
}

function numbersOfRanks(worldSize: number): number[] {
  const numbers: number[] = [];
  for (let ranks = Math.max(2, worldSize); ranks <= MOST_RANKS; ranks *= 2) numbers.push(ranks);
  return numbers;
}
