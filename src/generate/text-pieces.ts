// The text that tokens add to a text, as they come. A token may stand for a part of a character, and what it looks like may
// depend on the tokens before it (a leading space, bytes that make a character together). So a window of the last tokens is made
// text of, and a piece is what it has more than it had, as soon as no character lacks bytes. Where bytes make no text, a piece may show
// some of them otherwise than the whole text does.
import type { TextDecoder } from "./text-decoder.js";

/** Tokens that stay in the window: what a token looks like depends on no more of them. */
const CONTEXT = 8;
/** The window is cut when it is so long. */
const MAX_WINDOW = 32;
/** What decoders write for bytes that make no character. */
const INCOMPLETE = "\ufffd";

/** How text is made of new tokens. */
export interface PieceOptions {
  /** Leaves special tokens such as eos out of the text. Default true. */
  readonly skipSpecialTokens?: boolean;
}

/** Text of tokens that come one after the other: pieces that give, joined, the text that they add. */
export class TextPieces {
  readonly #decode: (ids: readonly number[]) => string;
  #window: readonly number[];
  /** Of the window's text, what was there or has been given. */
  #given: string;

  /** @param before tokens that they follow */
  constructor(
    tokenizer: TextDecoder,
    before: readonly number[],
    { skipSpecialTokens = true }: PieceOptions = {},
  ) {
    const options = { skipSpecialTokens, cleanUpTokenizationSpaces: false };
    this.#decode = (ids) => tokenizer.decode(ids, options);
    this.#window = before.slice(-CONTEXT);
    this.#given = this.#decode(this.#window);
  }

  /** The piece that is certain with one more token; empty while a character lacks bytes. */
  add(id: number): string {
    this.#window = [...this.#window, id];
    const text = this.#decode(this.#window);
    if (text.endsWith(INCOMPLETE)) return "";
    const piece = text.slice(this.#given.length);
    this.#given = text;
    if (this.#window.length >= MAX_WINDOW) this.#cut();
    return piece;
  }

  /** What is left once no more tokens come: characters that lack bytes, as U+FFFD. */
  end(): string {
    const piece = this.#decode(this.#window).slice(this.#given.length);
    this.#given += piece;
    return piece;
  }

  #cut(): void {
    this.#window = this.#window.slice(-CONTEXT);
    this.#given = this.#decode(this.#window);
  }
}

/** The text that tokens add to those before them. */
export function textAdded(
  tokenizer: TextDecoder,
  { before, added }: { readonly before: readonly number[]; readonly added: readonly number[] },
  options: PieceOptions = {},
): string {
  const pieces = new TextPieces(tokenizer, before, options);
  return added.map((id) => pieces.add(id)).join("") + pieces.end();
}
