// Weights of which each rank keeps a section and that have no memory between uses: the ranks' sections are gathered straight into
// what is lent to the parameters as theirs, so that nothing is copied a second time. Where weights are not to be cut one rank keeps
// all of a bucket and sends it.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { type BucketLayout, sliceIn } from "../memory/bucket-layout.js";
import { Chunk } from "../memory/chunk.js";
import { elementsOf, isAll } from "../optim/slices.js";
import { empty } from "../tensor/create.js";
import { itemSize } from "../tensor/dtype.js";
import type { Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { noteUpdated } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { markWritten, versionOf } from "../tensor/version.js";

const REMEDY =
  "ranks share it, and each keeps a part; read it where all ranks have it whole, in a block that begins with " +
  "using _ = booster.gatherWeights(model), and store it with booster.saveModel or booster.saveCheckpoint";

/** A parameter with its name in the model. */
export type NamedWeight = readonly [name: string, parameter: Parameter];

/** What is gathered at once. */
export interface SharedWeights {
  readonly name: string;
  /** In the order of the layout. */
  readonly weights: readonly NamedWeight[];
  readonly layout: BucketLayout;
}

export class ShardedChunk {
  /** Of the block that uses it. */
  readonly name: string;
  readonly layout: BucketLayout;
  readonly #group: ProcessGroup;
  readonly #chunk: Chunk;
  /** What this rank has of it. */
  readonly #section: Tensor;
  /** On its way, to memory that parameters do not see yet. */
  #coming: { readonly work: Work; readonly memory: Tensor } | undefined;
  #numHolds = 0;
  #isDissolved = false as boolean;
  /** How often each parameter was written when the first hold began. */
  #versions: readonly number[] = [];

  /** From now on the weights are in sections, as they are now. */
  constructor({ name, weights, layout }: SharedWeights, group: ProcessGroup) {
    this.name = name;
    this.layout = layout;
    this.#group = group;
    this.#chunk = new Chunk(name, weights, { places: layout, remedy: REMEDY });
    this.#section = keep(noGrad(() => this.#ownPart.clone()));
    this.#chunk.release();
  }

  /** Name, number of parameters, MiB of all and of what this rank keeps, and where it is now. */
  get row(): readonly string[] {
    const { numElements, parameters } = this.layout;
    const [whole, here] = [numElements * itemSize(this.#section.dtype), this.#section.nbytes];
    const sizes = [whole, here].map((bytes) => (bytes / 2 ** 20).toFixed(2));
    const coming = this.#coming === undefined ? "released" : "on its way";
    return [this.name, String(parameters.length), ...sizes, this.isWhole ? "whole" : coming];
  }

  /** For memory reports. */
  get named(): readonly [name: string, section: Tensor] {
    return [`part of ${this.name}`, this.#section];
  }

  /** Whether the parameters have memory and numbers. */
  get isWhole(): boolean {
    return !this.#chunk.isReleased;
  }

  /** Whether somebody has said that it is to stay whole. */
  get isHeld(): boolean {
    return this.#numHolds > 0;
  }

  /** Begins to gather, beside what computes. All ranks call it. */
  begin(): void {
    if (this.isWhole || this.#coming !== undefined) return;
    const { owner, numElements } = this.layout;
    const { dtype, device } = this.#section;
    const isMine = owner === this.#group.rank;
    const memory = isMine ? this.#section : keep(empty([numElements], { dtype, device }));
    const work =
      owner === undefined
        ? this.#group.allGather(memory, this.#section, { of: this.name })
        : this.#group.broadcast(memory, owner, { of: this.name });
    const bytes = memory.nbytes;
    work.spanning(() => ({ action: "gather", of: this.layout.parameters, bytes }));
    this.#coming = { work, memory };
  }

  /** The parameters have memory and numbers on return. All ranks call it. */
  gather(): void {
    if (this.isWhole) return;
    this.begin();
    const memory = this.#arrived() as Tensor;
    // Who gathered may hold the memory for a moment more.
    this.#chunk.gather(() => undefined, { memory, mayBeShared: true });
    if (memory !== this.#section) memory.dispose();
  }

  /** The parameters have no memory from now on, unless they are held. */
  release(): void {
    if (!this.isWhole && this.#coming === undefined) return;
    const memory = this.#arrived();
    if (memory !== this.#section) memory?.dispose();
    if (!this.isHeld) this.#chunk.release();
  }

  /** The same when connections were given up, which may still write to what was on its way. */
  giveUp(): void {
    const memory = this.#coming?.memory;
    this.#coming = undefined;
    if (memory !== this.#section) memory?.dispose();
    if (!this.isHeld) this.#chunk.release();
  }

  /** They stay whole until as many calls of `letGo`. All ranks call it. */
  hold(): void {
    this.gather();
    if (this.#numHolds === 0) this.#versions = this.layout.parameters.map(versionOf);
    this.#numHolds += 1;
  }

  /** What was written to the parameters meanwhile is taken over: each rank its section of it. */
  letGo(): void {
    this.#numHolds -= 1;
    if (this.isHeld || this.#isDissolved) return;
    const isWritten = this.layout.parameters.some(
      (each, i) => versionOf(each) !== this.#versions[i],
    );
    if (isWritten) noGrad(() => void this.#section.copy_(this.#ownPart));
    this.release();
  }

  /** What this rank has of the i-th parameter: flat, or in its shape where that is all. */
  held(i: number): Tensor {
    const parameter = this.layout.parameters[i] as Parameter;
    const slice = this.sliceOf(i);
    const [count, { begin }] = [slice.end - slice.begin, this.#mine];
    if (count === 0) return this.#section.narrow(0, 0, 0);
    const from = (this.layout.offsets[i] as number) + slice.begin - begin;
    const numbers = this.#section.narrow(0, from, count);
    return isAll(slice, parameter.numel) ? numbers.view(parameter.shape) : numbers;
  }

  /** What this rank has of the i-th parameter. */
  sliceOf(i: number): Range {
    return sliceIn(this.layout, i, this.#group.rank);
  }

  /** Gives the i-th parameter these numbers, of which this rank keeps its own. */
  put(i: number, numbers: Tensor): void {
    const parameter = this.layout.parameters[i] as Parameter;
    const slice = this.sliceOf(i);
    noGrad(() => {
      if (slice.begin < slice.end)
        this.held(i).copy_(elementsOf(numbers.detach().contiguous(), slice));
      if (this.isWhole) {
        parameter.copy_(numbers);
        return;
      }
      this.release(); // what is on its way is of the old ones
      markWritten([parameter]);
    });
  }

  /** Sections were updated, and masters with them: what was gathered of the old ones is released. */
  noteUpdated(): void {
    this.release();
    markWritten(this.layout.parameters);
    for (const parameter of this.layout.parameters) noteUpdated(parameter);
  }

  /** The parameters have memory of their own again. All ranks call it. */
  dissolve(): void {
    this.gather();
    this.#isDissolved = true;
    this.#chunk.dissolve();
    this.#section.dispose();
  }

  /** Waits for what is on its way; undefined where nothing is. */
  #arrived(): Tensor | undefined {
    const coming = this.#coming;
    this.#coming = undefined;
    coming?.work.wait();
    return coming?.memory;
  }

  get #mine(): Range {
    return this.layout.sections[this.#group.rank] as Range;
  }

  /** Of the whole, what this rank keeps. */
  get #ownPart(): Tensor {
    const { begin, end } = this.#mine;
    return this.#chunk.flat.narrow(0, begin, end - begin);
  }
}
