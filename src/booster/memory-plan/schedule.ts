// A training step of one rank as stretches of memory: the passes as they were counted, gradients and what ranks exchange as the
// placement says, and the update.
import {
  ALIGNED_BYTES,
  type BucketLayout,
  layOut,
  offsetsOf,
  sliceIn,
} from "../../memory/bucket-layout.js";
import type { BlockMemory, PartMemory, PassMemory } from "../../nn/pass-memory.js";
import type { StepMemory } from "../../optim/step-memory.js";
import { itemSize } from "../../tensor/dtype.js";
import type { Range } from "../../tensor/element-range.js";
import type { Parameter } from "../../tensor/parameter.js";
import { averagedTogether } from "../bucket-order.js";
import type { Plan } from "../plan.js";
import type { Fetches } from "./fetched.js";
import type { Bytes, MemoryUse, Stretch } from "./walk.js";

/** Parameters that ranks exchange together. */
export interface Bucket {
  readonly parameters: readonly Parameter[];
  /** Bytes of all of it. */
  readonly wholeBytes: number;
  /** Bytes of what this rank keeps of the averages. */
  readonly keptBytes: number;
}

/** What of a model a schedule is made of. */
export interface Trained {
  /** Parameters of each block, in the order of the forward pass. */
  readonly blocks: readonly { readonly name: string; readonly parameters: readonly Parameter[] }[];
  /** Of a parameter, as it is trained. */
  readonly bytesOf: (parameter: Parameter) => number;
}

/** How ranks share. */
interface Sharing {
  readonly placement: Plan;
  readonly rank: number;
  /** Of trained weights that come together before their block computes. */
  readonly inParts: readonly BucketLayout[];
  /** Where ranks may cut a weight; undefined: nowhere. */
  readonly cutsOf: (parameter: Parameter) => number | undefined;
}

/** Buckets of gradients, and what of each weight the rank updates. */
export interface Shares {
  readonly buckets: readonly Bucket[];
  rangeOf(parameter: Parameter): Range | undefined;
}

/**
 * None where one rank trains alone.
 * @param trained in the order in which backward passes come to them, in the types in which they are trained
 */
export function sharesOf(trained: readonly Parameter[], sharing: Sharing): Shares {
  const { placement, rank, inParts, cutsOf } = sharing;
  const numRanks = placement.mesh.dp ?? 1;
  const { bucketBytes } = placement.gradients;
  if (numRanks === 1) return { buckets: [], rangeOf: () => undefined };
  if (placement.store.state === "replicated") {
    const buckets = averagedTogether(trained, bucketBytes).map(averaged);
    return { buckets, rangeOf: () => undefined };
  }
  const others = new Set(inParts.flatMap(({ parameters }) => parameters));
  const whole = trained.filter((each) => !others.has(each));
  const layouts = [...inParts, ...layOut(whole, { numRanks, bucketBytes, cutsOf })];
  const ranges = new Map<Parameter, Range>();
  for (const layout of layouts)
    for (const [i, each] of layout.parameters.entries()) ranges.set(each, sliceIn(layout, i, rank));
  return {
    buckets: layouts.map((layout) => shared(layout, rank)),
    rangeOf: (parameter) => ranges.get(parameter),
  };
}

function averaged(parameters: readonly Parameter[]): Bucket {
  const size = itemSize((parameters[0] as Parameter).dtype);
  const { end } = offsetsOf(parameters, ALIGNED_BYTES / size);
  const wholeBytes = (end + parameters.length) * size;
  return { parameters, wholeBytes, keptBytes: wholeBytes };
}

function shared({ parameters, numElements, sections }: BucketLayout, rank: number): Bucket {
  const size = itemSize((parameters[0] as Parameter).dtype);
  const { begin, end } = sections[rank] as Range;
  return { parameters, wholeBytes: numElements * size, keptBytes: (end - begin) * size };
}

/** What a step goes through. */
export interface StepParts {
  readonly model: Trained;
  readonly pass: PassMemory;
  readonly buckets: readonly Bucket[];
  readonly fetches: Fetches;
  readonly placement: Plan;
  readonly step: StepMemory;
}

export function schedule(parts: StepParts): Stretch[] {
  const { pass, fetches } = parts;
  const last = pass.blocks.at(-1);
  const useOf = (block: BlockMemory): MemoryUse => (block === last ? "loss" : "activations");
  return [
    stretch("begin", undefined, { part: pass.begin, use: "activations" }),
    ...pass.blocks.flatMap((block, i) => [
      ...fetches.before({ phase: "forward", i }, block.name),
      stretch("forward", block.name, { part: block.forward, use: useOf(block) }),
    ]),
    stretch("loss", undefined, { part: pass.loss, use: "loss" }),
    ...backwardStretches(parts, useOf),
    ...fetches.end(),
    { phase: "update", most: { update: parts.step.updateBytes }, left: {} },
  ];
}

function stretch(
  phase: Stretch["phase"],
  block: string | undefined,
  { part, use }: { readonly part: PartMemory; readonly use: MemoryUse },
): Stretch {
  const { peakBytes, heldBytes } = part;
  const named = block === undefined ? {} : { block };
  return { phase, ...named, most: { [use]: peakBytes }, left: { [use]: heldBytes } };
}

function backwardStretches(parts: StepParts, useOf: (block: BlockMemory) => MemoryUse): Stretch[] {
  const { model, pass, buckets, fetches } = parts;
  const lastUse = new Map<Parameter, number>(); // in the order of the backward pass
  for (const [i, { parameters }] of model.blocks.entries())
    for (const each of parameters) lastUse.set(each, Math.min(i, lastUse.get(each) ?? i));
  const reduction = new Reduction(parts, lastUse);
  const heldBy = (block: BlockMemory): number =>
    useOf(block) === "loss" ? block.forward.heldBytes + pass.loss.heldBytes : 0;
  const made = new Set<Parameter>();
  const order = pass.blocks.map((block, i) => ({ block, i })).reverse();
  return order.flatMap(({ block, i }) => {
    const parameters = (model.blocks[i]?.parameters ?? []).filter(
      ({ requiresGrad }) => requiresGrad,
    );
    const fresh = parameters.filter((each) => !made.has(each));
    for (const each of fresh) made.add(each);
    const apart =
      buckets.length > 0 ? 0 : fresh.reduce((sum, each) => sum + model.bytesOf(each), 0);
    return [
      ...fetches.before({ phase: "backward", i }, block.name),
      ...reduction.open(block.name, parameters),
      backwardOf(block, { use: useOf(block), gradients: apart, ofLoss: heldBy(block) }),
      ...reduction.complete(block.name, i),
    ];
  });
}

/** @param of what is held for the loss ends here: what the head hands on to the layer before it is that one's. */
function backwardOf(
  { name, backward: { peakBytes, heldBytes } }: BlockMemory,
  of: { readonly use: MemoryUse; readonly gradients: number; readonly ofLoss: number },
): Stretch {
  const { use, gradients, ofLoss } = of;
  const ofGradients = Math.min(gradients, peakBytes);
  return {
    phase: "backward",
    block: name,
    most: { gradients: ofGradients, [use]: peakBytes - ofGradients },
    left: { gradients, loss: -ofLoss, activations: heldBytes - gradients + ofLoss },
  };
}

/** Buckets that are opened, reduced and given back while the pass goes on. */
class Reduction {
  readonly #parts: StepParts;
  readonly #lastUse: ReadonlyMap<Parameter, number>;
  readonly #open = new Set<Bucket>();
  #next = 0;
  /** Reduced and not given back yet. */
  #inFlight: Bucket[] = [];

  constructor(parts: StepParts, lastUse: ReadonlyMap<Parameter, number>) {
    this.#parts = parts;
    this.#lastUse = lastUse;
  }

  open(block: string, parameters: readonly Parameter[]): Stretch[] {
    const used = new Set(parameters);
    const opened = this.#parts.buckets.filter(
      (bucket) => !this.#open.has(bucket) && bucket.parameters.some((each) => used.has(each)),
    );
    for (const bucket of opened) this.#open.add(bucket);
    return opened.map(({ wholeBytes }) => {
      const left: Bytes = { [this.#isShared ? "collectives" : "gradients"]: wholeBytes };
      return { phase: "backward", block, most: left, left };
    });
  }

  /** What the pass has done with the block at `index` is complete. */
  complete(block: string, index: number): Stretch[] {
    const stretches: Stretch[] = [];
    const { buckets } = this.#parts;
    const isComplete = ({ parameters }: Bucket): boolean =>
      parameters.every((each) => (this.#lastUse.get(each) ?? 0) >= index);
    while (this.#next < buckets.length && isComplete(buckets[this.#next] as Bucket))
      stretches.push(...this.#reduce(block, buckets[this.#next++] as Bucket));
    if (index === 0) stretches.push(...this.#giveBack(block, 0));
    return stretches;
  }

  /** The average of a bucket comes beside it where ranks keep sections. */
  #reduce(block: string, bucket: Bucket): Stretch[] {
    if (!this.#isShared) return [];
    this.#inFlight.push(bucket);
    const section: Bytes = { gradients: bucket.keptBytes };
    const begun: Stretch = { phase: "backward", block, most: section, left: section };
    const { store, gradients } = this.#parts.placement;
    const mayWait =
      store.gradients === "sharded" ? Number(gradients.overlap) : Number.POSITIVE_INFINITY;
    return [begun, ...this.#giveBack(block, mayWait)];
  }

  /** The buffers of all but the last `numLeft` that are reduced. */
  #giveBack(block: string, numLeft: number): Stretch[] {
    const done = this.#inFlight.slice(0, Math.max(0, this.#inFlight.length - numLeft));
    this.#inFlight = this.#inFlight.slice(done.length);
    return done.map(({ wholeBytes }) => ({
      ...{ phase: "backward", block, most: {}, left: { collectives: -wholeBytes } },
    }));
  }

  get #isShared(): boolean {
    return this.#parts.placement.store.state === "sharded";
  }
}
