// What is done to logits before a token is chosen, each as transformers does it: repetition penalty (Keskar et al. 2019), no
// repeated n-grams (Paulus et al. 2017), least lengths; and for sampling temperature, top-k (Fan et al. 2018), top-p (Holtzman et
// al. 2020) and min-p (Nguyen et al. 2024). A token that is not to be chosen gets -infinity.
import { tensor } from "../tensor/create.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Settings } from "./options.js";

const NEVER = Number.NEGATIVE_INFINITY;

/** The text before the tokens that are to be chosen. */
export interface TextSoFar {
  /** (B, T) int64: none of them stands for padding. */
  readonly ids: Tensor;
  /** The same of each row, without what stands in the place of padding. */
  readonly rows: readonly (readonly number[])[];
  /** Tokens of all rows so far, padding counted. */
  readonly length: number;
  /** Of them the prompt's. */
  readonly promptLength: number;
}

/** scores (B, V) -> the same with what the text and its length forbid or weigh; in float32 where numbers change */
export function processed(scores: Tensor, text: TextSoFar, settings: Settings): Tensor {
  const { repetitionPenalty, noRepeatNgramSize, eosTokenIds, minLength, minNewTokens } = settings;
  let now = scores;
  if (repetitionPenalty !== 1) now = penalized(now.to("float32"), text.ids, repetitionPenalty);
  if (noRepeatNgramSize > 0) now = withoutRepeats(now, text.rows, noRepeatNgramSize);
  return isShort(text, { minLength, minNewTokens }) ? without(now, eosTokenIds) : now;
}

/**
 * Of -infinity alone nothing can be drawn, and the first token is not the likeliest.
 * @throws RangeError naming the options that leave a row none which has not ended
 */
export function requireSomeToken(
  text: TextSoFar,
  settings: Settings,
  { vocabulary, hasEnded }: { readonly vocabulary: number; readonly hasEnded: readonly boolean[] },
): void {
  const { noRepeatNgramSize: size, minLength, minNewTokens } = settings;
  const ends = isShort(text, settings) ? settings.eosTokenIds : [];
  if (text.length + ends.length < vocabulary) return; // each token of a text forbids one at most
  const row = text.rows.findIndex((ids, i) => {
    const repeated = size > 0 ? repeating(ids, size) : [];
    return hasEnded[i] !== true && new Set([...repeated, ...ends]).size >= vocabulary;
  });
  if (row === -1) return;
  const given = Object.entries({
    noRepeatNgramSize: size,
    ...(ends.length > 0 && { minLength, minNewTokens }),
  }).filter(([, value]) => value > 0);
  throw new RangeError(
    `generate: ${given.map(([name, value]) => `${name}: ${value}`).join(" and ")} forbid each of the ${vocabulary} tokens ` +
      `that row ${row} might go on with; leave one out, or set maxNewTokens so that the text ends before`,
  );
}

function isShort(
  { length, promptLength }: TextSoFar,
  { minLength, minNewTokens }: Pick<Settings, "minLength" | "minNewTokens">,
): boolean {
  return length < Math.max(minLength, promptLength + minNewTokens);
}

/** scores (B, V) in float32 -> logits to sample from */
export function warped(
  scores: Tensor,
  settings: Pick<Settings, "temperature" | "topK" | "topP" | "minP" | "numBeams" | "eosTokenIds">,
): Tensor {
  const { temperature, topK, topP, minP } = settings;
  const least = Math.min(leastKept(settings), scores.shape[1] as number);
  let now = temperature === 1 ? scores : scores.div(temperature);
  if (topK > 0) now = amongLikeliest(now, Math.max(topK, least));
  if (topP < 1) now = inNucleus(now, topP, least);
  return minP > 0 ? aboveFraction(now, minP, least) : now;
}

/** Beams need a token that does not end them. */
function leastKept({ numBeams, eosTokenIds }: Pick<Settings, "numBeams" | "eosTokenIds">): number {
  return numBeams === 1 ? 1 : Math.max(2, eosTokenIds.length + 1);
}

/** @param ids (B, T) int64 */
function penalized(scores: Tensor, ids: Tensor, penalty: number): Tensor {
  const seen = ops.aten.gather(scores, -1, ids); // (B, T)
  const lowered = ops.aten.where(ops.aten.lt(seen, 0), seen.mul(penalty), seen.div(penalty));
  return ops.aten.scatter(scores, -1, ids, lowered);
}

function withoutRepeats(
  scores: Tensor,
  rows: readonly (readonly number[])[],
  size: number,
): Tensor {
  const [batch, vocabulary] = scores.shape as [number, number];
  const banned = rows.flatMap((row, i) => repeating(row, size).map((id) => i * vocabulary + id));
  if (banned.length === 0) return scores;
  return without(scores.reshape(1, -1), banned).view(batch, vocabulary);
}

/** Ids that would make of the row's last tokens an n-gram that it has already. */
export function repeating(row: readonly number[], size: number): number[] {
  const start = row.length - size + 1;
  if (start < 0) return [];
  const last = row.slice(start);
  const begins = Array.from({ length: start }, (_, at) => at);
  return begins
    .filter((at) => last.every((id, i) => row[at + i] === id))
    .map((at) => row[at + size - 1] as number);
}

/** These columns become -infinity. */
function without(scores: Tensor, ids: readonly number[]): Tensor {
  if (ids.length === 0) return scores;
  const index = tensor(BigInt64Array.from(ids, BigInt), { device: scores.device });
  return scores.indexFill(1, index, NEVER);
}

/** All but the `count` largest of a row become -infinity. */
function amongLikeliest(scores: Tensor, count: number): Tensor {
  if (count >= (scores.shape[1] as number)) return scores;
  const [largest] = ops.aten.topk(scores, count);
  const smallest = largest.slice(-1, count - 1); // (B, 1)
  return ops.aten.masked_fill(scores, ops.aten.lt(scores, smallest), NEVER);
}

/** Of each row the fewest whose probabilities reach the sum, and `least` at any rate; the others become -infinity. */
function inNucleus(scores: Tensor, sum: number, least: number): Tensor {
  const [sorted, order] = ops.aten.sort(scores, -1); // the least likely first
  const isOutside = ops.aten.le(sorted.softmax(-1).cumsum(-1), 1 - sum);
  const last = sorted.shape[1] as number;
  isOutside.slice(1, last - least).fill_(0);
  return ops.aten.masked_fill(scores, ops.aten.scatter(isOutside, 1, order, isOutside), NEVER);
}

/** Those with less than the fraction of the largest probability, but for the `least` largest, become -infinity. */
function aboveFraction(scores: Tensor, fraction: number, least: number): Tensor {
  const probabilities = scores.softmax(-1);
  const [largest, order] = ops.aten.topk(probabilities, least);
  const isBelow = ops.aten.lt(probabilities, largest.slice(-1, 0, 1).mul(fraction));
  const isOutside = ops.aten.scatter(isBelow, 1, order, ops.aten.zeros_like(order).bool());
  return ops.aten.masked_fill(scores, isOutside, NEVER);
}
