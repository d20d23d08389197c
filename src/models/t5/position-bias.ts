// T5's positions (Raffel et al. 2020): a learned number for each distance between query and key, and for each head, is added to
// scores. Small distances have numbers of their own; larger ones share them, in buckets that widen like logarithms.
import type { Embedding } from "../../nn/embedding.js";
import { arange } from "../../tensor/create.js";
import { where } from "../../tensor/functional.js";
import { noGrad } from "../../tensor/grad-mode.js";
import type { Tensor } from "../../tensor/tensor.js";

/** How distances become buckets. */
interface Buckets {
  readonly relativeAttentionNumBuckets: number;
  readonly relativeAttentionMaxDistance: number;
  /** Whether later keys have buckets of their own; else they share that of distance 0. */
  readonly bothWays: boolean;
}

/** Which tokens look, and how many they look at. */
interface Places {
  /** (Tq) int64: where the queries stand among the keys. Default: they are the last of them. */
  readonly queries?: Tensor | undefined;
  readonly numQueries: number;
  readonly numKeys: number;
}

/**
 * What distances add to scores, (1, H, Tq, Tk).
 * @param distances (buckets, H)
 */
export function positionBias(
  distances: Embedding,
  { queries, numQueries, numKeys }: Places,
  buckets: Buckets,
): Tensor {
  const { device } = distances.weight;
  const pairs = noGrad(() => {
    const places = (from: number): Tensor => arange(from, numKeys, 1, { dtype: "int64", device });
    const from = queries ?? places(numKeys - numQueries);
    return bucketsOf(places(0).unsqueeze(0).sub(from.unsqueeze(1)), buckets); // key - query
  });
  return distances.forward(pairs).permute([2, 0, 1]).unsqueeze(0);
}

/** @param ahead how many tokens the key is after the query */
function bucketsOf(
  ahead: Tensor,
  {
    relativeAttentionNumBuckets: all,
    relativeAttentionMaxDistance: maxDistance,
    bothWays,
  }: Buckets,
): Tensor {
  if (!bothWays) return bucketOf(ahead.neg().clamp(0), all, maxDistance);
  const half = Math.floor(all / 2);
  return bucketOf(ahead.abs(), half, maxDistance).add(ahead.greater(0).long().mul(half));
}

/** Of distances in one direction. */
function bucketOf(distance: Tensor, numBuckets: number, maxDistance: number): Tensor {
  const numExact = Math.floor(numBuckets / 2);
  const ratio = distance.clamp(numExact).float().div(numExact); // at least 1: smaller ones are exact
  const further = ratio
    .log()
    .div(Math.log(maxDistance / numExact))
    .mul(numBuckets - numExact);
  const wide = further
    .long()
    .add(numExact)
    .clamp({ max: numBuckets - 1 });
  return where(distance.less(numExact), distance, wide);
}
