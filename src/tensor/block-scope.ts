// The scope of a block. What code inside keeps beyond it is an output of the block like its result: a layer with an auxiliary loss
// writes `this.#aux = keep(aux)`, and a loss that is made of both outputs goes backward through the block once.
import { type Handle, native } from "../native/native.js";
import type { Parameter } from "./parameter.js";
import { type Held, ID, Scope } from "./scope.js";
import { Tensor } from "./tensor.js";

/** What a block trains: a module, or anything that lists its parameters. */
export interface BlockOwner {
  /** As `Block.name`; for spans. */
  readonly name?: unknown;
  /** Parameters that the block uses. */
  parameters(): readonly Parameter[];
}

/** An output's end of the graph, and the leaf that begins everything after the block. */
export interface Cut {
  readonly output: Tensor;
  readonly leaf: Tensor;
}

export class BlockScope extends Scope {
  readonly #owners: BlockOwner[] = [];
  readonly #kept: { readonly tensor: Tensor; readonly depth: number }[] = [];

  constructor() {
    super("call");
  }

  /** A block in this one is part of it. */
  include(owner: BlockOwner): void {
    this.#owners.push(owner);
  }

  /** The block itself. */
  get owner(): BlockOwner {
    return this.#owners[0] as BlockOwner;
  }

  /** Those of the block and of the blocks in it. */
  parameters(): readonly Parameter[] {
    const [first, ...more] = this.#owners;
    if (first === undefined || more.length === 0) return first?.parameters() ?? [];
    return [...new Set(this.#owners.flatMap((owner) => owner.parameters()))];
  }

  override noteLeaving(tensor: Held, depth: number): void {
    if (tensor instanceof Tensor) this.#kept.push({ tensor, depth });
  }

  /** What code inside has kept that has a graph, in that order. */
  get kept(): Tensor[] {
    return this.#keptWithGraph().map(({ tensor }) => tensor);
  }

  /** Cuts those off their graph: their objects are from now on what begins everything after the block. */
  cutKept(): Cut[] {
    return this.#keptWithGraph().map(({ tensor, depth }) => {
      const output = new Tensor(tensor.handle);
      const leaf = leafOf(output);
      give(tensor, native.alias(leaf.handle), depth);
      return { output, leaf };
    });
  }

  #keptWithGraph() {
    return this.#kept.filter(
      ({ tensor: { isDisposed, handle } }) => !isDisposed && !native.isLeaf(handle),
    );
  }
}

/** A leaf with the numbers of `output`; gradients that reach it once it was freed are refused. */
export function leafOf(output: Tensor): Tensor {
  return new Tensor(native.cut(output.handle));
}

function give(tensor: Tensor, handle: Handle, depth: number): void {
  (tensor as { [ID]: Handle })[ID] = handle;
  native.keep(handle, depth);
  if (depth === 0) native.track(handle, tensor);
}
