// Ranks that compute together, over c10d: Gloo between CPUs, NCCL between GPUs. Every call is collective: all
// ranks of the group make it, in the same order.
import { native } from "../native/native.js";
import type { GroupRef, WorkRef } from "../native/process-groups.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Ranks, ranksFromEnvironment } from "./environment.js";

export type ReduceOp = "sum" | "avg" | "max" | "min";

/** A collective under way; the tensors it works on must not be touched before `wait`. */
export class Work {
  readonly #ref: WorkRef;

  constructor(ref: WorkRef) {
    this.#ref = ref;
  }

  /** Returns once the result may be used. Throws when a rank died or the time ran out. */
  wait(): void {
    native.wait(this.#ref);
  }
}

export class ProcessGroup {
  readonly rank: number;
  readonly size: number;
  readonly backend: "gloo" | "nccl";
  readonly #ref: GroupRef;

  constructor(
    ref: GroupRef,
    description: { rank: number; size: number; backend: "gloo" | "nccl" },
  ) {
    this.#ref = ref;
    this.rank = description.rank;
    this.size = description.size;
    this.backend = description.backend;
  }

  /** In place: every rank ends with the reduction of all ranks' tensors. Gloo knows no "avg". */
  allReduce(tensor: Tensor, op: ReduceOp = "sum"): Work {
    return new Work(native.allReduce(this.#ref, tensor.handle, op));
  }
  /** In place: every rank ends with the tensor of rank `root`. */
  broadcast(tensor: Tensor, root = 0): Work {
    return new Work(native.broadcast(this.#ref, tensor.handle, root));
  }
  /** `output` (size * n) becomes the ranks' `input` (n) one after another. */
  allGather(output: Tensor, input: Tensor): Work {
    return new Work(native.allGather(this.#ref, output.handle, input.handle));
  }
  /** `output` (n) becomes this rank's part of the reduction of all `input` (size * n). */
  reduceScatter(output: Tensor, input: Tensor, op: ReduceOp = "sum"): Work {
    return new Work(native.reduceScatter(this.#ref, output.handle, input.handle, op));
  }
  send(tensor: Tensor, peer: number, tag = 0): Work {
    return new Work(native.send(this.#ref, tensor.handle, peer, tag));
  }
  receive(tensor: Tensor, peer: number, tag = 0): Work {
    return new Work(native.receive(this.#ref, tensor.handle, peer, tag));
  }
  barrier(): Work {
    return new Work(native.barrier(this.#ref));
  }
}

/** How long the first collective call may wait for the last rank to make it. */
const JOIN_TIMEOUT_MS = 120_000;

const groups = new Map<string, ProcessGroup>();

/**
 * The group of all ranks that talks between tensors of `device`, made on first use; undefined when this process is
 * alone. All ranks must make the first call.
 */
export function defaultGroup(device: string): ProcessGroup | undefined {
  const ranks = ranksFromEnvironment();
  if (ranks.size === 1) return undefined;
  const backend = device.startsWith("cuda") ? "nccl" : "gloo";
  let group = groups.get(backend);
  if (group === undefined) {
    const ref = join(ranks, backend);
    group = new ProcessGroup(ref, { ...ranks, backend });
    groups.set(backend, group);
  }
  return group;
}

function join(ranks: Ranks, backend: "gloo" | "nccl"): GroupRef {
  const { rank, size, rendezvous, timeoutMs, host } = ranks;
  const name = `notebooster/${backend}`;
  const options = { rendezvous, name, backend, rank, size, timeoutMs, host };
  try {
    return native.createProcessGroup({ ...options, joinTimeoutMs: JOIN_TIMEOUT_MS });
  } catch (cause) {
    throw new Error(
      `rank ${rank} could not meet all ${size} ranks at ${rendezvous} within ${JOIN_TIMEOUT_MS / 1000} s; every rank must make ` +
        "its first collective call (a cell under %%rank runs on some ranks only)",
      { cause },
    );
  }
}
