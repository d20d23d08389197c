// Beam search: of each row the likeliest few sequences are followed at a time, and whole ones are compared by their
// log-probability divided by a power of their length. Step by step as transformers does it.
import { full, tensor } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { ops } from "../tensor/ops.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Candidate, RowSearch } from "./beam-row.js";
import { Endings } from "./endings.js";
import type { Settings } from "./options.js";
import { processed } from "./processors.js";
import type { Rows } from "./rows.js";
import { columnOf } from "./token-by-token.js";

/** @returns (B numReturnSequences, T) int64, the best first of each row, filled up with the pad id */
export function beamSearch(rows: Rows, settings: Settings): Tensor {
  const endings = new Endings(settings);
  const { numNew } = rows.growth;
  const searches = rows.rows.map((prompt) => new RowSearch(settings, prompt.length, numNew));
  if (numNew === 0) return rows.copiedPrompt(settings.numReturnSequences);
  let isOver = false;
  while (!isOver) {
    const candidates = scoped(() => bestCandidates(rows, searches, settings));
    for (const [i, search] of searches.entries()) search.take(candidates[i] ?? [], endings);
    isOver = searches.every(({ isStuck }) => isStuck) || !searches.some(({ isOpen }) => isOpen);
    if (!isOver) follow(rows, searches, settings.numBeams);
  }
  return bestSequences(rows, searches, settings);
}

/** Of each row the best continuations of its running sequences: enough to have as many that do not end. */
function bestCandidates(
  rows: Rows,
  searches: readonly RowSearch[],
  { numBeams, ...settings }: Settings,
): Candidate[][] {
  const logProbabilities = rows.nextScores().logSoftmax(-1); // (B beams, V)
  const vocabulary = logProbabilities.shape[1] as number;
  const scores = searches.flatMap(({ running }) => running.map(({ score }) => score));
  const sums = processed(logProbabilities, rows, { ...settings, numBeams })
    .view(searches.length, numBeams, vocabulary)
    .add(
      tensor(Float32Array.from(scores), {
        shape: [searches.length, numBeams, 1],
        device: logProbabilities.device,
      }),
    )
    .view(searches.length, -1);
  const count = Math.max(2, 1 + settings.eosTokenIds.length) * numBeams;
  const [best, places] = ops.aten.topk(sums, Math.min(count, numBeams * vocabulary));
  const bestScores = best.toArray() as number[][];
  const bestPlaces = places.toArray() as number[][];
  return bestScores.map((row, i) =>
    row.map((score, j) => {
      const place = Number(bestPlaces[i]?.[j]);
      const [beam, id] = [Math.floor(place / vocabulary), place % vocabulary];
      return { score, beam, ids: [...(rows.rows[i * numBeams + beam] as readonly number[]), id] };
    }),
  );
}

/** Has the rows become the sequences that are followed from here. */
function follow(rows: Rows, searches: readonly RowSearch[], numBeams: number): void {
  const running = searches.map((search) => search.running);
  rows.reorder(running.flatMap((row, i) => row.map(({ beam }) => i * numBeams + beam)));
  const ids = running.flat().map((each) => each.ids.at(-1) as number);
  scoped(() => rows.add(columnOf(ids, rows.ids.device), ids));
}

function bestSequences(
  rows: Rows,
  searches: readonly RowSearch[],
  { numReturnSequences, padTokenId }: Settings,
): Tensor {
  const added = searches.flatMap((search) => search.best(numReturnSequences));
  const longest = Math.max(...added.map(({ length }) => length));
  const prompt = rows.copiedPrompt(numReturnSequences);
  const { device } = prompt;
  const filled = added.map((ids) =>
    cat(
      [
        columnOf(ids, device).view(-1),
        full([longest - ids.length], padTokenId, { dtype: "int64", device }),
      ],
      0,
    ),
  );
  return cat([prompt, ops.aten.stack(filled)], 1);
}
