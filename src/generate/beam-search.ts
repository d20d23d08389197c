// Beam search: of each row the likeliest few sequences are followed at a time, and whole ones are compared by their
// log-probability divided by a power of their length. Where one samples, those that are followed are drawn by their
// log-probabilities. Step by step as transformers does it.
import { full, tensor } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { ops } from "../tensor/ops.js";
import { Generator } from "../tensor/random.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { type Candidate, RowSearch } from "./beam-row.js";
import { Endings } from "./endings.js";
import type { Settings } from "./options.js";
import { processed, warped } from "./processors.js";
import type { Rows } from "./rows.js";
import { columnOf } from "./token-by-token.js";

/** @returns (B numReturnSequences, T) int64, the best first of each row, filled up with the pad id */
export function beamSearch(rows: Rows, settings: Settings): Tensor {
  const endings = new Endings(settings);
  const { numNew } = rows.growth;
  const generator = new Generator(settings.seed, rows.ids.device);
  const searches = rows.rows.map((prompt) => new RowSearch(settings, prompt.length, numNew));
  if (numNew === 0) return rows.copiedPrompt(settings.numReturnSequences);
  let isOver = false;
  while (!isOver) {
    const candidates = scoped(() => candidatesOf(rows, searches, { settings, generator }));
    for (const [i, search] of searches.entries()) search.take(candidates[i] ?? [], endings);
    isOver = searches.every(({ isStuck }) => isStuck) || !searches.some(({ isOpen }) => isOpen);
    if (!isOver) follow(rows, searches, settings.numBeams);
  }
  return bestSequences(rows, searches, settings);
}

/** How continuations are chosen. */
interface Choice {
  readonly settings: Settings;
  readonly generator: Generator;
}

/** Of each row some continuations of its running sequences, the best or drawn: enough to have as many that do not end. */
function candidatesOf(
  rows: Rows,
  searches: readonly RowSearch[],
  { settings, generator }: Choice,
): Candidate[][] {
  const { numBeams, temperature, eosTokenIds } = settings;
  const logProbabilities = processed(
    rows.nextScores().to("float32").logSoftmax(-1),
    rows,
    settings,
  ); // (B beams, V)
  const vocabulary = logProbabilities.shape[1] as number;
  const running = searches.flatMap((search) => search.running.map(({ score }) => score));
  const each = temperature > 0 ? warped(logProbabilities, settings) : logProbabilities;
  const sums = each
    .view(searches.length, numBeams, vocabulary)
    .add(
      tensor(Float32Array.from(running), {
        shape: [searches.length, numBeams, 1],
        device: logProbabilities.device,
      }),
    )
    .view(searches.length, -1);
  const wanted = Math.max(2, 1 + eosTokenIds.length) * numBeams;
  const count = Math.min(wanted, numBeams * vocabulary);
  const [scores, places] =
    temperature > 0 ? drawn(sums, count, generator) : ops.aten.topk(sums, count);
  const lists = places.toArray() as number[][];
  return (scores.toArray() as number[][]).map((row, i) =>
    row.map((score, j) => {
      const place = Number(lists[i]?.[j]);
      const [beam, id] = [Math.floor(place / vocabulary), place % vocabulary];
      return { score, beam, ids: [...(rows.rows[i * numBeams + beam] as readonly number[]), id] };
    }),
  );
}

/** (B, N) -> so many of each row by their probabilities, none twice */
function drawn(
  sums: Tensor,
  count: number,
  generator: Generator,
): [scores: Tensor, places: Tensor] {
  const places = ops.aten.multinomial(sums.softmax(-1), count, { generator });
  return [ops.aten.gather(sums, 1, places), places];
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
