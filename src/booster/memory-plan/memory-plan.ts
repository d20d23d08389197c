// How much memory a training will take on one rank, before anything is allocated: what it is for, when most is held at once, and what
// comes on top on a device.
import { callback, requireValue } from "../../arguments/checks.js";
import type { GradientCheckpointingOptions } from "../../nn/gradient-checkpointing.js";
import { byteText } from "../../report/byte-text.js";
import { memoryPlanSvg } from "../../report/memory-plan-svg.js";
import type { MemoryComparison } from "./compare.js";
import type { LayersAgain } from "./count.js";
import { PLAN_ERROR } from "./gpus.js";
import type { MemoryPeak, MemoryUse, Phase } from "./walk.js";

/** A part of what a training holds when it holds most. */
export interface MemoryTerm {
  /** Stays the same in all versions. */
  readonly name: MemoryUse | "allocator" | "workspaces" | "context" | "communicator";
  /** In plain words. */
  readonly title: string;
  /** At the peak. */
  readonly bytes: number;
}

/** How a training was planned. */
export interface PlannedTraining {
  /** Class of the model. */
  readonly model: string;
  /** Class of the plugin. */
  readonly plugin: string;
  /** "fp32", "bf16" or "fp16". */
  readonly precision: string;
  /** Whether its 16-bit weights have float32 masters. */
  readonly masterWeights: boolean;
  /** Class of the optimizer. */
  readonly optimizer: string;
  /** The one whose memory it is. */
  readonly rank: number;
  /** Ranks that train together. */
  readonly worldSize: number;
  /** Rows of a rank in a forward pass. */
  readonly batch: number;
  /** Tokens of a row. */
  readonly sequence: number;
  /** Layers that may be computed again. */
  readonly numLayers: number;
  /** "cpu", or the GPU as it was named. */
  readonly device: string;
  /** How much of the optimizer's state lies in host memory, from 0 to 1. */
  readonly offloadOptimFrac: number;
  /** How much of the weights of blocks lies there. */
  readonly offloadParamFrac: number;
}

/** What `MemoryPlan` is made of. */
export interface MemoryPlanParts {
  /** How the training was planned. */
  readonly training: PlannedTraining;
  /** What is computed again. */
  readonly again: LayersAgain;
  /** When tensors hold most. */
  readonly peak: MemoryPeak;
  /** What each block leaves for its backward pass. */
  readonly keptBytes: MemoryPlan["blocks"];
  /** Weights, state and masters in host memory. */
  readonly hostBytes: number;
  /** What is no tensor. */
  readonly outside: readonly MemoryTerm[];
  /** What the device has for it. */
  readonly budgetBytes: number | undefined;
  /** All that a GPU of the kind that was named has; undefined: none was. */
  readonly gpu: { readonly title: string; readonly totalBytes: number } | undefined;
  /** Runs a step that is compared with the plan. */
  readonly compare: (plan: MemoryPlan, step: () => void) => MemoryComparison;
}

const TITLES: Readonly<Record<MemoryUse, string>> = {
  parameters: "parameters",
  buffers: "buffers",
  masters: "float32 masters",
  state: "optimizer state",
  gradients: "gradients",
  activations: "activations",
  loss: "head, logits and loss",
  collectives: "buckets of ranks",
  fetched: "weights on their way from the host",
  transfers: "state on its way from the host",
  update: "update on the way",
};

const PHASES: Readonly<Record<Phase, string>> = {
  begin: "the step begins",
  forward: "the forward pass is",
  loss: "the loss is computed",
  backward: "the backward pass is",
  update: "the optimizer updates",
};

/** What `booster.plan` gives; prints as a table. */
export class MemoryPlan {
  /** How the training was planned. */
  readonly training: PlannedTraining;
  /** Layers, from the first on, that are to be computed again in full. */
  readonly recomputedLayers: number;
  /** Layers after them of which only norms and activations are. */
  readonly selectiveLayers: number;
  /** What is held at the peak, largest first, and what lies outside of tensors; they add up to `totalBytes`. */
  readonly terms: readonly MemoryTerm[];
  /** When tensors hold most: in which phase, and in which block. */
  readonly peak: MemoryPeak;
  /** What each block leaves for its backward pass, in order. */
  readonly blocks: readonly { readonly name: string; readonly bytes: number }[];
  /** What the device must have. */
  readonly totalBytes: number;
  /** Weights, state and masters that lie in the host's memory. */
  readonly hostBytes: number;
  /** What it has for it; undefined: nothing was said. */
  readonly budgetBytes: number | undefined;
  /** What of a budget a plan may be off. */
  readonly #error: number;
  readonly #gpu: MemoryPlanParts["gpu"];
  readonly #compare: MemoryPlanParts["compare"];

  constructor(parts: MemoryPlanParts) {
    this.#compare = parts.compare;
    this.#gpu = parts.gpu;
    const { training, again, peak, keptBytes, outside, budgetBytes } = parts;
    this.training = training;
    this.recomputedLayers = again.recomputedLayers;
    this.selectiveLayers = again.selectiveLayers;
    this.peak = peak;
    this.blocks = keptBytes;
    this.budgetBytes = budgetBytes;
    this.hostBytes = parts.hostBytes;
    const tensors = (Object.entries(peak.of) as [MemoryUse, number][])
      .filter(([, bytes]) => bytes !== 0)
      .map(([name, bytes]) => ({ name, title: TITLES[name], bytes }));
    this.#error = outside.length > 0 ? PLAN_ERROR : 0;
    this.terms = [...tensors.sort((a, b) => b.bytes - a.bytes), ...outside];
    this.totalBytes = this.terms.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** What is computed again, as the model takes it: `model.gradientCheckpointingEnable(plan.recompute)`. */
  get recompute(): GradientCheckpointingOptions {
    const { recomputedLayers: fullLayers, selectiveLayers } = this;
    if (selectiveLayers === 0) return { layers: fullLayers };
    return { granularity: "selective", layers: fullLayers + selectiveLayers, fullLayers };
  }

  /**
   * Whether it stays within the budget, and within the memory of the GPU that was named; true where there is neither. On a GPU 1 % is left for
   * what no plan knows.
   */
  get fits(): boolean {
    return this.#fitsIn(this.budgetBytes) && this.#fitsIn(this.#gpu?.totalBytes);
  }

  /** Bytes of a term, 0 where there is none. */
  bytesOf(name: MemoryTerm["name"]): number {
    return this.terms.find((term) => term.name === name)?.bytes ?? 0;
  }

  /**
   * Runs a whole step, forward, backward and update, and puts what it took beside the plan. On a CPU that is the memory of tensors, on a
   * GPU the most that was reserved and what lies outside of the allocator. The first step in float32 makes the optimizer's state at its
   * end: compare the second one.
   */
  compare(step: () => void): MemoryComparison {
    requireValue("plan.compare: step", step, callback);
    return this.#compare(this, step);
  }

  /** A table in plain words. */
  toString(): string {
    const { peak, training, budgetBytes } = this;
    const { phase, block } = peak;
    const where = block === undefined ? PHASES[phase] : `${PHASES[phase]} at ${block}`;
    const rows: [string, number][] = this.terms.map(({ title, bytes }) => [title, bytes]);
    rows.push([`needed on ${training.device}`, this.totalBytes]);
    if (budgetBytes !== undefined)
      rows.push([`budget${this.#verdict(budgetBytes, "small")}`, budgetBytes]);
    if (this.#gpu !== undefined) {
      const { title, totalBytes } = this.#gpu;
      rows.push([`${title} has${this.#verdict(totalBytes, "little")}`, totalBytes]);
    }
    if (this.hostBytes > 0) rows.push(["in the host's memory", this.hostBytes]);
    const width = Math.max(...rows.map(([title]) => title.length));
    return [
      this.#heading(),
      ...rows.map(([title, bytes]) => `  ${title.padEnd(width)} ${byteText(bytes).padStart(11)}`),
      `most is held when ${where}`,
    ].join("\n");
  }

  /** What a program reads. */
  toJSON(): object {
    const { training, recomputedLayers, selectiveLayers, terms, peak, blocks } = this;
    const { totalBytes, hostBytes, budgetBytes, fits } = this;
    const { phase, block, bytes } = peak;
    return {
      ...{ ...training, recomputedLayers, selectiveLayers, totalBytes, hostBytes, fits },
      ...{ terms, blocks },
      ...(budgetBytes !== undefined && { budgetBytes }),
      peak: { phase, block, bytes },
    };
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString(), "image/svg+xml": memoryPlanSvg(this) };
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #fitsIn(bytes: number | undefined): boolean {
    return this.totalBytes <= (bytes ?? Number.POSITIVE_INFINITY) * (1 - this.#error);
  }

  #verdict(bytes: number, small: string): string {
    if (this.#fitsIn(bytes)) return "";
    return this.totalBytes > bytes ? `, too ${small}` : ", less than 1 % to spare";
  }

  #heading(): string {
    const { model, plugin, precision, optimizer, rank, worldSize, batch, sequence, numLayers } =
      this.training;
    const { offloadOptimFrac, offloadParamFrac, masterWeights } = this.training;
    const numbers =
      precision === "fp32" || masterWeights ? precision : `${precision} without masters`;
    const parts = [
      partText(offloadOptimFrac, "state"),
      partText(offloadParamFrac, "weights"),
    ].filter((part) => part !== "");
    const onHost = parts.length === 0 ? "" : `, ${parts.join(" and ")} in host memory`;
    const selective =
      this.selectiveLayers > 0 ? `, norms and activations of ${this.selectiveLayers}` : "";
    const again = `${this.recomputedLayers} of ${numLayers} layers computed again${selective}`;
    return (
      `${model}, ${numbers}, ${optimizer}, ${plugin} on ${worldSize} rank${worldSize === 1 ? "" : "s"} (this is rank ${rank}), ` +
      `${batch} x ${sequence} tokens, ${again}${onHost}`
    );
  }
}

function partText(part: number, of: string): string {
  return part === 0 ? "" : `${Math.round(100 * part)} % of the ${of}`;
}
