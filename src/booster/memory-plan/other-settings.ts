// Settings that would stay within a budget which the given ones exceed, each counted as the plan itself is.
import { AdamW8bit } from "../../optim/adamw-8bit.js";
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
    for (const { change, ...setting } of ladder) {
      const plan = planOf(model, setting.options, setting.by);
      if (!plan.fits) continue;
      const { recomputedLayers: n } = plan;
      const again = n > 0 ? ` with ${n} layers computed again` : "";
      found.push({ change: `${change}${again}`, totalBytes: plan.totalBytes });
      break;
    }
    if (found.length === NUM_TOLD) break;
  }
  return found;
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
    onMoreRanks(by).map((whose) =>
      with_(`LowLevelZeroPlugin, stage: 2, on ${whose.worldSize} ranks`, {}, whose),
    ),
    inBf16,
    [with_("AdamW8bit", eight), with_("AdamW8bit and batch: 1", { ...eight, batch: 1 })],
    halves(sequence).map((tokens) => with_(`sequence: ${tokens}`, { sequence: tokens })),
  ];
}

function inPrecision(by: PlannedBy): PlannedBy {
  const placement = by.plugin.plan({ worldSize: by.worldSize, precision: "bf16" });
  return { ...by, precision: "bf16", placement };
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
