// Keys and values of the tokens seen so far, so that generating one token computes one token.
import { integer, requireValue } from "../arguments/checks.js";
import { empty } from "../tensor/create.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

interface LayerCache {
  readonly keys: Tensor; // (B, Hkv, capacity, D)
  readonly values: Tensor; // (B, Hkv, capacity, D)
}

/** Keys and values of the tokens seen so far, for every layer, in tensors of a fixed size. */
export class KVCache implements Disposable {
  /** Tokens it has room for. */
  readonly capacity: number;
  readonly #layers: LayerCache[] = [];
  #length = 0;
  #isDisposed = false as boolean;

  constructor(capacity: number) {
    requireValue("new KVCache: capacity", capacity, integer({ min: 1 }));
    this.capacity = capacity;
  }

  /** Tokens stored, the same for every layer between forward passes. */
  get length(): number {
    return this.#length;
  }

  /** Stores keys and values (B, Hkv, T, D) of new tokens; returns those of all tokens so far. */
  append(layer: number, keys: Tensor, values: Tensor): { keys: Tensor; values: Tensor } {
    this.#requireUsable(layer, keys);
    const numNew = keys.shape[2] as number;
    const end = this.#length + numNew;
    if (end > this.capacity) {
      throw new RangeError(`the KV cache holds ${this.capacity} tokens, ${end} are needed`);
    }
    const stored = this.#layers[layer] ?? this.#allocate(layer, keys);
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

  #allocate(layer: number, like: Tensor): LayerCache {
    const made = { keys: this.#room(like), values: this.#room(like) };
    this.#layers[layer] = made;
    return made;
  }

  /** For keys or values of as many rows and heads. */
  #room({ shape, dtype, device }: Tensor): Tensor {
    const [batch, heads, , dim] = shape as [number, number, number, number];
    return keep(empty([batch, heads, this.capacity, dim], { dtype, device }));
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
    const target = isAsMany ? stored : this.#room(chosen);
    target.slice(2, 0, this.#length).copy_(chosen);
    if (!isAsMany) stored.dispose();
    chosen.dispose();
    return target;
  }

  /** Call once every layer has appended the tokens of a forward pass. */
  advance(numTokens: number): void {
    requireValue(
      "advance: numTokens",
      numTokens,
      integer({ min: 0, max: this.capacity - this.#length }),
    );
    this.#length += numTokens;
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#length = 0;
    for (const { keys, values } of this.#layers.splice(0)) {
      keys.dispose();
      values.dispose();
    }
  }
}
