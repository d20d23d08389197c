// The merges that a vocabulary of SentencePiece implies: every way to put a piece together of two others, those of the best pieces
// first, as transformers recovers them.

/** @param scores of the pieces, higher is better */
export function pairsOfPieces(
  pieces: readonly string[],
  scores: readonly number[],
): [left: string, right: string][] {
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const pairs = pieces.flatMap((piece, id) => {
    const score = scores[id] as number;
    const own = splits(piece).filter(([left, right]) => ids.has(left) && ids.has(right));
    own.sort((a, b) => idOf(ids, a[0]) - idOf(ids, b[0]) || idOf(ids, a[1]) - idOf(ids, b[1]));
    return own.map(([left, right]) => ({ left, right, score }));
  });
  pairs.sort(
    (a, b) =>
      b.score - a.score || length(b.left) - length(a.left) || length(b.right) - length(a.right),
  );
  return pairs.map(({ left, right }) => [left, right]);
}

/** In two, between characters. */
function splits(piece: string): [string, string][] {
  const characters = [...piece];
  return characters
    .slice(1)
    .map((_, i) => [characters.slice(0, i + 1).join(""), characters.slice(i + 1).join("")]);
}

const idOf = (ids: ReadonlyMap<string, number>, piece: string): number => ids.get(piece) as number;
const length = (text: string): number => [...text].length;
