// Which blocks have weights on the device while one computes: it itself; where ranks share them the one after it, which is gathered
// meanwhile; and the next one that comes from the host, for which a copy takes longer than a block computes. So one copy follows
// another, each from when its predecessor's block begins. Pure: a pass does so, and a memory plan counts it.

/** Blocks of one model, in the order of its forward pass. */
export interface FetchedBlocks {
  readonly numBlocks: number;
  /** Whether weights of a block lie in host memory. */
  readonly isOnHost: (block: number) => boolean;
  /** Whether blocks are fetched before they are needed. */
  readonly prefetch: boolean;
}

/** Blocks that come, or stay, while one computes, beside it. */
export function blocksAhead(
  block: number,
  phase: "forward" | "backward",
  { numBlocks, isOnHost, prefetch }: FetchedBlocks,
): readonly number[] {
  if (!prefetch) return [];
  const step = phase === "forward" ? 1 : -1;
  const isOne = (at: number): boolean => at >= 0 && at < numBlocks;
  const next = block + step;
  if (!isOne(next)) return [];
  let fetched = next;
  while (isOne(fetched) && !isOnHost(fetched)) fetched += step;
  return isOne(fetched) && fetched !== next ? [next, fetched] : [next];
}
