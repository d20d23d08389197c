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

  #allocate(layer: number, { shape, dtype, device }: Tensor): LayerCache {
    const [batch, heads, , dim] = shape as [number, number, number, number];
    const room = (): Tensor => keep(empty([batch, heads, this.capacity, dim], { dtype, device }));
    const made = { keys: room(), values: room() };
    this.#layers[layer] = made;
    return made;
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
