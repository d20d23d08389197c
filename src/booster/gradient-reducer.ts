// Data-parallel gradient averaging (Li et al. 2020, PyTorch Distributed): buckets of gradients that are complete are all-reduced
// where they lie while the backward pass goes on with earlier blocks. Which parameters share a bucket, and the order
// of the buckets, are fixed beforehand: when a gradient becomes ready depends on the rank, which may hold a loss that it has
// not gone backward from, and ranks whose buckets differed would add up gradients of different parameters.
import type { ProcessGroup } from "../cluster/process-group.js";
import { restoreWhenCutOff } from "../host/index.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { GradientBucket } from "./gradient-bucket.js";
import type { GradientSync } from "./gradient-sync.js";

export interface GradientReducerOptions {
  /** Neighbouring parameters are reduced together until they have so many bytes. */
  readonly bucketBytes: number;
  /** Hears once of parameters that no rank had a gradient of, on ranks that miss a gradient. */
  readonly onUnused?: ((parameters: readonly Parameter[]) => void) | undefined;
}

export class GradientReducer implements GradientSync {
  numPauses = 0;
  readonly #group: ProcessGroup;
  #onUnused: GradientReducerOptions["onUnused"];
  readonly #buckets: readonly GradientBucket[];
  readonly #bucketOf = new Map<Parameter, GradientBucket>();
  readonly #ready = new Set<Parameter>();
  /** Buckets before this one are complete. */
  #next = 0;

  constructor(
    parameters: readonly Parameter[],
    group: ProcessGroup,
    { bucketBytes, onUnused }: GradientReducerOptions,
  ) {
    this.#group = group;
    this.#onUnused = onUnused;
    const trained = [...new Set(parameters)].filter(({ requiresGrad }) => requiresGrad);
    this.#buckets = inBuckets(trained.reverse(), bucketBytes).map(
      (members) => new GradientBucket(members, group),
    );
    for (const bucket of this.#buckets)
      for (const parameter of bucket.parameters) this.#bucketOf.set(parameter, bucket);
    restoreWhenCutOff(this);
  }

  get numRanks(): number {
    return this.#group.size;
  }

  sum(numbers: Tensor): void {
    this.#group.allReduce(numbers, "sum").wait();
  }

  noteComing(parameter: Parameter): void {
    this.#bucketOf.get(parameter)?.open();
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
    const unused = this.#buckets.flatMap((bucket) => noGrad(() => bucket.finish()));
    this.#forgetPass();
    if (unused.length === 0) return;
    this.#onUnused?.(unused);
    this.#onUnused = undefined;
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

  #completeNext(): void {
    const bucket = this.#buckets[this.#next] as GradientBucket;
    this.#next += 1;
    noGrad(() => {
      if (this.numPauses > 0) bucket.settle();
      else bucket.launch();
    });
  }
}

/** Those of one dtype in their order, until they have so many bytes. */
function inBuckets(parameters: readonly Parameter[], bucketBytes: number): Parameter[][] {
  const buckets: Parameter[][] = [];
  const open = new Map<string, { readonly members: Parameter[]; numBytes: number }>();
  for (const parameter of parameters) {
    const last = open.get(parameter.dtype);
    const bucket = last && last.numBytes < bucketBytes ? last : { members: [], numBytes: 0 };
    if (bucket !== last) buckets.push(bucket.members);
    open.set(parameter.dtype, bucket);
    bucket.members.push(parameter);
    bucket.numBytes += parameter.nbytes;
  }
  return buckets;
}
