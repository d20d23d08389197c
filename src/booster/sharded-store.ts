// What ranks share of a training: of each weight a rank has a slice of gradient, state and master, and updates it; then the weights
// become whole on all ranks, but for those that are in parts between uses, which are gathered when they are needed. A step is made by all ranks or by none: they meet before anything is changed, and an interrupt waits
// from there on. Where one fails in its middle nobody goes on with weights of two steps.
import type { Job } from "../cluster/job.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import type { BucketLayout } from "../memory/bucket-layout.js";
import { elementsOf, type HeldPart, type SliceableOptimizer } from "../optim/slices.js";
import type { Scaling } from "../optim/update-rule.js";
import { zeros } from "../tensor/create.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { GradientReducer, type GradientReducerOptions } from "./gradient-reducer.js";
import type { GradientSync, SlicedGradients } from "./gradient-sync.js";
import { PassMarks } from "./pass-marks.js";
import { PlanError } from "./plan.js";
import { ShardedBucket } from "./sharded-bucket.js";
import type { ShardedWeights } from "./sharded-weights.js";
import { togetherNow } from "./together.js";
import { WholeWeights } from "./whole-weights.js";

export interface ShardedStoreOptions
  extends Required<Pick<GradientReducerOptions, "onUnused" | "maxInFlight">> {
  readonly job: Job;
  readonly group: ProcessGroup;
  readonly optimizer: SliceableOptimizer;
  /** Weights that are in parts between uses; undefined: all are whole. */
  readonly weights: ShardedWeights | undefined;
  readonly nameOf: (parameter: Parameter) => string;
  /** Whether a step returns while weights that are whole are on their way. */
  readonly late: boolean;
}

export class ShardedStore implements SlicedGradients {
  /** Brings gradients together. */
  readonly sync: GradientSync;
  readonly #job: Job;
  readonly #group: ProcessGroup;
  readonly #optimizer: SliceableOptimizer;
  readonly #weights: ShardedWeights | undefined;
  readonly #whole: WholeWeights;
  readonly #buckets: readonly ShardedBucket[];
  readonly #placeOf = new Map<Parameter, { readonly bucket: ShardedBucket; readonly i: number }>();
  #isTorn = false as boolean;

  /** @param layouts what ranks share, on every rank the same, in the order in which backward passes come to it */
  constructor(layouts: readonly BucketLayout[], options: ShardedStoreOptions) {
    const { job, group, optimizer, weights, nameOf, late, onUnused, maxInFlight } = options;
    this.#job = job;
    this.#group = group;
    this.#optimizer = optimizer;
    this.#weights = weights;
    const torn = (): void => {
      this.#isTorn = true;
    };
    const whole = layouts.filter(
      ({ parameters: [each] }) => weights?.has(each as Parameter) !== true,
    );
    this.#whole = new WholeWeights(whole, { group, nameOf, late, torn });
    const trained = layouts.flatMap(({ parameters }) => parameters);
    const marks = new PassMarks(trained, group, job.device);
    this.#buckets = layouts.map((layout) => new ShardedBucket(layout, group, marks));
    for (const bucket of this.#buckets)
      for (const [i, parameter] of bucket.parameters.entries())
        this.#placeOf.set(parameter, { bucket, i });
    this.sync = new GradientReducer(this.#buckets, group, {
      onUnused,
      maxInFlight,
      beforeFinish: () => marks.exchange(),
      sliced: this,
    });
    optimizer.useSlices(this);
  }

  get areThere(): boolean {
    return this.#buckets.some(({ isThere }) => isThere);
  }

  of(parameter: Parameter): Range | undefined {
    const place = this.#placeOf.get(parameter);
    return place?.bucket.sliceOf(place.i);
  }

  weightsOf(parameter: Parameter): Tensor {
    if (this.#weights?.has(parameter) === true) return this.#weights.heldOf(parameter).numbers;
    return elementsOf(parameter, this.of(parameter) as Range);
  }

  gradOf(parameter: Parameter): Tensor | null {
    const place = this.#placeOf.get(parameter);
    return place?.bucket.gradOf(place.i) ?? null;
  }

  forget(parameter: Parameter): void {
    const place = this.#placeOf.get(parameter);
    place?.bucket.forget(place.i);
  }

  whole(held: Tensor, { shape, ...range }: HeldPart): Tensor {
    return noGrad(() => {
      const { dtype } = held;
      const all = zeros(shape, { dtype, device: this.#job.device }); // from where it may lie on the host
      elementsOf(all, range)
        .view([-1])
        .copy_(held.reshape([-1]));
      this.#group.allReduce(all).wait(); // what others have is 0 here
      return all;
    });
  }

  /**
   * Updates this rank's slices and makes whole the weights that are so between uses. All ranks call it; an interrupt must wait until it returns.
   * @throws on all ranks the error of any that cannot make the step, with nothing changed
   */
  step(scaling: Scaling): void {
    const optimizer = this.#optimizer;
    togetherNow(this.#job, () => {
      this.requireWhole("step");
      optimizer.requireReady();
    });
    if (!this.areThere) return;
    this.#isTorn = true;
    const sumOverSlices = (sums: Tensor): Tensor => {
      this.#group.allReduce(sums).wait();
      return sums;
    };
    const reduced = this.#buckets.filter(({ isThere }) => isThere);
    const updated = new Set(reduced.map(({ layout }) => layout));
    const gathering = this.#whole.gather(updated);
    togetherNow(this.#job, () => {
      try {
        optimizer.stepScaled({
          ...{ ...scaling, sumOverSlices },
          whenUpdated: (weights) => gathering.note(weights),
        });
      } finally {
        gathering.beginAll();
      }
    });
    gathering.finish();
    this.#isTorn = false;
  }

  /** @throws PlanError when a step failed on a rank after others had begun to change their slices */
  requireWhole(of: string): void {
    if (!this.#isTorn) return;
    throw new PlanError(
      of,
      "a step failed in its middle, so that some ranks have updated their slices of the weights and others have not",
      "load a checkpoint with loadCheckpoint(), which makes them whole",
    );
  }

  /** What is where, as a table. */
  toString(): string {
    return String(this.#weights ?? "all weights are whole on each rank");
  }

  /** Weights and state are those of a checkpoint. */
  noteLoaded(): void {
    this.#isTorn = false;
  }
}
