// The one object of a training script: it boosts a model with a plugin, runs the backward pass and keeps checkpoints.
// Names and order of arguments are Colossal-AI's.
import { boolean, kind, oneOf, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { Job, type Reduction } from "../cluster/job.js";
import { Mesh } from "../cluster/mesh.js";
import { DataLoader, type DataLoaderOptions } from "../data/data-loader.js";
import { openEffect } from "../host/index.js";
import type { Model } from "../nn/model.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import { type Optimizer, requireSomeTrained } from "../optim/optimizer.js";
import type { Tensor } from "../tensor/tensor.js";
import { holdWeights } from "../tensor/weights-owner.js";
import { requireAgreement } from "./agreement.js";
import { apply, distribute } from "./apply.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import { BoosterFiles } from "./booster-files.js";
import { ENABLE_LORA_OPTIONS, type EnableLoraOptions, enableLora } from "./lora.js";
import type { AnyModel } from "./memory-plan/count.js";
import type { MemoryPlan } from "./memory-plan/memory-plan.js";
import { type MemoryPlanOptions, planMemory } from "./memory-plan/plan-memory.js";
import { aModel, PARTS } from "./parts.js";
import { type Plan, PlanError, type Precision, requireMasters } from "./plan.js";
import type { Parts, Plugin } from "./plugin.js";
import { TorchDDPPlugin } from "./plugins/torch-ddp.js";
import { SpanRecording } from "./spans.js";
import { type BackwardOptions, type LossOutput, weighedLoss } from "./weighed-loss.js";

/** Options of `Booster`. */
export interface BoosterOptions {
  /** Default: TorchDDPPlugin with its defaults. */
  readonly plugin?: Plugin;
  /** Default "fp32". */
  readonly mixedPrecision?: Precision;
  /**
   * Whether the optimizer keeps float32 copies of weights in 16 bits, default true. Without them bfloat16 weights and optimizer state
   * take 6 bytes a weight instead of 14 with AdamW, and updates are rounded at random (stochastic rounding);
   * what is drawn depends on the weight, its step and the element's place, not on manualSeed.
   */
  readonly masterWeights?: boolean;
}

const OPTIONS: OptionTable<BoosterOptions> = {
  plugin: kind("a plugin, as new TorchDDPPlugin()", (value) => hasMethod(value, "plan")),
  mixedPrecision: oneOf("fp32", "bf16", "fp16"),
  masterWeights: boolean,
};
const aReduction = oneOf("mean", "max", "sum");

/** The parts given, with the optimizer boosted. */
type Boosted<P> = { [K in keyof P]: K extends "optimizer" ? BoostedOptimizer : P[K] };

/** The object of a training script: boosts a model, runs backward passes, keeps checkpoints. API of Colossal-AI. */
export class Booster extends BoosterFiles {
  /** What distributes the model; `TorchDDPPlugin` unless given. */
  readonly plugin: Plugin;
  /** Element type in which the model computes. */
  readonly mixedPrecision: Precision;
  /** The processes that train together. */
  readonly job: Job;
  /** What the plugin decided for so many processes and this precision: what is where, and how it comes together. */
  readonly placement: Plan;
  /** The models that optimizers were boosted with. */
  readonly #boosted = new WeakMap<Optimizer, Module>();

  /**
   * @throws RangeError for a precision that is not offered, PlanError for one that needs masters without them
   */
  constructor(options: BoosterOptions = {}) {
    super();
    checkOptions("new Booster", options, OPTIONS);
    const { plugin = new TorchDDPPlugin(), mixedPrecision = "fp32", masterWeights } = options;
    this.plugin = plugin;
    this.mixedPrecision = mixedPrecision;
    requireMasters(mixedPrecision, masterWeights);
    this.job = new Job(plugin.device);
    const { worldSize } = this.job;
    this.placement = plugin.plan({ worldSize, precision: mixedPrecision, masterWeights });
  }

  /** This process among those that train together, from 0. */
  get rank(): number {
    return this.job.rank;
  }
  /** Number of processes that train together. */
  get worldSize(): number {
    return this.job.worldSize;
  }

  /**
   * Prepares model, optimizer, criterion, data loader and schedule for the plugin and returns the same five. Go on
   * with what it returns. All ranks call it.
   * @throws PlanError when parameters, settings or rows differ between ranks
   */
  async boost<M extends Module, P extends Parts<M>>(parts: P & Parts<M>): Promise<Boosted<P>> {
    checkOptions("boost", parts, PARTS);
    requireValue("boost: model", parts.model, aModel);
    if (parts.optimizer instanceof BoostedOptimizer) {
      throw new TypeError("this optimizer was boosted before; make a new one for another boost()");
    }
    requireModelsParameters(parts.model, parts.optimizer);
    requireOwnSchedule(parts.lrScheduler, parts.optimizer);
    const boosted = apply(this.placement, parts, this.job);
    if (boosted.optimizer !== undefined) this.#boosted.set(boosted.optimizer, parts.model);
    return { ...parts, ...boosted } as unknown as Boosted<P>;
  }

  /**
   * How much memory training this model will take on this rank, by what it is for, and when most is held; with a `budget` in bytes also
   * how few layers must be computed again. Nothing is allocated: the model may be on "meta" or still to be read. Adapters that are to
   * be trained must be there.
   *
   *     booster.plan(model, { batch: 2, sequence: 4096, budget: 80e9 });
   *
   * @throws BudgetError with the plan and settings that would fit, PlanError for an optimizer that does not say what it remembers
   */
  plan<Input, Pass, Output>(
    model: Model<Input, Pass, Output>,
    options: MemoryPlanOptions,
  ): MemoryPlan {
    const { plugin, placement, mixedPrecision: precision, rank, worldSize } = this;
    const by = { plugin, placement, precision, rank, worldSize };
    return planMemory(model as unknown as AnyModel, options, by);
  }

  /**
   * Records from now on what takes time in the training of this model, on this rank: blocks that compute, weights and gradients that
   * ranks bring together, state that comes from the host and goes there, updates; on a GPU by its own clock.
   *
   *     const spans = booster.spans(model);
   *     // some steps
   *     console.log(spans.end());
   *
   * @throws Error while another recording goes on
   */
  spans(model: Module): SpanRecording {
    requireValue("spans: model", model, aModel);
    return new SpanRecording(model, this.job.device);
  }

  /**
   * Puts a LoRA adapter on the model's linear layers, a new one or one from a folder of PEFT's, and freezes everything else. To be
   * called before `boost`, and before the optimizer is made of `model.parameters()`.
   *
   *     booster.enableLora(model, { r: 16, loraAlpha: 32 });
   *
   * @throws RangeError when a name means no module of the model; CheckpointError when the folder's adapter does not fit
   */
  enableLora<M extends Module>(model: M, options: EnableLoraOptions = {}): M {
    requireValue("enableLora: model", model, aModel);
    checkOptions("enableLora", options, ENABLE_LORA_OPTIONS);
    enableLora(model, options);
    return model;
  }

  /**
   * The rows of a dataset that are this rank's, in batches on its device. `boost` does the same to a loader it is given. All
   * ranks call it.
   * @throws PlanError when the ranks' datasets or options differ
   */
  prepareDataloader(options: DataLoaderOptions): DataLoader {
    const dataloader = new DataLoader(options);
    requireAgreement("prepareDataloader", { plan: this.placement, dataloader }, this.job);
    return distribute(dataloader, new Mesh(this.job, this.placement.mesh), this.job);
  }

  /**
   * Accumulates gradients; with several ranks they are averaged unless a `noSync` is open.
   *
   * Of an output (or a loss with `tokens`) the step's gradients are those of the mean over all its tokens, in whatever
   * micro-batches and on whatever ranks they are; until the step `parameter.grad` is a multiple of them. Losses alone are
   * averaged over ranks and added up over micro-batches, so that each counts the same: divide them by the number of
   * micro-batches.
   */
  backward(loss: Tensor | LossOutput, optimizer: Optimizer, options: BackwardOptions = {}): void {
    const { loss: mean, tokens } = weighedLoss(loss, options);
    if (!(optimizer instanceof BoostedOptimizer)) {
      throw new TypeError(
        "backward() needs the optimizer that boost() returned, not the one given to it",
      );
    }
    if (!this.#boosted.has(optimizer)) {
      throw new TypeError(
        "backward() got the optimizer of another Booster; call backward() of the one whose boost() returned it",
      );
    }
    optimizer.backward(mean, tokens);
  }

  /**
   * While it is open, backward passes leave gradients local: for all micro-batches of a step but the last.
   *
   *     using _ = booster.noSync(optimizer);
   */
  noSync(optimizer: BoostedOptimizer, ...more: never[]): Disposable {
    if (!(optimizer instanceof BoostedOptimizer) || more.length > 0) {
      const given = [optimizer, ...more].map(describeValue).join(", ");
      throw new TypeError(
        `noSync takes the optimizer that boost() returned and holds until the end of the block, got (${given}); write { using _ = booster.noSync(optimizer); ... }`,
      );
    }
    const refusal = this.placement.refuses.noSync;
    if (refusal !== undefined) throw new PlanError(`${this.plugin.name}: noSync`, ...refusal);
    const { sync } = optimizer;
    if (sync !== undefined) sync.numPauses += 1;
    return openEffect(() => {
      if (sync !== undefined) sync.numPauses -= 1;
    });
  }

  /**
   * While it is open, the weights of a model, or of a module in it, are whole on all ranks, also where a plugin keeps them in parts:
   * for looking at them, and for writing to them on all ranks alike. What a rank writes to its part is taken over when it closes.
   * All ranks call it. No step can be made meanwhile.
   *
   *     using _ = booster.gatherWeights(model);
   */
  gatherWeights(model: Module): Disposable {
    requireValue("gatherWeights: model", model, aModel);
    return holdWeights(model.parameters());
  }

  protected override modelOf(optimizer: Optimizer): Module | undefined {
    return this.#boosted.get(optimizer);
  }

  /** Reduces a number over all ranks, e.g. a loss to report. All ranks call it and get the result. */
  reduce(value: number, how: Reduction = "mean"): number {
    if (typeof value !== "number") {
      throw new TypeError(
        `reduce: value must be a number, as loss.item(), got ${describeValue(value)}`,
      );
    }
    requireValue("reduce: how", how, aReduction);
    return this.job.reduce(value, how);
  }
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof (value as Record<string, unknown> | null)?.[name] === "function";
}

function requireOwnSchedule(schedule?: LRScheduler, optimizer?: Optimizer): void {
  if (schedule === undefined || optimizer === undefined || schedule.isOf(optimizer)) return;
  throw new TypeError(
    "boost: lrScheduler changes the rates of another optimizer; make it from the one that is given",
  );
}

function requireModelsParameters(model: Module, optimizer: Optimizer | undefined): void {
  const given = (optimizer?.paramGroups ?? []).flatMap(({ parameters }) => parameters);
  requireSomeTrained(given);
  const known = new Set(model.parameters());
  const strangers = given.filter((parameter) => !known.has(parameter)).length;
  if (strangers > 0) {
    throw new TypeError(
      `the optimizer trains ${strangers} parameters that the model does not have; make it from model.parameters()`,
    );
  }
}
