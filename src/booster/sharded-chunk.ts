// Weights of which each rank keeps a section and that have no memory between uses: the ranks' sections are gathered straight into
// what is lent to the parameters as theirs, so that nothing is copied a second time. Where weights are not to be cut one rank keeps
// all of a bucket and sends it. A section may lie in host memory, from where it comes beside what computes; one rank alone, without
// others to gather from, lends its section itself where that is on the device, and the weights stay whole.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { bringUp } from "../device/host-queues.js";
import { type BucketLayout, sliceIn } from "../memory/bucket-layout.js";
import { Chunk } from "../memory/chunk.js";
import { place } from "../nn/place.js";
import { elementsOf, isAll } from "../optim/slices.js";
import { empty } from "../tensor/create.js";
import { itemSize } from "../tensor/dtype.js";
import type { Range } from "../tensor/element-range.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { markWritten, versionOf } from "../tensor/version.js";
import type { HeldWeight, Pending } from "../tensor/weights-owner.js";
import {
  type ChunkPlace,
  type Coming,
  ON_HOST,
  SHARED,
  type SharedWeights,
} from "./chunk-place.js";
import { ChunkSection, type WeightsHost } from "./chunk-section.js";

export class ShardedChunk {
  /** Of the block that uses it. */
  readonly name: string;
  readonly layout: BucketLayout;
  readonly #group: ProcessGroup | undefined;
  readonly #chunk: Chunk;
  /** What this rank has of it. */
  readonly #section: ChunkSection;
  #coming: Coming | undefined;
  #numHolds = 0;
  #isDissolved = false as boolean;
  /** How often each parameter was written when the first hold began. */
  #versions: readonly number[] = [];

  /** From now on the weights are in sections, as they are now. */
  constructor({ name, weights, layout }: SharedWeights, { device, group, host }: ChunkPlace) {
    this.name = name;
    this.layout = layout;
    this.#group = group;
    const remedy = group === undefined ? ON_HOST : SHARED;
    this.#chunk = new Chunk(name, weights, { places: layout, remedy, device });
    this.#section = new ChunkSection(this.#ownPart, host);
    this.#chunk.release();
    if (this.#staysWhole) this.gather();
  }

  /** Name, number of parameters, MiB of all and of what this rank keeps, and where it is now. */
  get row(): readonly string[] {
    const { numElements, parameters } = this.layout;
    const { dtype, nbytes } = this.#section.memory;
    const [whole, here] = [numElements * itemSize(dtype), nbytes];
    const sizes = [whole, here].map((bytes) => (bytes / 2 ** 20).toFixed(2));
    const between = this.isOnHost ? "on the host" : "released";
    const coming = this.#coming === undefined ? between : "on its way";
    return [this.name, String(parameters.length), ...sizes, this.isWhole ? "whole" : coming];
  }

  /** For memory reports. */
  get named(): readonly [name: string, section: Tensor] {
    return [`part of ${this.name}`, this.#section.memory];
  }

  /** Whether the parameters have memory and numbers. */
  get isWhole(): boolean {
    return !this.#chunk.isReleased;
  }

  /** Whether somebody has said that it is to stay whole. */
  get isHeld(): boolean {
    return this.#numHolds > 0;
  }

  /** Whether this rank's section lies in host memory. */
  get isOnHost(): boolean {
    return this.#section.isOnHost;
  }

  /** Begins to gather, beside what computes. All ranks call it. */
  begin(): void {
    if (this.isWhole || this.#coming !== undefined) return;
    this.#coming = this.isOnHost ? this.#fromHost() : this.#fromDevice();
  }

  /** The parameters have memory and numbers on return. All ranks call it. */
  gather(): void {
    if (this.isWhole) return;
    this.begin();
    const memory = this.#arrived() as Tensor;
    // Who gathered may hold the memory for a moment more.
    this.#chunk.gather(() => undefined, { memory, mayBeShared: true });
    this.#giveBack(memory);
  }

  /** The parameters have no memory from now on, unless they are held or stay whole. */
  release(): void {
    if (!this.isWhole && this.#coming === undefined) return;
    this.#giveBack(this.#arrived());
    this.#letMemoryGo();
  }

  /** The same when connections were given up, which may still write to what was on its way. */
  giveUp(): void {
    const coming = this.#coming;
    this.#coming = undefined;
    coming?.copied?.wait();
    this.#giveBack(coming?.memory);
    this.#letMemoryGo();
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
    if (isWritten) this.#section.write((numbers) => void numbers.copy_(this.#ownPart));
    this.release();
  }

  /** What this rank has of the i-th parameter: flat, or in its shape where that is all. */
  held(i: number): Omit<HeldWeight, "of"> {
    this.#awaitUpdate(i);
    return { numbers: this.#partOf(i, this.#section.numbersFor(i)), isOnHost: this.isOnHost };
  }

  /** What this rank has of the i-th parameter. */
  sliceOf(i: number): Range {
    return sliceIn(this.layout, i, this.#rank);
  }

  /** Gives the i-th parameter these numbers, of which this rank keeps its own. */
  put(i: number, numbers: Tensor): void {
    const parameter = this.layout.parameters[i] as Parameter;
    const slice = this.sliceOf(i);
    this.#awaitUpdate(i);
    this.#section.write((section) => {
      if (slice.begin < slice.end)
        this.#partOf(i, section).copy_(elementsOf(numbers.detach().contiguous(), slice));
      if (this.isWhole) {
        parameter.copy_(numbers);
        return;
      }
      this.release(); // what is on its way is of the old ones
      markWritten([parameter]);
    });
  }

  /** An update is about to write the section of the i-th parameter: what was gathered of the old numbers is released. */
  updating(i: number): void {
    this.release();
    markWritten([this.layout.parameters[i] as Parameter]);
  }

  /** The i-th parameter is what this work makes of the section. */
  updatedBy(i: number, work: Pending): void {
    this.#section.updatedBy(i, work);
  }

  /** Keeps the section there from now on: in host memory, or on the device (undefined). */
  moveTo(host: WeightsHost | undefined): void {
    if (this.isOnHost === (host !== undefined)) return;
    this.#giveBack(this.#arrived());
    this.#chunk.release();
    this.#section.moveTo(host);
    if (this.#staysWhole) this.gather();
  }

  /** The parameters have memory of their own again, those in host memory there. All ranks call it. */
  dissolve(): void {
    this.gather();
    this.#isDissolved = true;
    this.#chunk.dissolve();
    if (this.isOnHost) place(this.layout.parameters, { device: "cpu" });
    this.#section.dispose();
  }

  /** One rank has nobody to gather from: its parameters are the section. */
  get #staysWhole(): boolean {
    return this.#group === undefined && !this.isOnHost;
  }

  get #rank(): number {
    return this.#group?.rank ?? 0;
  }

  #fromDevice(): Coming {
    const { memory } = this.#section;
    if (this.#group === undefined || this.layout.owner === this.#rank)
      return { memory, sent: this.#sent(memory, memory) };
    const whole = this.#newMemory();
    return { memory: whole, sent: this.#sent(whole, memory) };
  }

  /** By way of its place in the whole. */
  #fromHost(): Coming {
    const memory = this.#newMemory();
    const { made: sent, copied } = this.#section.fetch((numbers) => {
      const place = this.#ownPartOf(memory);
      bringUp({ copies: [[numbers, place]], of: this.layout.parameters }, true);
      return this.#sent(memory, place);
    });
    return { memory, copied, sent };
  }

  /** Begins to gather what other ranks have. */
  #sent(whole: Tensor, own: Tensor): readonly Work[] {
    if (this.#group === undefined) return [];
    const { owner } = this.layout;
    const named = { of: this.name };
    const work =
      owner === undefined
        ? this.#group.allGather(whole, own, named)
        : this.#group.broadcast(whole, owner, named);
    const bytes = whole.nbytes;
    return [work.spanning(() => ({ action: "gather", of: this.layout.parameters, bytes }))];
  }

  #newMemory(): Tensor {
    const { device, memory } = this.#section;
    return keep(empty([this.layout.numElements], { dtype: memory.dtype, device }));
  }

  /** Waits for what is on its way; undefined where nothing is. */
  #arrived(): Tensor | undefined {
    const coming = this.#coming;
    this.#coming = undefined;
    coming?.copied?.wait();
    for (const work of coming?.sent ?? []) work.wait();
    return coming?.memory;
  }

  /** Of what was made for one gathering. */
  #giveBack(memory: Tensor | undefined): void {
    if (memory !== this.#section.memory) memory?.dispose();
  }

  #letMemoryGo(): void {
    if (!this.isHeld && !this.#staysWhole) this.#chunk.release();
  }

  /** A late one on the device is told to who asks for the parameter's handle. */
  #awaitUpdate(i: number): void {
    void this.layout.parameters[i]?.handle;
  }

  #partOf(i: number, section: Tensor): Tensor {
    const parameter = this.layout.parameters[i] as Parameter;
    const slice = this.sliceOf(i);
    const count = slice.end - slice.begin;
    if (count === 0) return section.narrow(0, 0, 0);
    const from = (this.layout.offsets[i] as number) + slice.begin - this.#mine.begin;
    const numbers = section.narrow(0, from, count);
    return isAll(slice, parameter.numel) ? numbers.view(parameter.shape) : numbers;
  }

  get #mine(): Range {
    return this.layout.sections[this.#rank] as Range;
  }

  /** Of the whole, what this rank keeps. */
  get #ownPart(): Tensor {
    return this.#ownPartOf(this.#chunk.flat);
  }

  #ownPartOf(whole: Tensor): Tensor {
    const { begin, end } = this.#mine;
    return whole.narrow(0, begin, end - begin);
  }
}
