// Ids of the pieces of texts that were encoded before. Texts repeat their words, and looking a word up is many
// times faster than encoding it; what is not known yet is encoded, all new pieces of many texts at once.

import type { PieceBorders } from "./piece-borders.js";
import { NO_ROWS, type TokenRows } from "./token-rows.js";

/** Longer pieces, in characters, are seldom there again. */
const MAX_LENGTH = 32;
/** Where one is reached the cache begins anew: what is frequent is soon there again. */
const MAX_PIECES = 150_000;
const MAX_IDS = 1_000_000;

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

export class PieceCache {
  readonly #borders: PieceBorders;
  /** Row of each known piece. */
  readonly #rowOf = new Map<string, number>();
  readonly #known: TokenRows = {
    ids: new Int32Array(MAX_IDS),
    starts: new Int32Array(MAX_PIECES + 1),
  };
  #isFull = false as boolean;

  constructor(borders: PieceBorders) {
    this.#borders = borders;
  }

  get numPieces(): number {
    return this.#rowOf.size;
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
    const asked = new Map<string, number>();
    const rows = texts.map((text) => this.#rowsOf(text, asked));
    const answer = asked.size === 0 ? NO_ROWS : encode([...asked.keys()]);
    const ids = rows.map((each) => joined(each, { known: this.#known, answer, around }));
    let row = 0;
    for (const piece of asked.keys()) this.#learn(piece, idsIn(answer, row++));
    return ids;
  }

  /** Rows of a text's pieces: those of known ones, and ~row in the answer of those that are asked. */
  #rowsOf(text: string, asked: Map<string, number>): number[] {
    const rows: number[] = [];
    let begin = 0;
    do {
      const end = this.#borders.endOf(text, begin);
      const piece = text.slice(begin, end);
      let row = this.#rowOf.get(piece) ?? asked.get(piece);
      if (row === undefined) {
        row = ~asked.size;
        asked.set(piece, row);
      }
      rows.push(row);
      begin = end;
    } while (begin < text.length);
    return rows;
  }

  /** An interrupt may end it anywhere: a piece is known once its ids are there. */
  #learn(piece: string, own: Int32Array): void {
    if (piece.length > MAX_LENGTH) return;
    const { ids, starts } = this.#known;
    const row = this.numPieces;
    const begin = starts[row] as number;
    this.#isFull ||= row === MAX_PIECES || begin + own.length > MAX_IDS;
    if (this.#isFull) return;
    ids.set(own, begin);
    starts[row + 1] = begin + own.length;
    this.#rowOf.set(copyOf(piece), row);
  }

  #forget(): void {
    this.#rowOf.clear();
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
