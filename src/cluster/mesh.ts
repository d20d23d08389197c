// The ranks of a job as a grid: each axis is a way of sharing work, and the ranks along it do so among themselves.
import { integer, oneOf, requireValue } from "../arguments/checks.js";
import { requireNames } from "../arguments/options.js";
import type { Job } from "./job.js";
import type { ProcessGroup } from "./process-group.js";

/** Pipeline stages, data, sequence and tensor parallelism, experts: what ranks along an axis divide among themselves. */
export type Axis = "pp" | "dp" | "sp" | "tp" | "ep";

const AXES = ["pp", "dp", "sp", "tp", "ep"] as const satisfies readonly Axis[];

/** Ranks along each axis, outermost first: of `{ dp: 2, tp: 4 }` ranks 0 to 3 share tensors. An axis left out has one. */
export type MeshSizes = Readonly<Partial<Record<Axis, number>>>;

/** A job's ranks by axis. All ranks make it, and ask it for groups in one order. */
export class Mesh {
  readonly #job: Job;
  readonly #axes: readonly Axis[];
  readonly #sizes: MeshSizes;
  readonly #groups = new Map<string, ProcessGroup | undefined>();

  /**
   * @throws RangeError unless the sizes multiply to the number of ranks
   */
  constructor(job: Job, sizes: MeshSizes) {
    requireNames("new Mesh: sizes", sizes, AXES);
    this.#job = job;
    this.#axes = Object.keys(sizes) as Axis[];
    for (const axis of this.#axes)
      requireValue(`new Mesh: ${axis}`, sizes[axis], integer({ min: 1 }));
    this.#sizes = { ...sizes };
    const numRanks = this.#axes.reduce((product, axis) => product * this.size(axis), 1);
    if (numRanks === job.worldSize) return;
    const shown = this.#axes.map((axis) => `${axis} ${this.size(axis)}`).join(" x ");
    throw new RangeError(
      `new Mesh: ${shown || "no axis"} makes ${numRanks} ranks, the job has ${job.worldSize}; choose sizes whose product is ${job.worldSize}`,
    );
  }

  /** Ranks along an axis. */
  size(axis: Axis): number {
    requireValue("size: axis", axis, anAxis);
    return this.#sizes[axis] ?? 1;
  }

  /** Where this rank is along an axis, from 0. */
  index(axis: Axis): number {
    requireValue("index: axis", axis, anAxis);
    return Math.floor(this.#job.rank / this.#stride(axis)) % this.size(axis);
  }

  /**
   * The ranks that differ from this one along the given axes only, in rank order, on the job's device; undefined when there
   * is none but itself.
   */
  group(...axes: readonly Axis[]): ProcessGroup | undefined {
    for (const axis of axes) requireValue("group: axis", axis, anAxis);
    const along = this.#axes.filter((axis) => axes.includes(axis) && this.size(axis) > 1);
    const key = along.join(" ");
    if (!this.#groups.has(key)) this.#groups.set(key, this.#groupAlong(along));
    return this.#groups.get(key);
  }

  #groupAlong(axes: readonly Axis[]): ProcessGroup | undefined {
    const { group } = this.#job;
    if (axes.length === 0 || group === undefined) return undefined;
    const members = this.#ranksAlong(axes);
    return members.length === group.size ? group : group.subgroup(members);
  }

  #ranksAlong(axes: readonly Axis[]): number[] {
    let ranks = [this.#job.rank - axes.reduce((own, axis) => own + this.#offset(axis), 0)];
    for (const axis of axes) {
      const stride = this.#stride(axis);
      ranks = ranks.flatMap((rank) =>
        Array.from({ length: this.size(axis) }, (_, index) => rank + index * stride),
      );
    }
    return ranks.sort((a, b) => a - b);
  }

  #offset(axis: Axis): number {
    return this.index(axis) * this.#stride(axis);
  }

  /** How many ranks later the next one along an axis comes. */
  #stride(axis: Axis): number {
    const inner = this.#axes.slice(this.#axes.indexOf(axis) + 1);
    return inner.reduce((product, each) => product * this.size(each), 1);
  }
}

const anAxis = oneOf(...AXES);
