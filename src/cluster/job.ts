// The processes that train together, as one of them sees it: what they reduce, share and decide together. Numbers and tensors
// go over the group of the job's device, bytes and outcomes over one between hosts' CPUs, so that a failed GPU stops neither.
import { deserialize, serialize } from "node:v8";
import { callback, requireValue } from "../arguments/checks.js";
import { aDevice } from "../tensor/arguments.js";
import { fromBytes, tensor, zeros } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { groupOfAll } from "./default-group.js";
import { defaultDevice } from "./devices.js";
import { ranksFromEnvironment } from "./environment.js";
import type { ProcessGroup } from "./process-group.js";
import {
  type ErrorClass,
  type Outcome,
  outcomeNow,
  outcomeOf,
  type Sent,
  valuesOf,
} from "./rank-outcome.js";

/** How the ranks of a job reduce a number that each of them has. */
export type Reduction = "mean" | "max" | "sum";

/** The processes that train together. All of them make every call, in one order. */
export class Job {
  /** This process among them, from 0. */
  readonly rank: number;
  /** Number of processes. */
  readonly worldSize: number;
  /** Where this rank computes. */
  readonly device: string;

  /** @param device default: this rank's GPU, or "cpu" where there is none */
  constructor(device: string = defaultDevice()) {
    requireValue("new Job: device", device, aDevice);
    const { rank, size } = ranksFromEnvironment();
    this.rank = rank;
    this.worldSize = size;
    this.device = device;
  }

  /** Group of tensors on the job's device, made on first use; undefined when this process is alone. */
  get group(): ProcessGroup | undefined {
    return groupOfAll(this.device);
  }

  /** Reduces a number over all ranks; every rank gets the result. */
  reduce(value: number, how: Reduction): number {
    const { group } = this;
    if (group === undefined) return value;
    return noGrad(() => {
      const cell = tensor(Float64Array.of(value), { device: this.device });
      group.allReduce(cell, how === "max" ? "max" : "sum").wait();
      return how === "mean" ? cell.item() / this.worldSize : cell.item();
    });
  }

  /** All ranks' bytes on every rank, by rank; each may give another number of them. */
  gather(bytes: Uint8Array): Uint8Array[] {
    const host = groupOfAll("cpu");
    if (host === undefined) return [bytes];
    const lengths = gatherEqual(host, new Uint8Array(Float64Array.of(bytes.length).buffer)).map(
      (length) => new Float64Array(length.buffer)[0] as number,
    );
    const padded = new Uint8Array(Math.max(...lengths, 1));
    padded.set(bytes);
    return gatherEqual(host, padded).map((given, rank) => given.slice(0, lengths[rank]));
  }

  /** In place: every rank's tensors become those of rank `root`. */
  broadcast(tensors: readonly Tensor[], root: number): void {
    if (this.group !== undefined) broadcastAll(tensors, this.group, root);
  }

  /** Returns when all ranks have come here. */
  barrier(): void {
    this.group?.barrier().wait();
  }

  /**
   * Runs `mine` on every rank. All go on with what it gave on each, by rank; or, where it failed on any, all throw the error of
   * the lowest rank among those, which is named. No rank is left waiting for one that has failed.
   * @param mine without collectives; its value must be one that `structuredClone` takes
   * @param classes of errors that keep their class on the way to other ranks, besides JavaScript's own
   */
  async all<T>(mine: () => T | Promise<T>, classes: readonly ErrorClass[] = []): Promise<T[]> {
    requireValue("all: mine", mine, callback);
    if (this.worldSize === 1) return [await mine()];
    return this.#outcomes(await outcomeOf(mine), classes);
  }

  /** As `all`, of what needs no waiting. */
  allNow<T>(mine: () => T, classes: readonly ErrorClass[] = []): T[] {
    requireValue("allNow: mine", mine, callback);
    if (this.worldSize === 1) return [mine()];
    return this.#outcomes(outcomeNow(mine), classes);
  }

  #outcomes<T>({ sent, error }: Outcome<T>, classes: readonly ErrorClass[]): T[] {
    const outcomes = this.gather(serialize(sent)).map((b) => deserialize(b) as Sent<T>);
    return valuesOf(outcomes, { rank: this.rank, cause: error, classes });
  }
}

/** In place: the tensors of every rank of a group become those of its rank `root`. */
export function broadcastAll(tensors: readonly Tensor[], group: ProcessGroup, root: number): void {
  noGrad(() => {
    const works = tensors.map((tensor) => group.broadcast(tensor.detach(), root));
    for (const work of works) work.wait();
  });
}

function gatherEqual(group: ProcessGroup, bytes: Uint8Array): Uint8Array[] {
  return scoped(() => {
    const mine = fromBytes(bytes.slice(), [bytes.length], "uint8");
    const all = zeros([group.size * bytes.length], { dtype: "uint8" });
    group.allGather(all, mine).wait();
    const flat = all.toBytes();
    return group.ranks.map((_, i) => flat.slice(i * bytes.length, (i + 1) * bytes.length));
  });
}
