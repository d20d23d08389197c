// A GPU's tensor as bytes on the host, as saving takes it: a stream of its own copies into pinned buffers, the next part while the
// last is taken out of them. So much memory is pinned for it and no more, however large the tensor.
import { requireValue } from "../arguments/checks.js";
import { openEffect } from "../host/index.js";
import { native } from "../native/native.js";
import { aTensor } from "../tensor/arguments.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { HostBuffers } from "./host-buffers.js";
import { copyAsync, type Transfer } from "./transfers.js";

const BUFFER_BYTES = 16 * 2 ** 20;

/** A part on its way. */
interface Coming {
  readonly staged: Tensor;
  readonly transfer: Transfer;
  /** Where it belongs. */
  readonly into: Uint8Array;
}

/** The elements, row-major; what `tensor.toBytes()` gives. */
export function downloadBytes(tensor: Tensor): Uint8Array<ArrayBuffer> {
  requireValue("downloadBytes: tensor", tensor, aTensor);
  return scoped(() => noGrad(() => download(tensor)));
}

function download(tensor: Tensor): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(tensor.nbytes);
  if (bytes.length === 0) return bytes;
  const flat = tensor.contiguous().reshape([-1]).view({ dtype: "uint8" });
  const buffers = new HostBuffers({ bytes: Math.min(bytes.length, BUFFER_BYTES) });
  using _ = openEffect(() => buffers.dispose(), "call");
  let last: Coming | undefined;
  for (let begin = 0; begin < bytes.length; begin += BUFFER_BYTES) {
    const into = bytes.subarray(begin, begin + BUFFER_BYTES);
    const staged = buffers.take([into.length], "uint8");
    const transfer = copyAsync(flat.narrow(0, begin, into.length), staged);
    if (last !== undefined) takeOut(last, buffers);
    last = { staged, transfer, into };
  }
  if (last !== undefined) takeOut(last, buffers);
  return bytes;
}

function takeOut({ staged, transfer, into }: Coming, buffers: HostBuffers): void {
  native.copyBytes(transfer.wait().handle, into);
  buffers.giveBack(staged);
}
