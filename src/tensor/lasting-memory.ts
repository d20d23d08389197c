// Parameters in flat buffers that never give their memory back, unlike other chunks: one may leave, as when its model is converted.
import { native } from "../native/native.js";
import type { Tensor } from "./tensor.js";

/** Buffers that are given up together. */
export interface LastingBuffers {
  /** All parameters in them have memory of their own again. */
  dissolve(): void;
}

const lying = new WeakMap<Tensor, LastingBuffers>();

/** These lie in them from now on. */
export function lieIn(buffers: LastingBuffers, tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) lying.set(tensor, buffers);
}

/** Gives a tensor that lies in such a buffer memory of its own; others stay where they are. */
export function leaveBuffer(tensor: Tensor): void {
  if (lying.delete(tensor)) native.moveOutOfChunk(tensor.handle);
}

/** Those that any of these tensors lie in. */
export function buffersOf(tensors: Iterable<Tensor>): Set<LastingBuffers> {
  return new Set([...tensors].flatMap((tensor) => lying.get(tensor) ?? []));
}
