// Keys and values of the tokens seen so far, so that generating one token computes one token. They lie in tensors with room for
// more, which doubles when it is full; a token's are written into their place.
import { integer, requireValue } from "../arguments/checks.js";
import { empty, tensor } from "../tensor/create.js";
import { ops } from "../tensor/ops.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

/** Cosines and sines (B or 1, turned) of what is turned of each head, from its first number on. */
interface Turning {
  readonly cos: Tensor;
  readonly sin: Tensor;
  /** Pairs are neighbours. Default false: they lie half of the turned numbers apart. */
  readonly interleaved?: boolean;
}

/** How a new token attends to those that a cache holds. */
export interface CachedAttention {
  /** Queries and keys are turned by it first. Default: they are not. */
  readonly rotation?: Turning;
  /** (B, room) int64 of 0 and 1: the tokens that are seen. Default: all. */
  readonly mask?: Tensor | undefined;
  /** Of the scores. Default 1 / sqrt(D). */
  readonly scale?: number | undefined;
  /** Scores stay below it: cap tanh(score / cap). Default null: they are not bent. */
  readonly softCap?: number | null;
  /** Tokens that it sees, itself included. Default: all. */
  readonly window?: number;
}

interface LayerCache {
  readonly keys: Tensor; // (B, Hkv, room, D)
  readonly values: Tensor; // (B, Hkv, room, D)
}

/** Tokens for which there is room beside those that come first. */
const SPARE = 256;

/** Keys and values of the tokens seen so far, for every layer. */
export class KVCache implements Disposable {
  /** Tokens that it may hold. */
  readonly capacity: number;
  readonly #layers: LayerCache[] = [];
  #length = 0;
  /** Tokens that there is memory for, in each layer that has been given some. */
  #room = 0;
  #slot: Tensor | undefined;
  #isDisposed = false as boolean;

  constructor(capacity: number) {
    requireValue("new KVCache: capacity", capacity, integer({ min: 1 }));
    this.capacity = capacity;
  }

  /** Tokens stored, the same for every layer between forward passes. */
  get length(): number {
    return this.#length;
  }

  /** Tokens that there is memory for without growing. */
  get room(): number {
    return this.#room;
  }

  /**
   * Where the next token's keys and values go, (1) int64 on the device, once shapes are fixed: a pass of one token then writes
   * there. Whoever takes what `append` returns attends to the whole room, and hides what is not filled. Else undefined.
   */
  get slot(): Tensor | undefined {
    return this.#slot;
  }

  /** Keys that a pass of so many tokens sees. */
  numKeys(numNew: number): number {
    return this.#slot === undefined ? this.#length + numNew : this.#room;
  }

  /** From here on the shapes of a pass of one token stay as they are, as CUDA graphs ask for, until `freeShapes`. */
  fixShapes(device: string): void {
    if (this.#slot !== undefined) return;
    this.#slot = keep(tensor(BigInt64Array.of(BigInt(this.#length)), { device }));
    for (const { keys, values } of this.#layers)
      for (const each of [keys, values]) each.slice(2, this.#length).zero_(); // hidden NaNs would be seen: 0 NaN is NaN
  }

  /** A pass may have any number of tokens again, and the room may grow. */
  freeShapes(): void {
    this.#slot?.dispose();
    this.#slot = undefined;
  }

  /** Stores keys and values (B, Hkv, T, D) of new tokens; returns those of all tokens so far, or of the whole room. */
  append(layer: number, keys: Tensor, values: Tensor): { keys: Tensor; values: Tensor } {
    this.#requireUsable(layer, keys);
    const numNew = keys.shape[2] as number;
    const end = this.#length + numNew;
    if (end > this.capacity) {
      throw new RangeError(`the KV cache holds ${this.capacity} tokens, ${end} are needed`);
    }
    if (this.#slot !== undefined) return this.#appendAt(this.#slot, layer, { keys, values });
    const stored = this.#withRoom(layer, { keys, values }, end);
    stored.keys.slice(2, this.#length, end).copy_(keys);
    stored.values.slice(2, this.#length, end).copy_(values);
    return { keys: stored.keys.slice(2, 0, end), values: stored.values.slice(2, 0, end) };
  }

  /** @throws Error when it was disposed, or filled by another model */
  #requireUsable(layer: number, keys: Tensor): void {
    if (this.#isDisposed) throw new Error("this KV cache was disposed; make a new KVCache");
    const stored = this.#layers[layer]?.keys;
    if (stored === undefined) {
      if (this.#length === 0) return;
      throw new Error(
        `this KV cache was filled by a model of ${this.#layers.length} layers; make one for each model`,
      );
    }
    const [own, given] = [stored.shape.toSpliced(2, 1), keys.shape.toSpliced(2, 1)];
    if (own.join() === given.join() && stored.dtype === keys.dtype) return;
    throw new Error(
      `this KV cache was filled with keys (batch, heads, dim) of ${stored.dtype} [${own.join(", ")}], got ${keys.dtype} [${given.join(", ")}]; make one for each model and batch`,
    );
  }

  /**
   * Once shapes are fixed: stores a layer's key and value (B, Hkv, 1, D) of one token more, and lets its query (B, H, 1, D) attend to
   * all tokens up to it. One kernel; returns (B, H, 1, D).
   */
  attend(
    layer: number,
    [q, k, v]: readonly [q: Tensor, k: Tensor, v: Tensor],
    { rotation, mask, scale, softCap, window = Number.POSITIVE_INFINITY }: CachedAttention,
  ): Tensor {
    this.#requireUsable(layer, k);
    const { keys, values } = this.#forOneMore(layer, k);
    return ops.notebooster.decode_attention(q, k, v, keys, values, this.#slot as Tensor, {
      ...(rotation && turnedBy(rotation)),
      ...(mask && { mask }),
      ...(scale !== undefined && { scale }),
      ...(softCap && { soft_cap: softCap }),
      ...(window < this.#room && { window }),
    });
  }

  #appendAt(slot: Tensor, layer: number, { keys, values }: LayerCache): LayerCache {
    const stored = this.#forOneMore(layer, keys);
    stored.keys.indexCopy_(2, slot, keys);
    stored.values.indexCopy_(2, slot, values);
    return stored;
  }

  /** What is stored of a layer, whose shapes are fixed and stay. */
  #forOneMore(layer: number, keys: Tensor): LayerCache {
    const stored = this.#layers[layer];
    if (stored !== undefined && keys.shape[2] === 1 && this.#length < this.#room) return stored;
    throw new RangeError(
      `a KV cache whose shapes are fixed takes one token at a time while there is room: ${this.#length} of ${this.#room} are there, got ${keys.shape[2]}; call freeShapes() first`,
    );
  }

  /** Makes room for one token at least, in all layers that hold some. */
  grow(): void {
    for (const [layer, stored] of this.#layers.entries())
      this.#withRoom(layer, stored, this.#length + 1);
  }

  /** What is stored of a layer, with room for so many tokens at least. */
  #withRoom(layer: number, given: LayerCache, needed: number): LayerCache {
    if (needed > this.#room)
      this.#room = Math.min(this.capacity, Math.max(needed + SPARE, 2 * this.#room));
    const stored = this.#layers[layer];
    if (stored?.keys.shape[2] === this.#room) return stored;
    const grown = {
      keys: this.#inRoom(stored?.keys, given.keys),
      values: this.#inRoom(stored?.values, given.values),
    };
    this.#layers[layer] = grown;
    return grown;
  }

  /** A tensor of the room's size for as many rows and heads; what was stored moves there. */
  #inRoom(stored: Tensor | undefined, { shape, dtype, device }: Tensor): Tensor {
    const [batch, heads, , dim] = shape as [number, number, number, number];
    const made = keep(empty([batch, heads, this.#room, dim], { dtype, device }));
    if (stored !== undefined)
      made.slice(2, 0, this.#length).copy_(stored.slice(2, 0, this.#length));
    stored?.dispose();
    return made;
  }

  /** Row i becomes what row `rows[i]` was. @param rows (N) int64; there may be more of them than before */
  reorder(rows: Tensor): void {
    for (const [i, layer] of this.#layers.entries()) {
      this.#layers[i] = {
        keys: this.#reordered(layer.keys, rows),
        values: this.#reordered(layer.values, rows),
      };
    }
  }

  #reordered(stored: Tensor, rows: Tensor): Tensor {
    const chosen = stored.slice(2, 0, this.#length).indexSelect(0, rows);
    const isAsMany = stored.shape[0] === rows.shape[0];
    const target = isAsMany ? stored : this.#inRoom(undefined, chosen);
    target.slice(2, 0, this.#length).copy_(chosen);
    if (!isAsMany) stored.dispose();
    chosen.dispose();
    return target;
  }

  /**
   * Call once every layer has appended the tokens of a forward pass. Where shapes are fixed it moves the slot alone, which a CUDA
   * graph replays; `count` says then how many tokens there are.
   */
  advance(numTokens: number): void {
    if (this.#slot === undefined) this.count(numTokens);
    else this.#slot.add_(numTokens);
  }

  /** So many tokens more are stored. */
  count(numTokens: number): void {
    const most = this.capacity - this.#length;
    requireValue("advance: numTokens", numTokens, integer({ min: 0, max: most }));
    this.#length += numTokens;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#length = 0;
    this.freeShapes();
    for (const { keys, values } of this.#layers.splice(0)) {
      keys.dispose();
      values.dispose();
    }
  }
}

function turnedBy({ cos, sin, interleaved = false }: Turning) {
  return { cos, sin, interleaved };
}
