// A tensor whose numbers may still have to be read, or be on their way. It has its shape, dtype and device from the beginning; whatever
// needs the numbers asks for its handle, and only then they are read, or waited for. Its object stays the same, as with everything that replaces its memory.
import { type Handle, native } from "../native/native.js";
import { ARRIVING, type Awaitable } from "./arriving.js";
import { empty } from "./create.js";
import { DEFERRED, type DeferredNumbers, type Deferring, settle } from "./deferred-numbers.js";
import type { DType, Placement } from "./dtype.js";
import { noGrad } from "./grad-mode.js";
import { noteOrigin } from "./origins.js";
import { isCapturing } from "./random-stream.js";
import { replaceMemory } from "./replace-memory.js";
import { ID, scoped } from "./scope.js";
import { Tensor } from "./tensor.js";

/** A tensor that numbers can be promised to. */
export class DeferredTensor extends Tensor implements Deferring, Awaitable {
  [DEFERRED]: DeferredNumbers | undefined = undefined;
  [ARRIVING]: (() => void) | undefined = undefined;

  override get handle(): Handle {
    if (this[DEFERRED] !== undefined) fill(this, this[DEFERRED]);
    this[ARRIVING]?.();
    return this[ID];
  }
  override get dtype(): DType {
    return this[DEFERRED]?.dtype ?? super.dtype;
  }
  override get device(): string {
    return this[DEFERRED]?.device ?? super.device;
  }
  override dispose(): void {
    settle(this);
    super.dispose();
  }
}

/** One on "meta", for numbers to come. */
export function emptyDeferred(shape: readonly number[], dtype: DType): DeferredTensor {
  const made = empty(shape, { dtype, device: "meta" });
  return new DeferredTensor(native.detach(made.handle));
}

/** The same memory as a tensor that can be waited for (arriving.ts). */
export function awaitable(tensor: Tensor): DeferredTensor {
  return new DeferredTensor(native.detach(tensor.handle));
}

function fill(tensor: DeferredTensor, numbers: DeferredNumbers): void {
  if (isCapturing()) {
    throw new Error(
      "numbers of a model are still to be read from its files, which cannot be captured in a CUDA graph; call forward once before, or model.to(device)",
    );
  }
  readAs(tensor, numbers);
}

/** Reads what is still to be read of a tensor. @param target as of `DeferredNumbers.read` */
export function readAs(tensor: Tensor, numbers: DeferredNumbers, target?: Placement): void {
  scoped(() =>
    noGrad(() => {
      const read = numbers.read(target);
      const origin = numbers.origin(); // before the files are closed
      replaceMemory(tensor, read);
      noteOrigin(tensor, origin);
    }),
  );
}
