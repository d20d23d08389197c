// Rows of tokens that are continued together: what stands in them, on the device and here, and what the model has kept of it.
import { empty, tensor } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { keep, scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { DecodeStep } from "./decode-step.js";
import type { BegunText, Decoder } from "./decoder.js";
import { KVCache } from "./kv-cache.js";
import { LeftPadding, requireLeftPadding } from "./left-padding.js";
import type { TextSoFar } from "./processors.js";

/** How far rows grow, and into how many. */
export interface Growth {
  /** Tokens that may be added. */
  readonly numNew: number;
  /** Each row of the prompt is continued so many times. */
  readonly copies: number;
  /** Whether steps have shapes that do not change. */
  readonly isStatic: boolean;
}

/** Rows of a prompt and what is added to them. Its tensors outlive scopes; `close` frees them. */
export class Rows implements Disposable, TextSoFar {
  readonly promptLength: number;
  readonly growth: Growth;
  readonly #decoder: Decoder;
  readonly #held: Disposable | undefined;
  readonly #prompt: Tensor;
  readonly #cache: KVCache;
  #padding: LeftPadding | undefined;
  #step: DecodeStep | undefined;
  /** (N, promptLength + numNew) int64; other tokens of their row stand in the place of padding */
  #room: Tensor;
  #length: number;
  #rows: readonly number[][];

  constructor({ decoder, start: { ids, mask }, held }: BegunText, growth: Growth) {
    if (mask !== undefined) requireLeftPadding(mask, ids);
    const [batch, length] = ids.shape as [number, number];
    const capacity = length + growth.numNew;
    this.#decoder = decoder;
    this.#held = held;
    this.growth = growth;
    this.#length = this.promptLength = length;
    this.#rows = withoutPadding(ids, mask);
    this.#prompt = keep(ids.clone());
    this.#cache = new KVCache(capacity);
    this.#padding = mask && new LeftPadding(mask, growth.numNew);
    this.#room = keep(empty([batch, capacity], { dtype: "int64", device: ids.device }));
    this.#room.slice(1, 0, length).copy_(this.#padding?.filled(ids) ?? ids);
  }

  /** (N, T) int64 */
  get ids(): Tensor {
    return this.#room.slice(1, 0, this.#length);
  }

  get rows(): readonly (readonly number[])[] {
    return this.#rows;
  }

  /** Tokens of each row, padding counted. */
  get length(): number {
    return this.#length;
  }

  /** Tokens that have been added. */
  get numAdded(): number {
    return this.#length - this.promptLength;
  }

  /** What the model foretells after each row, (N, V) in its dtype. The first call makes the copies. */
  nextScores(): Tensor {
    const [from, to] = [this.#cache.length, this.#length];
    const inputIds = this.#room.slice(1, from, to);
    if (from > 0 && this.growth.isStatic) return this.#fixedStep(inputIds);
    const input = { inputIds, logitsToKeep: 1, cache: this.#cache, ...this.#padding?.at(from, to) };
    const scores = this.#decoder.forward(input).logits.select(1, -1);
    const { copies } = this.growth;
    if (from > 0 || copies === 1) return scores;
    const origins = this.#rows.flatMap((_, row) => new Array<number>(copies).fill(row));
    return scores.indexSelect(0, this.#reorder(origins));
  }

  /** @param ids (N, 1) int64 */
  #fixedStep(ids: Tensor): Tensor {
    if (this.#step?.hasRoom) return this.#step.next(ids);
    this.#step?.[Symbol.dispose]();
    this.#cache.grow();
    const [decoder, cache, padding] = [this.#decoder, this.#cache, this.#padding];
    this.#step = new DecodeStep({ decoder, cache, padding }, ids);
    return this.#step.next(ids);
  }

  /** Adds a token to each row. @param next (N, 1) int64, the same as `ids` */
  add(next: Tensor, ids: readonly number[]): void {
    this.put(next);
    this.note(ids);
  }

  /** Adds a token to each row on the device; `note` is to follow. @param next (N, 1) int64 */
  put(next: Tensor): void {
    this.#room.slice(1, this.#length, this.#length + 1).copy_(next);
    this.#length += 1;
  }

  /** What was put last. */
  note(ids: readonly number[]): void {
    for (const [i, row] of this.#rows.entries()) row.push(ids[i] as number);
  }

  /** Row i becomes what row `origins[i]` was. */
  reorder(origins: readonly number[]): void {
    if (origins.every((origin, i) => origin === i)) return;
    scoped(() => void this.#reorder(origins));
  }

  /** The prompt and what was added, (N, T) int64. */
  whole(): Tensor {
    const added = this.#room.slice(1, this.promptLength, this.#length);
    return cat([this.copiedPrompt(this.growth.copies), added], 1);
  }

  /** Each row of the prompt so many times, (N, T) int64, padding as it was given. */
  copiedPrompt(copies: number): Tensor {
    return this.#prompt.repeatInterleave(copies, 0);
  }

  #reorder(origins: readonly number[]): Tensor {
    const index = tensor(BigInt64Array.from(origins, BigInt), { device: this.#room.device });
    this.#cache.reorder(index);
    if (origins.length !== this.#rows.length) this.#padding = this.#padding?.reordered(index);
    const room = keep(this.#room.indexSelect(0, index));
    this.#room.dispose();
    this.#room = room;
    this.#rows = origins.map((origin) => [...(this.#rows[origin] as number[])]);
    return index;
  }

  /** Frees what the rows hold on the device. */
  [Symbol.dispose](): void {
    for (const part of [
      this.#step,
      this.#prompt,
      this.#room,
      this.#cache,
      this.#padding,
      this.#held,
    ])
      part?.[Symbol.dispose]();
  }
}

function withoutPadding(ids: Tensor, mask: Tensor | undefined): number[][] {
  const rows = ids.toArray() as number[][];
  const masks = mask?.long().toArray() as number[][] | undefined;
  return rows.map((row, i) => row.filter((_, at) => masks?.[i]?.[at] !== 0));
}
