// Rotary position embeddings (Su et al. 2021).
import { tensor } from "../../tensor/create.js";
import { cat } from "../../tensor/functional.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { call } from "../../tensor/ops.js";
import { keep } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { LlamaConfig } from "./config.js";
import { rotaryFrequencies } from "./rotary-frequencies.js";

/** Cosines and sines of every position and rotated pair, made once and grown when longer sequences come. */
export class RotaryEmbedding {
  readonly #config: LlamaConfig;
  readonly #cached = new Map<string, { length: number; cos: Tensor; sin: Tensor }>();

  constructor(config: LlamaConfig) {
    this.#config = config;
  }

  /** cos and sin (T, headDim) for positions start .. start + length - 1. */
  at(
    start: number,
    length: number,
    { dtype, device }: Pick<Tensor, "dtype" | "device">,
  ): { cos: Tensor; sin: Tensor } {
    const key = `${dtype} ${device}`;
    let table = this.#cached.get(key);
    if (table === undefined || table.length < start + length) {
      const shorter = table;
      table = this.#build(Math.max(start + length, 2 * (table?.length ?? 64)), { dtype, device });
      this.#cached.set(key, table);
      shorter?.cos.dispose(); // slices of it hold its memory as long as they live
      shorter?.sin.dispose();
    }
    return {
      cos: table.cos.slice(0, start, start + length),
      sin: table.sin.slice(0, start, start + length),
    };
  }

  #build(
    length: number,
    target: Pick<Tensor, "dtype" | "device">,
  ): { length: number; cos: Tensor; sin: Tensor } {
    const { dtype, device } = target;
    const frequencies = rotaryFrequencies(this.#config);
    const half = frequencies.length;
    const angles = new Float32Array(length * half);
    for (let position = 0; position < length; position++) {
      for (let pair = 0; pair < half; pair++) {
        angles[position * half + pair] = position * (frequencies[pair] as number);
      }
    }
    return noGrad(() => {
      const single = tensor(angles, { shape: [length, half] }).to({ device });
      const both = cat([single, single], -1);
      return { length, cos: keep(both.cos().to(dtype)), sin: keep(both.sin().to(dtype)) };
    });
  }
}

/** Rotates the pairs (i, i + D/2) of x (B, H, T, D) by the angles of cos and sin (T, D). */
export function applyRotary(x: Tensor, { cos, sin }: { cos: Tensor; sin: Tensor }): Tensor {
  return call("notebooster::rope", x, cos, sin);
}
