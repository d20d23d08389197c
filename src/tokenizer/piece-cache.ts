// Ids of the pieces of texts that were encoded before. Texts repeat their words, and looking a word up is many
// times faster than encoding it; what is not known yet is encoded, all new pieces of many texts at once.

import type { Borders } from "./piece-borders.js";
import { NO_ROWS, type TokenRows } from "./token-rows.js";

/** Longer pieces, in characters, are seldom there again. */
const MAX_LENGTH = 32;
/** Where one is reached the cache begins anew: what is frequent is soon there again. */
const MAX_PIECES = 150_000;
const MAX_IDS = 1_000_000;
const SPACE = 0x20;

/** Ids that a template puts around a text. */
export interface Around {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/** Where the ids of a text's pieces are. */
interface Sources {
  readonly known: TokenRows;
  /** To what was asked. */
  readonly answer: TokenRows;
  readonly around: Around;
}

/** Rows of pieces that begin as a text does or at a space, and of those that have a lead. */
type RowsOf = readonly [plain: Map<string, number>, led: Map<string, number>];

/** What is to be encoded: a piece stands at ~row, its lead before it. */
interface Asked {
  readonly rowsOf: RowsOf;
  readonly texts: string[];
}

export class PieceCache {
  readonly #borders: Borders;
  readonly #numLead: number;
  /** Row of each known piece. */
  readonly #rowsOf: RowsOf = [new Map(), new Map()];
  readonly #known: TokenRows = {
    ids: new Int32Array(MAX_IDS),
    starts: new Int32Array(MAX_PIECES + 1),
  };
  #isFull = false as boolean;

  /** @param numLead ids of what the borders put before pieces */
  constructor(borders: Borders, numLead = 0) {
    this.#borders = borders;
    this.#numLead = numLead;
  }

  get numPieces(): number {
    const [plain, led] = this.#rowsOf;
    return plain.size + led.size;
  }

  /**
   * The ids of each text, with those around them.
   * @param encode gives the ids of pieces that are not known
   */
  encode(
    texts: readonly string[],
    around: Around,
    encode: (pieces: readonly string[]) => TokenRows,
  ): Int32Array[] {
    if (this.#isFull) this.#forget();
    const asked: Asked = { rowsOf: [new Map(), new Map()], texts: [] };
    const rows = texts.map((text) => this.#rowsIn(text, asked));
    const answer =
      asked.texts.length === 0 ? NO_ROWS : this.#withoutLeads(encode(asked.texts), asked);
    const ids = rows.map((each) => joined(each, { known: this.#known, answer, around }));
    for (const kind of [0, 1] as const)
      for (const [piece, row] of asked.rowsOf[kind])
        this.#learn(this.#rowsOf[kind], piece, idsIn(answer, ~row));
    return ids;
  }

  /** Rows of a text's pieces: those of known ones, and ~row in the answer of those that are asked. */
  #rowsIn(text: string, { rowsOf, texts }: Asked): number[] {
    const rows: number[] = [];
    const { skipped, lead } = this.#borders;
    let begin = 0;
    let kind: 0 | 1 = 0;
    do {
      const end = this.#borders.endOf(text, begin);
      const piece = text.slice(begin, end);
      let row = this.#rowsOf[kind].get(piece) ?? rowsOf[kind].get(piece);
      if (row === undefined) {
        row = ~texts.length;
        rowsOf[kind].set(piece, row);
        texts.push(kind === 0 ? piece : `${lead}${piece}`);
      }
      rows.push(row);
      const isAtSpace = text.charCodeAt(end) === SPACE;
      kind = lead === undefined || isAtSpace ? 0 : 1;
      begin = isAtSpace ? end + skipped : end;
    } while (begin < text.length);
    return rows;
  }

  #withoutLeads(answer: TokenRows, { rowsOf: [, led] }: Asked): TokenRows {
    if (led.size === 0) return answer;
    const { ids, starts } = answer;
    const own = new Int32Array(ids.length - led.size * this.#numLead);
    const ownStarts = new Int32Array(starts.length);
    const leds = new Set(led.values());
    let end = 0;
    for (let row = 0; row + 1 < starts.length; row++) {
      const begin = (starts[row] as number) + (leds.has(~row) ? this.#numLead : 0);
      own.set(ids.subarray(begin, starts[row + 1]), end);
      end += (starts[row + 1] as number) - begin;
      ownStarts[row + 1] = end;
    }
    return { ids: own, starts: ownStarts };
  }

  /** An interrupt may end it anywhere: a piece is known once its ids are there. */
  #learn(rowOf: Map<string, number>, piece: string, own: Int32Array): void {
    if (piece.length > MAX_LENGTH) return;
    const { ids, starts } = this.#known;
    const row = this.numPieces;
    const begin = starts[row] as number;
    this.#isFull ||= row === MAX_PIECES || begin + own.length > MAX_IDS;
    if (this.#isFull) return;
    ids.set(own, begin);
    starts[row + 1] = begin + own.length;
    rowOf.set(copyOf(piece), row);
  }

  #forget(): void {
    for (const rowOf of this.#rowsOf) rowOf.clear();
    this.#isFull = false;
  }
}

function joined(rows: readonly number[], { known, answer, around }: Sources): Int32Array {
  let length = around.before.length + around.after.length;
  for (const row of rows) length += row < 0 ? lengthIn(answer, ~row) : lengthIn(known, row);
  const ids = new Int32Array(length);
  ids.set(around.before);
  let place = around.before.length;
  for (const row of rows) {
    const source = row < 0 ? answer : known;
    const at = row < 0 ? ~row : row;
    const end = source.starts[at + 1] as number;
    for (let i = source.starts[at] as number; i < end; i++) ids[place++] = source.ids[i] as number;
  }
  ids.set(around.after, place);
  return ids;
}

function lengthIn({ starts }: TokenRows, row: number): number {
  return (starts[row + 1] as number) - (starts[row] as number);
}

function idsIn({ ids, starts }: TokenRows, row: number): Int32Array {
  return ids.subarray(starts[row], starts[row + 1]);
}

/** With memory of its own: a slice would keep the whole text alive. */
function copyOf(piece: string): string {
  return piece.split("").join("");
}
