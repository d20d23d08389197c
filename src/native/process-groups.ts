// The addon's functions for ranks that compute together, native/comm/.
import type { Handle } from "./native.js";

export type GroupRef = { readonly group: unique symbol };
export type WorkRef = { readonly work: unique symbol };

/** native/comm/process_group.cc */
export interface ProcessGroups {
  createProcessGroup(options: {
    rendezvous: string;
    name: string;
    backend: string;
    rank: number;
    size: number;
    timeoutMs: number;
    joinTimeoutMs: number;
    host: string;
  }): GroupRef;
  allReduce(group: GroupRef, tensor: Handle, op: string): WorkRef;
  broadcast(group: GroupRef, tensor: Handle, root: number): WorkRef;
  allGather(group: GroupRef, output: Handle, input: Handle): WorkRef;
  reduceScatter(group: GroupRef, output: Handle, input: Handle, op: string): WorkRef;
  send(group: GroupRef, tensor: Handle, peer: number, tag: number): WorkRef;
  receive(group: GroupRef, tensor: Handle, peer: number, tag: number): WorkRef;
  barrier(group: GroupRef): WorkRef;
  /** Blocks the JS thread (CPU) or orders the current stream (CUDA) until the collective is done. */
  wait(work: WorkRef): void;
}
