// Gradients of which each rank gets the average of a section and keeps no more: reduce-scattered out of the buffer in which a
// backward pass made them, which is given back then, and added up over the passes of a step. Where weights must be whole the
// section of one rank is the buffer, and the ranks reduce to it.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { type BucketLayout, sliceIn } from "../memory/bucket-layout.js";
import { isAll } from "../optim/slices.js";
import { empty } from "../tensor/create.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { takeGradients } from "../tensor/gradient-owner.js";
import { makeGradientPlace } from "../tensor/gradient-place.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ReducedBucket } from "./gradient-bucket.js";
import { GradientBuffer } from "./gradient-buffer.js";
import { hasGradient } from "./measured-gradients.js";
import type { PassMarks } from "./pass-marks.js";

const LATE =
  "a backward pass made a gradient after those of its parameter's bucket were reduced, so a block uses a parameter that it does " +
  "not list; give the block's module that parameter as a field";

export class ShardedBucket implements ReducedBucket {
  readonly layout: BucketLayout;
  readonly #group: ProcessGroup;
  readonly #marks: PassMarks;
  readonly buffer: GradientBuffer;
  /** What this rank has of the buffer: the sum of averages of the passes until now. */
  #section: Tensor | undefined;
  /** The average comes into a tensor of its own, or into the buffer where that is one rank's. */
  #reducing: { readonly work: Work; readonly average: Tensor | undefined } | undefined;
  /** Which gradients this rank had in the pass that was reduced last. */
  #has: readonly boolean[] | undefined;
  /** Those that any rank had in a pass of this step. */
  readonly #present = new Set<Parameter>();

  constructor(layout: BucketLayout, group: ProcessGroup, marks: PassMarks) {
    this.layout = layout;
    this.#group = group;
    this.#marks = marks;
    this.buffer = new GradientBuffer(layout);
  }

  get parameters(): readonly Parameter[] {
    return this.layout.parameters;
  }

  launch(): void {
    this.#has = this.buffer.settleAll();
    this.#marks.add(this.parameters, this.#has);
    const { flat } = this.buffer.open();
    const { owner } = this.layout;
    const span = () => ({ action: "reduce", of: this.parameters, bytes: flat.nbytes }) as const;
    if (owner !== undefined) {
      const work = this.#group.reduce(flat, owner, "avg").spanning(span);
      this.#reducing = { work, average: undefined };
      return;
    }
    const { begin, end } = this.#mine;
    const { dtype, device } = flat;
    const average = keep(empty([end - begin], { dtype, device }));
    const work = this.#group.reduceScatter(average, flat, "avg").spanning(span);
    this.#reducing = { work, average };
  }

  collect(): void {
    if (this.#reducing === undefined) return;
    const { work, average } = this.#reducing;
    work.wait();
    this.#reducing = undefined;
    takeGradients(this.parameters);
    const isMine = average === undefined && this.layout.owner === this.#group.rank;
    const found = isMine ? this.buffer.take() : average;
    this.buffer.drop();
    if (found !== undefined) this.#add(found);
  }

  finish(): Parameter[] {
    this.collect();
    const has = this.#has;
    this.#has = undefined;
    if (has === undefined) return [];
    if (this.parameters.some(hasGradient)) throw new Error(LATE);
    const isThere = this.#marks.ofAll(this.parameters, has);
    for (const [i, parameter] of this.parameters.entries())
      if (isThere[i] === true) this.#present.add(parameter);
    return has.every(Boolean) ? [] : this.parameters.filter((_, i) => isThere[i] !== true);
  }

  drop(): void {
    const [section, average] = [this.#section, this.#reducing?.average];
    this.#section = undefined;
    this.#reducing = undefined;
    this.#has = undefined;
    this.#present.clear();
    section?.dispose();
    average?.dispose();
    this.buffer.drop();
  }

  /** Whether any rank had a gradient of any of them. */
  get isThere(): boolean {
    return this.#present.size > 0;
  }

  /** The average gradient of what this rank has of the i-th parameter; null where no rank had one. */
  gradOf(i: number): Tensor | null {
    const parameter = this.parameters[i] as Parameter;
    if (!this.#present.has(parameter)) return null;
    const slice = this.sliceOf(i);
    const count = slice.end - slice.begin;
    if (count === 0) return empty([0], { dtype: parameter.dtype, device: parameter.device });
    const section = this.#section as Tensor;
    const from = (this.layout.offsets[i] as number) + slice.begin - this.#mine.begin;
    if (!isAll(slice, parameter.numel)) return section.narrow(0, from, count);
    if (parameter.isContiguous()) return section.narrow(0, from, count).view(parameter.shape);
    return makeGradientPlace(section, from, parameter); // in the order of its memory, as the pass made it
  }

  /** The gradient of the i-th parameter is as if no rank had had one. */
  forget(i: number): void {
    const grad = this.gradOf(i);
    if (grad !== null && grad.numel > 0) noGrad(() => void grad.zero_());
    this.#present.delete(this.parameters[i] as Parameter);
  }

  /** What this rank has of the i-th parameter. */
  sliceOf(i: number): Range {
    return sliceIn(this.layout, i, this.#group.rank);
  }

  get #mine(): Range {
    return this.layout.sections[this.#group.rank] as Range;
  }

  #add(average: Tensor): void {
    if (this.#section === undefined) {
      this.#section = average;
      return;
    }
    this.#section.add_(average);
    average.dispose();
  }
}
