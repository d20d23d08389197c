// Rotary position embeddings (Su et al. 2021).
import { arange, tensor } from "../../tensor/create.js";
import { cat } from "../../tensor/functional.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { ops } from "../../tensor/ops.js";
import { keep } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { RotaryConfig } from "./config.js";
import { attentionFactor, dependsOnLength, lengthClass, rotaryFrequencies } from "./frequencies.js";

/** Cosines and sines of the angles of tokens. */
export interface Rotation {
  readonly cos: Tensor;
  readonly sin: Tensor;
  /** True: (B T, D), of each row of the batch its own. Otherwise (T, D), of all rows alike. */
  readonly byRow?: boolean;
  /** Where not the pairs (i, i + D/2) of whole heads are turned. */
  readonly part?: RotatedPart;
}

/** What of a head is turned. */
export interface RotatedPart {
  /** So many numbers, from the first on. */
  readonly dims: number;
  /** Pairs are neighbours, (2i, 2i + 1). Default false. */
  readonly interleaved?: boolean;
}

type Place = Pick<Tensor, "dtype" | "device">;

/** Of the positions from 0 of sequences of one length class. */
interface Table extends Rotation {
  readonly length: number;
  readonly lengthClass: number;
}

/** Angles of every position and rotated pair. */
export class RotaryEmbedding {
  readonly #config: RotaryConfig;
  /** Made once, grown when longer sequences come, and made anew when those are rotated otherwise. */
  readonly #tables = new Map<string, Table>();
  readonly #frequencies = new Map<
    string,
    { readonly lengthClass: number; readonly tensor: Tensor }
  >();
  readonly #attentionFactor: number;
  readonly #part: { readonly part?: RotatedPart };

  /** @param part default: all of a head */
  constructor(config: RotaryConfig, part: RotatedPart = { dims: config.headDim }) {
    const isWhole = part.dims === config.headDim && !part.interleaved;
    this.#config = { ...config, headDim: part.dims };
    this.#part = isWhole ? {} : { part };
    this.#attentionFactor = attentionFactor(config);
  }

  /** For positions start .. start + length - 1, (length, headDim). */
  at(start: number, length: number, place: Place): Rotation {
    const end = start + length;
    const table = this.#tableOf(end, place);
    const [cos, sin] = [table.cos.slice(0, start, end), table.sin.slice(0, start, end)];
    return { cos, sin, ...this.#part };
  }

  /** For positions of any shape, a row (headDim) each. */
  of(positions: Tensor, place: Place): Rotation {
    const end = dependsOnLength(this.#config) ? Number(positions.max().item()) + 1 : 0;
    return { ...this.#rotation(positions, end, place), byRow: true, ...this.#part };
  }

  #tableOf(end: number, place: Place): Table {
    const key = `${place.dtype} ${place.device}`;
    const found = this.#tables.get(key);
    const ofEnd = lengthClass(this.#config, end);
    if (found !== undefined && found.lengthClass === ofEnd && found.length >= end) return found;
    const isGrown = found === undefined || found.lengthClass === ofEnd;
    const length = isGrown ? Math.max(end, 2 * (found?.length ?? 64)) : end;
    const positions = arange(0, length, 1, { dtype: "int64", device: place.device });
    const { cos, sin } = this.#rotation(positions, end, place);
    const table = { cos: keep(cos), sin: keep(sin), length, lengthClass: ofEnd };
    this.#tables.set(key, table);
    found?.cos.dispose(); // slices of it hold its memory as long as they live
    found?.sin.dispose();
    return table;
  }

  /** @param end how long the sequence is that the positions are of */
  #rotation(positions: Tensor, end: number, { dtype, device }: Place): Rotation {
    return noGrad(() => {
      const single = positions.float().view(-1, 1).mul(this.#frequenciesOn(device, end));
      const both = cat([single, single], -1);
      return { cos: this.#scaled(both.cos()).to(dtype), sin: this.#scaled(both.sin()).to(dtype) };
    });
  }

  #scaled(numbers: Tensor): Tensor {
    return this.#attentionFactor === 1 ? numbers : numbers.mul(this.#attentionFactor);
  }

  #frequenciesOn(device: string, end: number): Tensor {
    const found = this.#frequencies.get(device);
    const ofEnd = lengthClass(this.#config, end);
    if (found?.lengthClass === ofEnd) return found.tensor;
    const made = keep(tensor(rotaryFrequencies(this.#config, end)).to({ device }));
    this.#frequencies.set(device, { lengthClass: ofEnd, tensor: made });
    found?.tensor.dispose();
    return made;
  }
}

/** Rotates the pairs of x (B, H, T, D), (i, i + D/2) unless the rotation says otherwise; laid out as (B, T, H, D). */
export function applyRotary(x: Tensor, rotation: Rotation): Tensor {
  const { part } = rotation;
  if (part === undefined) return turn(x, rotation);
  const first = x.slice(-1, 0, part.dims);
  const turned = turn(part.interleaved ? apart(first, part.dims) : first, rotation);
  const both = [turned, x.slice(-1, part.dims)].map((each) => each.transpose(1, 2));
  return cat(both, -1).transpose(1, 2);
}

/** Neighbours that are a pair come to lie half of the numbers apart; scores sum over them in any order, and so they stay. */
function apart(x: Tensor, dims: number): Tensor {
  const [batch, heads, length] = x.shape as [number, number, number];
  const pairs = x.reshape(batch, heads, length, dims / 2, 2);
  return pairs.transpose(-1, -2).reshape(batch, heads, length, dims);
}

/** Rotates the pairs (i, i + D/2) of x (B, H, T, D), laid out as (B, T, H, D). */
function turn(x: Tensor, { cos, sin, byRow = false }: Rotation): Tensor {
  if (!byRow) return ops.notebooster.rope(x, cos, sin);
  const [batch, heads, length, dim] = x.shape as [number, number, number, number];
  const oneRow = x
    .transpose(1, 2)
    .reshape(1, batch * length, heads, dim)
    .transpose(1, 2);
  const turned = ops.notebooster.rope(oneRow, cos, sin).transpose(1, 2);
  return turned.reshape(batch, length, heads, dim).transpose(1, 2);
}
