// Rotary position embeddings (Su et al. 2021).
import { arange, tensor } from "../../tensor/create.js";
import { cat } from "../../tensor/functional.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { ops } from "../../tensor/ops.js";
import { keep } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { RotaryConfig } from "./config.js";
import { rotaryFrequencies } from "./frequencies.js";

/** Cosines and sines of the angles of tokens. */
export interface Rotation {
  readonly cos: Tensor;
  readonly sin: Tensor;
  /** True: (B T, D), of each row of the batch its own. Otherwise (T, D), of all rows alike. */
  readonly byRow?: boolean;
}

type Place = Pick<Tensor, "dtype" | "device">;

/** Angles of every position and rotated pair. */
export class RotaryEmbedding {
  readonly #config: RotaryConfig;
  /** Of positions from 0, made once and grown when longer sequences come. */
  readonly #tables = new Map<string, Rotation & { length: number }>();
  readonly #frequencies = new Map<string, Tensor>();

  constructor(config: RotaryConfig) {
    this.#config = config;
  }

  /** For positions start .. start + length - 1, (length, headDim). */
  at(start: number, length: number, place: Place): Rotation {
    const key = `${place.dtype} ${place.device}`;
    let table = this.#tables.get(key);
    if (table === undefined || table.length < start + length) {
      const shorter = table;
      table = this.#build(Math.max(start + length, 2 * (table?.length ?? 64)), place);
      this.#tables.set(key, table);
      shorter?.cos.dispose(); // slices of it hold its memory as long as they live
      shorter?.sin.dispose();
    }
    return {
      cos: table.cos.slice(0, start, start + length),
      sin: table.sin.slice(0, start, start + length),
    };
  }

  /** For positions of any shape, a row (headDim) each. */
  of(positions: Tensor, { dtype, device }: Place): Rotation {
    return noGrad(() => {
      const single = positions.float().view(-1, 1).mul(this.#frequenciesOn(device));
      const both = cat([single, single], -1);
      return { cos: both.cos().to(dtype), sin: both.sin().to(dtype), byRow: true };
    });
  }

  #build(length: number, place: Place): Rotation & { length: number } {
    const positions = arange(0, length, 1, { dtype: "int64", device: place.device });
    const { cos, sin } = this.of(positions, place);
    return { length, cos: keep(cos), sin: keep(sin) };
  }

  #frequenciesOn(device: string): Tensor {
    const found = this.#frequencies.get(device);
    if (found !== undefined) return found;
    const made = keep(tensor(rotaryFrequencies(this.#config)).to({ device }));
    this.#frequencies.set(device, made);
    return made;
  }
}

/** Rotates the pairs (i, i + D/2) of x (B, H, T, D), laid out as (B, T, H, D). */
export function applyRotary(x: Tensor, { cos, sin, byRow = false }: Rotation): Tensor {
  if (!byRow) return ops.notebooster.rope(x, cos, sin);
  const [batch, heads, length, dim] = x.shape as [number, number, number, number];
  const oneRow = x
    .transpose(1, 2)
    .reshape(1, batch * length, heads, dim)
    .transpose(1, 2);
  const turned = ops.notebooster.rope(oneRow, cos, sin).transpose(1, 2);
  return turned.reshape(batch, length, heads, dim).transpose(1, 2);
}
