// The addon's functions for ranks that compute together, native/comm/.
import type { Handle } from "./native.js";

export type GroupRef = { readonly group: unique symbol };
export type WorkRef = { readonly work: unique symbol };

/** native/comm/: groups.cc, generation.cc, collectives.cc, transfers.cc, tensor_parallel.cc. Ranks are those within the group. */
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
  /** Called by `ranks` (of `group`, ascending) alone; `name` is no other group's. */
  createSubgroup(group: GroupRef, ranks: readonly number[], name: string): GroupRef;
  abortGroup(group: GroupRef): void;
  /** A thread reads lines "GENERATION WHY" from `fd` and ends what is under way in that generation and those before it. */
  listenForEnds(fd: number): void;
  /** Groups connect anew, on their next use, where they were connected in an earlier generation. */
  useGeneration(generation: number): void;
  /** Global ranks that were missing when a collective last failed. */
  missingRanks(group: GroupRef): number[];
  /** Before the process ends: the others can say what this rank did last, and NCCL's own threads of failed groups are done. */
  leaveGroups(): void;
  /** @param makeError the error that reading a value throws after a collective between GPUs failed that nobody was told of */
  onFailedCollective(makeError: (message: string, missingRanks: readonly number[]) => Error): void;
  allReduce(group: GroupRef, tensor: Handle, op: string, isAsync: boolean): WorkRef;
  broadcast(group: GroupRef, tensor: Handle, root: number, isAsync: boolean, of?: string): WorkRef;
  reduce(group: GroupRef, tensor: Handle, op: string, root: number): WorkRef;
  allGather(group: GroupRef, output: Handle, input: Handle, isAsync: boolean, of?: string): WorkRef;
  allGatherList(group: GroupRef, outputs: readonly Handle[], input: Handle, of?: string): WorkRef;
  reduceScatter(
    group: GroupRef,
    output: Handle,
    input: Handle,
    op: string,
    isAsync: boolean,
  ): WorkRef;
  reduceScatterList(
    group: GroupRef,
    output: Handle,
    inputs: readonly Handle[],
    op: string,
  ): WorkRef;
  gather(group: GroupRef, outputs: readonly Handle[], input: Handle, root: number): WorkRef;
  scatter(group: GroupRef, output: Handle, inputs: readonly Handle[], root: number): WorkRef;
  allToAll(
    group: GroupRef,
    output: Handle,
    input: Handle,
    outputSplits: readonly number[],
    inputSplits: readonly number[],
  ): WorkRef;
  barrier(group: GroupRef): WorkRef;
  send(group: GroupRef, tensor: Handle, peer: number, tag: number): WorkRef;
  receive(group: GroupRef, tensor: Handle, peer: number, tag: number): WorkRef;
  /** Sends and receives up to `endBatch` begin together (NCCL), as the work it returns. */
  beginBatch(group: GroupRef): void;
  endBatch(group: GroupRef): WorkRef | null;
  /** Blocks the JS thread (CPU) or orders the current stream (CUDA) until the collective is done. */
  wait(work: WorkRef): void;
  isCompleted(work: WorkRef): boolean;
  copyToRegion(group: GroupRef, x: Handle, dim: number): Handle;
  reduceFromRegion(group: GroupRef, x: Handle, dim: number): Handle;
  gatherFromRegion(group: GroupRef, x: Handle, dim: number): Handle;
  scatterToRegion(group: GroupRef, x: Handle, dim: number): Handle;
  allGatherSequence(group: GroupRef, x: Handle, dim: number): Handle;
  reduceScatterSequence(group: GroupRef, x: Handle, dim: number): Handle;
}
