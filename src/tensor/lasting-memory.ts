// Parameters in a flat buffer that never gives its memory back, unlike other chunks: one may leave it, as when its model is converted.
import { native } from "../native/native.js";
import type { Tensor } from "./tensor.js";

const lasting = new WeakSet<Tensor>();

/** These lie in chunks that stay as they are. */
export function lieInLastingMemory(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) lasting.add(tensor);
}

/** Gives a tensor that lies in such a chunk memory of its own; others stay where they are. */
export function leaveLastingMemory(tensor: Tensor): void {
  if (lasting.delete(tensor)) native.moveOutOfChunk(tensor.handle);
}
