// Host memory for what belongs to a device and is there only while it is needed: pinned where that is a GPU, so that copies run beside
// what computes.

import { empty } from "../tensor/create.js";
import { awaitable, type DeferredTensor } from "../tensor/deferred-tensor.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import { numElements } from "../tensor/element-range.js";
import { keep, scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { emptyPinned } from "./pinned.js";

/** Pinned memory comes in powers of two, so tensors share blocks: little is lost between them. Each is twice the one before it. */
const FIRST_BLOCK_BYTES = 2 ** 26;
const MAX_BLOCK_BYTES = 2 ** 30;
/** Tensors begin at multiples of it. */
const ALIGNED_BYTES = 512;
/** A block of which less is left is given to its tensors alone: its memory goes with the last of them. */
const FULL_PART = 1 / 32;

/** All that arenas gave out. */
const atHome = new WeakSet<object>();

/** Whether a tensor stands in for memory of a device and lies on the host. */
export function liesOnHost(tensor: object): boolean {
  return atHome.has(tensor);
}

interface Block {
  readonly flat: Tensor;
  /** That are given out. */
  numBytes: number;
}

/** Host memory beside one device. What was taken lives on its own; this object gives out the rest of its blocks. */
export class HostArena {
  readonly #isPinned: boolean;
  /** Those that have room. */
  #blocks: Block[] = [];
  #nextBytes = FIRST_BLOCK_BYTES;

  /** @param device the one that its tensors come to */
  constructor(device: string) {
    this.#isPinned = device.startsWith("cuda");
  }

  /** A tensor of undefined content that can be waited for. */
  take(shape: readonly number[], dtype: DType): DeferredTensor {
    return scoped(() => {
      const made = this.#isPinned ? this.#place(shape, dtype) : empty(shape, { dtype });
      const tensor = keep(awaitable(made));
      atHome.add(tensor);
      return tensor;
    });
  }

  /** In the first block that has room for it; what is larger than any block has memory of its own. */
  #place(shape: readonly number[], dtype: DType): Tensor {
    const numBytes = numElements(shape) * itemSize(dtype);
    if (numBytes > MAX_BLOCK_BYTES) return emptyPinned(shape, dtype);
    const block = this.#blocks.find((each) => roomIn(each) >= numBytes) ?? this.#add(numBytes);
    const begin = block.numBytes;
    block.numBytes += Math.ceil(numBytes / ALIGNED_BYTES) * ALIGNED_BYTES;
    const made = block.flat.narrow(0, begin, numBytes).view(dtype).view(shape);
    if (roomIn(block) < FULL_PART * block.flat.numel) {
      block.flat.dispose();
      this.#blocks = this.#blocks.filter((each) => each !== block);
    }
    return made;
  }

  #add(least: number): Block {
    while (this.#nextBytes < least) this.#nextBytes *= 2;
    const block = { flat: keep(emptyPinned([this.#nextBytes], "uint8")), numBytes: 0 };
    this.#nextBytes = Math.min(2 * this.#nextBytes, MAX_BLOCK_BYTES);
    this.#blocks.push(block);
    return block;
  }
}

function roomIn({ flat, numBytes }: Block): number {
  return flat.numel - numBytes;
}
