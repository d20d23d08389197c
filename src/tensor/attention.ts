// Scaled dot-product attention by the fastest implementation that can serve the call: cuDNN, FlashAttention-2 (Dao 2023),
// memory-efficient (Rabe and Staats 2021) or plain matrix products. The choice is made in native/attention and can be asked.
import { boolean, dropoutRate, integer, number, oneOf, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { type DenseAttention, native, type PackedAttention } from "../native/native.js";
import { aTensor } from "./arguments.js";
import { Tensor } from "./tensor.js";

/** In the order of the addon. On the CPU there are `flash` and `math`. */
export const ATTENTION_BACKENDS = ["cudnn", "flash", "efficient", "math"] as const;
/** An implementation of attention. */
export type AttentionBackend = (typeof ATTENTION_BACKENDS)[number];

interface CommonOptions {
  /** Query i sees the keys up to i + Tk - Tq: the last query sees all of them. Default false. */
  readonly causal?: boolean;
  /** Factor of the scores, default 1 / sqrt(D). */
  readonly scale?: number;
  /** Probability of dropping an attention weight, default 0; for training. */
  readonly dropout?: number;
  /** Must be used, or the call is refused with the reason; default: the fastest that can serve. */
  readonly backend?: AttentionBackend;
}

/** A batch of sequences of one length: q (B, H, Tq, D), k (B, Hkv, Tk, D), v (B, Hkv, Tk, Dv). */
export interface DenseAttentionOptions extends CommonOptions {
  /** Added to the scores (floating-point) or true where attention is allowed (bool); broadcast to (B, H, Tq, Tk). */
  readonly mask?: Tensor;
  /** Only with packed sequences. */
  readonly cuSeqlens?: undefined;
  /** Only with packed sequences. */
  readonly window?: undefined;
}

/** Sequences of variable length laid end to end: q (sum of Tq, H, D), k and v (sum of Tk, Hkv, D). */
export interface PackedAttentionOptions extends CommonOptions {
  /**
   * Where each sequence of q begins and the last ends: int32 of shape [sequences + 1], on the device of q, rising from 0 to the
   * rows of q. On a GPU the numbers, and `maxSeqlen`, are not checked, which would wait for it: wrong ones give wrong results
   * and may read other memory.
   */
  readonly cuSeqlens: Tensor;
  /** Tokens of the longest sequence of q. */
  readonly maxSeqlen: number;
  /** The same for k and v; default: as for q. */
  readonly cuSeqlensKeys?: Tensor;
  /** Tokens of the longest sequence of k and v; default: as for q. */
  readonly maxSeqlenKeys?: number;
  /** Keys that a query sees, the last that `causal` leaves to it, so many; needs `causal`. On GPUs `flash` alone has it. Default: all. */
  readonly window?: number;
}

/** Options of `attention`, for dense or packed sequences. */
export type AttentionOptions = DenseAttentionOptions | PackedAttentionOptions;

/** Which implementation `attention` takes, and why not another. */
export interface AttentionChoice {
  /** The one that serves the call. */
  readonly backend: AttentionBackend;
  /** Why the others cannot serve; those that could, but are slower, are left out. */
  readonly refused: Readonly<Partial<Record<AttentionBackend, string>>>;
}

/**
 * softmax(q kᵀ · scale + mask) v. With fewer heads in k and v than in q each is shared by a group of query heads.
 * @returns (B, H, Tq, Dv), or (sum of Tq, H, D) with `cuSeqlens`
 * @throws Error naming shapes or dtypes that do not fit, or why the `backend` asked for cannot serve
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  checkCall("attention", { q, k, v }, options);
  const { backend } = options;
  const forced = backend && ATTENTION_BACKENDS.indexOf(backend);
  return new Tensor(
    options.cuSeqlens === undefined
      ? native.attention(dense(q, k, v, options), forced)
      : native.packedAttention(packed(q, k, v, options), forced),
  );
}

/** Which backend `attention` would take for these arguments, and why not the others. */
export function explainAttention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  options: AttentionOptions = {},
): AttentionChoice {
  checkCall("explainAttention", { q, k, v }, options);
  const texts =
    options.cuSeqlens === undefined
      ? native.attentionReasons(dense(q, k, v, options))
      : native.packedAttentionReasons(packed(q, k, v, options));
  const refused = ATTENTION_BACKENDS.flatMap((name, i) => (texts[i] ? [[name, texts[i]]] : []));
  return {
    backend: options.backend ?? (texts[ATTENTION_BACKENDS.length] as AttentionBackend),
    refused: Object.fromEntries(refused) as AttentionChoice["refused"],
  };
}

/** The backend that the latest call of `attention` in this process took. */
export function lastAttentionBackend(): AttentionBackend {
  return native.lastAttentionBackend() as AttentionBackend;
}

const OPTIONS = {
  causal: boolean,
  scale: number(),
  dropout: dropoutRate,
  backend: oneOf(...ATTENTION_BACKENDS),
  mask: aTensor,
  cuSeqlens: aTensor,
  maxSeqlen: integer({ min: 1 }),
  cuSeqlensKeys: aTensor,
  maxSeqlenKeys: integer({ min: 1 }),
  window: integer({ min: 1 }),
};

function checkCall(of: string, tensors: Record<string, Tensor>, options: AttentionOptions): void {
  for (const name in tensors) requireValue(`${of}: ${name}`, tensors[name], aTensor);
  checkOptions<object>(of, options, OPTIONS);
  if (options.cuSeqlens === undefined && options.window !== undefined)
    throw new TypeError(
      `${of}: window is of packed sequences; give cuSeqlens and maxSeqlen too, or a mask`,
    );
  if (options.cuSeqlens !== undefined)
    requireValue(`${of}: maxSeqlen`, options.maxSeqlen, OPTIONS.maxSeqlen);
}

function dense(q: Tensor, k: Tensor, v: Tensor, options: DenseAttentionOptions): DenseAttention {
  const { causal = false, scale, dropout = 0, mask } = options;
  return { q: q.handle, k: k.handle, v: v.handle, mask: mask?.handle, causal, scale, dropout };
}

function packed(q: Tensor, k: Tensor, v: Tensor, options: PackedAttentionOptions): PackedAttention {
  const { causal = false, scale, dropout = 0, window } = options;
  const { cuSeqlens, maxSeqlen, cuSeqlensKeys = cuSeqlens, maxSeqlenKeys = maxSeqlen } = options;
  return {
    ...{ q: q.handle, k: k.handle, v: v.handle, causal, scale, dropout },
    ...{ startsQ: cuSeqlens.handle, startsK: cuSeqlensKeys.handle },
    ...{ maxQ: maxSeqlen, maxK: maxSeqlenKeys, window },
  };
}
