// Gradients that come together over ranks (Li et al. 2020, PyTorch Distributed): buckets of gradients that are complete are
// reduced while the backward pass goes on with earlier blocks. Which parameters share a bucket, and the order
// of the buckets, are fixed beforehand: when a gradient becomes ready depends on the rank, which may hold a loss that it has
// not gone backward from, and ranks whose buckets differed would add up gradients of different parameters.
import type { ProcessGroup } from "../cluster/process-group.js";
import { restoreWhenCutOff } from "../host/index.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ReducedBucket } from "./gradient-bucket.js";
import type { GradientSync, SlicedGradients } from "./gradient-sync.js";

export interface GradientReducerOptions {
  /** Hears once of parameters that no rank had a gradient of, on ranks that miss a gradient. */
  readonly onUnused?: ((parameters: readonly Parameter[]) => void) | undefined;
  /** So many reductions run beside the backward pass; default: all of them. */
  readonly maxInFlight?: number;
  /** Called in a pass that is reduced, once all buckets are. */
  readonly beforeFinish?: () => void;
  /** Where averaged gradients are, unless they are those of parameters. */
  readonly sliced?: SlicedGradients;
}

export class GradientReducer implements GradientSync {
  numPauses = 0;
  readonly #group: ProcessGroup;
  readonly #options: GradientReducerOptions;
  #isToldOfUnused = false;
  readonly #buckets: readonly ReducedBucket[];
  readonly #bucketOf = new Map<Parameter, ReducedBucket>();
  readonly #ready = new Set<Parameter>();
  /** Buckets before this one are complete. */
  #next = 0;

  /** @param buckets on every rank the same, in the order in which backward passes come to them */
  constructor(
    buckets: readonly ReducedBucket[],
    group: ProcessGroup,
    options: GradientReducerOptions = {},
  ) {
    this.#group = group;
    this.#options = options;
    this.#buckets = buckets;
    for (const bucket of buckets)
      for (const parameter of bucket.parameters) this.#bucketOf.set(parameter, bucket);
    restoreWhenCutOff(this);
  }

  get numRanks(): number {
    return this.#group.size;
  }

  get sliced(): SlicedGradients | undefined {
    return this.#options.sliced;
  }

  sum(numbers: Tensor): void {
    this.#group.allReduce(numbers, "sum").wait();
  }

  noteComing(parameter: Parameter): void {
    this.#bucketOf.get(parameter)?.buffer.open();
  }

  /** Begins to reduce the buckets that are complete by it. */
  noteReady(parameter: Parameter): void {
    if (!this.#bucketOf.has(parameter)) return;
    this.#ready.add(parameter);
    while (this.#buckets[this.#next]?.parameters.every((each) => this.#ready.has(each)))
      this.#completeNext();
  }

  finish(): void {
    while (this.#next < this.#buckets.length) this.#completeNext();
    const unused = this.numPauses > 0 ? [] : noGrad(() => this.#finishBuckets());
    this.#forgetPass();
    if (unused.length === 0 || this.#isToldOfUnused) return;
    this.#isToldOfUnused = true;
    this.#options.onUnused?.(unused);
  }

  /** Forgets a backward pass that did not come to its end; connections that were given up may still write to its buffers. */
  restore(): void {
    this.drop();
    this.#forgetPass();
  }

  drop(): void {
    for (const bucket of this.#buckets) bucket.drop();
  }

  #forgetPass(): void {
    this.#ready.clear();
    this.#next = 0;
  }

  #finishBuckets(): Parameter[] {
    for (const bucket of this.#buckets) bucket.collect();
    this.#options.beforeFinish?.();
    return this.#buckets.flatMap((bucket) => bucket.finish());
  }

  #completeNext(): void {
    const bucket = this.#buckets[this.#next] as ReducedBucket;
    this.#next += 1;
    noGrad(() => {
      if (this.numPauses > 0) {
        bucket.buffer.settle();
        return;
      }
      bucket.launch();
      const { maxInFlight = Number.POSITIVE_INFINITY } = this.#options;
      this.#buckets[this.#next - 1 - maxInFlight]?.collect();
    });
  }
}
