// Ranks that compute together, over c10d: Gloo between CPUs, NCCL between GPUs. Every call but send and receive is
// collective: all ranks of the group make it, in the same order. Peers and roots are ranks within the group. A group stays
// valid when its connections break: the next cell of a notebook makes new ones (generation.ts).
import { integer, listOf } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { currentHost, openEffect } from "../host/index.js";
import { native } from "../native/native.js";
import type { GroupRef, WorkRef } from "../native/process-groups.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkCollective } from "./collective-arguments.js";
import { withRanks } from "./collective-error.js";
import { ElementOrder } from "./element-order.js";
import { currentGeneration } from "./generation.js";
import { Work } from "./work.js";

/** How a reduction joins the ranks' tensors, element by element. */
export type ReduceOp = "sum" | "avg" | "max" | "min" | "product";

/** One part of a batch: what goes to a rank, or what comes from one. */
export type Exchange =
  | { readonly send: Tensor; readonly to: number; readonly tag?: number }
  | { readonly receive: Tensor; readonly from: number; readonly tag?: number };

/** Options of a collective. */
export interface AsyncOption {
  /**
   * GPUs only. True (default): beside computation, on a stream of its own. False: in turn on the current stream, which saves
   * a few microseconds when the result is needed at once.
   */
  readonly async?: boolean;
}

/** Options of a collective that all ranks may be told the subject of. */
export interface SubjectOption extends AsyncOption {
  /** What it is about, as "model.layers.3": calls about different things differ, however alike their tensors are. */
  readonly of?: string;
}

/** How a group was made. */
export interface GroupDescription {
  /** Unique among the groups that share a store. */
  readonly name: string;
  /** This process within the group. */
  readonly rank: number;
  /** Global ranks of the members, in the order of their rank within the group. */
  readonly ranks: readonly number[];
  /** Gloo between CPUs, NCCL between GPUs. */
  readonly backend: "gloo" | "nccl";
}

/** Calls that not all ranks make. */
const BETWEEN_TWO: ReadonlySet<string> = new Set(["send", "receive"]);
const SPLITS = { output: listOf(integer({ min: 0 })), input: listOf(integer({ min: 0 })) };

/** Ranks that compute together, over c10d. All of them make every call but send and receive, in one order. */
export class ProcessGroup {
  /** Unique among the groups that share a store. */
  readonly name: string;
  /** This process within the group. */
  readonly rank: number;
  /** Global ranks of the members, in the order of their rank within the group. */
  readonly ranks: readonly number[];
  /** Gloo between CPUs, NCCL between GPUs. */
  readonly backend: "gloo" | "nccl";
  readonly #ref: GroupRef;
  #numCollectives = 0;
  #generation = 0;
  /** How many groups of each list of members were made in this generation. */
  readonly #numSubgroups = new Map<string, number>();

  constructor(ref: GroupRef, { name, rank, ranks, backend }: GroupDescription) {
    this.#ref = ref;
    this.name = name;
    this.rank = rank;
    this.ranks = ranks;
    this.backend = backend;
  }

  /** Native id of this group; for code that talks to the addon. */
  get ref(): GroupRef {
    const generation = currentGeneration();
    if (generation !== this.#generation) this.#begin(generation);
    return this.#ref;
  }

  /** Number of ranks in the group. */
  get size(): number {
    return this.ranks.length;
  }

  /**
   * A group of some ranks of this one. At least its members call this, with the same list and, among groups with the same
   * list, in the same order. Undefined on a rank that is not a member.
   * @param members ranks within this group, at least one
   * @throws RangeError for a list that is not ascending or names a rank that does not exist
   */
  subgroup(members: readonly number[]): ProcessGroup | undefined {
    this.#checkMembers(members);
    const { ref: parent } = this;
    const list = members.join("-");
    const count = (this.#numSubgroups.get(list) ?? 0) + 1;
    this.#numSubgroups.set(list, count);
    const rank = members.indexOf(this.rank);
    if (rank === -1) return undefined;
    const era = this.#generation === 0 ? "" : `/${this.#generation}`;
    const name = `${this.name}/${list}${era}${count === 1 ? "" : `#${count}`}`;
    const ref = withRanks(parent, () => native.createSubgroup(parent, members, name));
    const ranks = members.map((member) => this.ranks[member] as number);
    return new ProcessGroup(ref, { name, rank, ranks, backend: this.backend });
  }

  /** In place: every rank ends with the reduction of all ranks' tensors. */
  allReduce(tensor: Tensor, op: ReduceOp = "sum", options: AsyncOption = {}): Work {
    checkCollective("allReduce", this.size, { tensors: { tensor }, op, options });
    const { async = true } = options;
    return this.#start("allReduce", (order) =>
      native.allReduce(this.ref, order.written(tensor), op, async),
    );
  }
  /** In place: every rank ends with the tensor of rank `root`. */
  broadcast(tensor: Tensor, root = 0, options: SubjectOption = {}): Work {
    checkCollective("broadcast", this.size, {
      ...{ tensors: { tensor }, ranks: { root }, options },
      hasSubject: true,
    });
    const { async = true, of } = options;
    return this.#start("broadcast", (order) =>
      native.broadcast(this.ref, order.written(tensor), root, async, of),
    );
  }
  /** In place: rank `root` ends with the reduction of all ranks' tensors; those of the others are undefined afterwards. */
  reduce(tensor: Tensor, root = 0, op: ReduceOp = "sum"): Work {
    checkCollective("reduce", this.size, { tensors: { tensor }, op, ranks: { root } });
    return this.#start("reduce", (order) =>
      native.reduce(this.ref, order.written(tensor), op, root),
    );
  }
  /** `output` becomes the ranks' `input` one after another: a tensor (size * n) for `input` (n), or one tensor a rank. */
  allGather(output: Tensor | readonly Tensor[], input: Tensor, options: SubjectOption = {}): Work {
    const outputs = isList(output) ? { lists: { output } } : { tensors: { output } };
    checkCollective("allGather", this.size, { tensors: { input }, options, hasSubject: true });
    checkCollective("allGather", this.size, { tensors: {}, ...outputs });
    const { async = true, of } = options;
    return this.#start("allGather", (order) =>
      isList(output)
        ? native.allGatherList(this.ref, order.allWritten(output), order.read(input), of)
        : native.allGather(this.ref, order.written(output), order.read(input), async, of),
    );
  }
  /** `output` (n) becomes this rank's part of the reduction of all `input`: a tensor (size * n), or one tensor a rank. */
  reduceScatter(
    output: Tensor,
    input: Tensor | readonly Tensor[],
    op: ReduceOp = "sum",
    options: AsyncOption = {},
  ): Work {
    const inputs = isList(input) ? { lists: { input } } : { tensors: { input } };
    checkCollective("reduceScatter", this.size, { tensors: { output }, op, options });
    checkCollective("reduceScatter", this.size, { tensors: {}, ...inputs });
    const { async = true } = options;
    return this.#start("reduceScatter", (order) =>
      isList(input)
        ? native.reduceScatterList(this.ref, order.written(output), order.allRead(input), op)
        : native.reduceScatter(this.ref, order.written(output), order.read(input), op, async),
    );
  }
  /** `outputs` of rank `root` (of the others: none) become the ranks' `input`. */
  gather(outputs: readonly Tensor[], input: Tensor, root = 0): Work {
    const given = { tensors: { input }, lists: { outputs }, ranks: { root } };
    checkCollective("gather", this.size, given);
    return this.#start("gather", (order) =>
      native.gather(this.ref, order.allWritten(outputs), order.read(input), root),
    );
  }
  /** `output` becomes this rank's of the `inputs` of rank `root`; the others give none. */
  scatter(output: Tensor, inputs: readonly Tensor[], root = 0): Work {
    const given = { tensors: { output }, lists: { inputs }, ranks: { root } };
    checkCollective("scatter", this.size, given);
    return this.#start("scatter", (order) =>
      native.scatter(this.ref, order.written(output), order.allRead(inputs), root),
    );
  }
  /**
   * Rank r's part of `input` goes to rank r; `output` becomes the parts of all ranks one after another.
   * @param splits rows (of dimension 0) per rank of output and input; default: equal parts
   */
  allToAll(
    output: Tensor,
    input: Tensor,
    splits: { readonly output?: readonly number[]; readonly input?: readonly number[] } = {},
  ): Work {
    checkCollective("allToAll", this.size, { tensors: { output, input } });
    checkOptions("allToAll: splits", splits, SPLITS);
    const { output: received = [], input: sent = [] } = splits;
    return this.#start("allToAll", (order) =>
      native.allToAll(this.ref, order.written(output), order.read(input), received, sent),
    );
  }
  /** Done once every rank of the group has called it. */
  barrier(): Work {
    return this.#start("barrier", () => native.barrier(this.ref));
  }
  /** Sends to rank `peer` of the group, which receives with the same `tag`. */
  send(tensor: Tensor, peer: number, tag = 0): Work {
    checkCollective("send", this.size, { tensors: { tensor }, ranks: { peer } });
    return this.#start("send", (order) => native.send(this.ref, order.read(tensor), peer, tag));
  }
  /** Receives into `tensor`, of the sender's shape and dtype, from rank `peer` of the group. */
  receive(tensor: Tensor, peer: number, tag = 0): Work {
    checkCollective("receive", this.size, { tensors: { tensor }, ranks: { peer } });
    return this.#start("receive", (order) =>
      native.receive(this.ref, order.written(tensor), peer, tag),
    );
  }
  /** Sends and receives that begin together, so that their order between two ranks does not matter. */
  exchange(batch: readonly Exchange[]): Work {
    const order = new ElementOrder("exchange");
    return withRanks(this.ref, () => {
      let whole: WorkRef | null = null;
      using begun = openEffect(() => {
        whole = native.endBatch(this.ref);
      }, "call");
      native.beginBatch(this.ref);
      const parts = batch.map((part) => this.#startExchange(part, order));
      begun.close();
      return new Work(this.ref, whole === null ? parts : [whole], order);
    });
  }

  /** Gives the group's connections up: collectives under way end at once, and every later call of this cell throws. */
  abort(): void {
    native.abortGroup(this.ref);
  }

  #start(name: string, begin: (order: ElementOrder) => WorkRef): Work {
    const { ref } = this;
    const order = new ElementOrder(name);
    if (!BETWEEN_TWO.has(name)) this.#numCollectives += 1;
    const { ranks, name: group } = this;
    currentHost()?.noteCollective?.({ name, number: this.#numCollectives, group, ranks });
    return withRanks(ref, () => new Work(ref, [begin(order)], order));
  }

  /** Ranks count alike again: a cell that failed on one of them left them at different numbers. */
  #begin(generation: number): void {
    this.#generation = generation;
    this.#numCollectives = 0;
    this.#numSubgroups.clear();
  }

  #startExchange(part: Exchange, order: ElementOrder): WorkRef {
    const { tag = 0 } = part;
    return "send" in part
      ? native.send(this.ref, order.read(part.send), part.to, tag)
      : native.receive(this.ref, order.written(part.receive), part.from, tag);
  }

  #checkMembers(members: readonly number[]): void {
    const isAscending = members.every(
      (member, i) => i === 0 || member > (members[i - 1] as number),
    );
    const exist = members.every((m) => Number.isInteger(m) && m >= 0 && m < this.size);
    if (members.length > 0 && isAscending && exist) return;
    throw new RangeError(
      `a sub-group needs ascending ranks from 0 to ${this.size - 1} of the group ${this.name}, got [${members.join(", ")}]`,
    );
  }
}

function isList(value: Tensor | readonly Tensor[]): value is readonly Tensor[] {
  return Array.isArray(value);
}
