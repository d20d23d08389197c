// What a decoder that attends to an encoder keeps while it generates: keys and values of its own tokens, which become more, and
// of the encoder's, which are computed once.
import { kind, requireValue } from "../../arguments/checks.js";
import { KVCache } from "../../generate/kv-cache.js";
import { keep } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";

/** (B, H, T, D) */
export interface KeysAndValues {
  readonly keys: Tensor;
  readonly values: Tensor;
}

const A_CACHE = kind<KVCache>("a KVCache", (value) => value instanceof KVCache);

/** Keys and values of all layers of a decoder. */
export class T5Cache implements Disposable {
  /** Of the decoder's own tokens. */
  readonly tokens: KVCache;
  readonly #encoded: KeysAndValues[] = [];

  /** @param tokens an empty cache with room for what the decoder is to say */
  constructor(tokens: KVCache) {
    requireValue("new T5Cache: tokens", tokens, A_CACHE);
    this.tokens = tokens;
  }

  /** Of the encoder's tokens, made when a layer first asks. */
  encoded(layer: number, make: () => KeysAndValues): KeysAndValues {
    const { keys, values } = this.#encoded[layer] ?? make();
    this.#encoded[layer] ??= { keys: keep(keys.contiguous()), values: keep(values.contiguous()) };
    return this.#encoded[layer];
  }

  /** Keys and values of the encoder's tokens are of so many rows for each that there was. */
  repeatEncoded(copies: number): void {
    for (const [layer, { keys, values }] of this.#encoded.entries()) {
      const repeated = (of: Tensor): Tensor => keep(of.repeatInterleave(copies, 0));
      this.#encoded[layer] = { keys: repeated(keys), values: repeated(values) };
      keys.dispose();
      values.dispose();
    }
  }

  [Symbol.dispose](): void {
    for (const { keys, values } of this.#encoded.splice(0)) {
      keys.dispose();
      values.dispose();
    }
  }
}
