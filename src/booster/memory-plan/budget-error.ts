// A budget that is too small.
import { byteText } from "../../report/byte-text.js";
import { PlanError } from "../plan.js";
import type { LayersAgain } from "./count.js";
import type { MemoryPlan } from "./memory-plan.js";

/** What another setting changes; what is not named stays as it is. */
export interface SettingChanges {
  /** Optimizer state, then weights, in host memory, as much as must be: `new GeminiPlugin({ offloadOptimFrac, offloadParamFrac })`. */
  readonly plugin?: "GeminiPlugin";
  /** Ranks that share gradients and optimizer state, as LowLevelZeroPlugin with `stage: 2`. */
  readonly ranks?: number;
  /** Numbers of the pass. */
  readonly precision?: "bf16";
  /** Weights and state in bfloat16, rounded at random. */
  readonly masterWeights?: false;
  /** Adapters of this rank on all linear layers are trained in place of all weights. */
  readonly loraRank?: number;
  /** The class that updates. */
  readonly optimizer?: "AdamW8bit";
  /** Rows of a rank in a forward pass. */
  readonly batch?: number;
  /** Tokens of a row. */
  readonly sequence?: number;
}

/** Another setting, counted like the plan itself. */
export interface OtherSetting {
  /** What to change: "batch: 2 with 12 layers computed again". */
  readonly change: string;
  /** The same for a program. */
  readonly changes: SettingChanges;
  /** Layers, from the first on, that are computed again then. */
  readonly recomputedLayers: number;
  /** Layers after them of which only norms and activations are. */
  readonly selectiveLayers: number;
  /** What the device must have then. */
  readonly totalBytes: number;
}

const NUM_NAMED = 3;

/** " with 2 layers computed again", " with 2 layers again, 1 selectively"; empty where none is. */
export function withLayersAgain({ recomputedLayers, selectiveLayers }: LayersAgain): string {
  const layers = (count: number): string => `${count} layer${count === 1 ? "" : "s"}`;
  if (selectiveLayers === 0)
    return recomputedLayers === 0 ? "" : ` with ${layers(recomputedLayers)} computed again`;
  return recomputedLayers === 0
    ? ` with ${layers(selectiveLayers)} selectively again`
    : ` with ${layers(recomputedLayers)} again, ${selectiveLayers} selectively`;
}

/** No setting of a plan stays within its budget; the message names the largest terms and settings that would. */
export class BudgetError extends PlanError {
  override readonly name = "BudgetError";
  /** The plan with the least memory of those that were tried. */
  readonly plan: MemoryPlan;
  /** Settings that stay within the budget. */
  readonly settings: readonly OtherSetting[];

  constructor(plan: MemoryPlan, settings: readonly OtherSetting[]) {
    const { totalBytes, budgetBytes = 0, terms } = plan;
    const largest = [...terms].sort((a, b) => b.bytes - a.bytes).slice(0, NUM_NAMED);
    const of = largest.map(({ title, bytes }) => `${title} ${byteText(bytes)}`).join(", ");
    const again = withLayersAgain(plan);
    const spare = totalBytes > budgetBytes ? "" : " and 1 % of the GPU's memory must be left";
    const which = settings.map(({ change, totalBytes }) => `${change} (${byteText(totalBytes)})`);
    super(
      "plan: budget",
      `${byteText(budgetBytes)} are too few: the training takes ${byteText(totalBytes)}${again}${spare}, most of it ${of}`,
      which.length === 0
        ? "take a smaller model or a larger device"
        : `what would fit: ${which.join("; ")}`,
    );
    this.plan = plan;
    this.settings = settings;
  }
}
