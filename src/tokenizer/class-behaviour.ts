// What a class of transformers does itself around the Rust library: tokens beside a text, and the text that it shows.

import type { BesideText } from "./build-tokenizer.js";
import type { TokenizerPlan } from "./tokenizer-plan.js";

type IdOf = (token: string) => number | undefined;

/** Python's white space, which is not JavaScript's. */
const SPACE = "[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
const TIMESTAMP = /<\|\p{Nd}+\.\p{Nd}+\|>/gu;

export class ClassBehaviour {
  readonly #around: { readonly before: number[]; readonly after: number[] } | undefined;
  readonly #decoding: TokenizerPlan["decoding"];
  readonly #idOf: IdOf;

  /** `idOf` a token in the tokenizer of the plan. */
  constructor({ around, decoding, named }: TokenizerPlan, idOf: IdOf) {
    const unknown = named.get("unk_token");
    this.#idOf = (token) => idOf(token) ?? (unknown === undefined ? undefined : idOf(unknown));
    this.#decoding = decoding;
    this.#around = around && { before: this.#ids(around.before), after: this.#ids(around.after) };
  }

  /** Whether the class puts special tokens beside a text, and not the library. */
  get surrounds(): boolean {
    return this.#around !== undefined;
  }

  surround(ids: Int32Array): Int32Array {
    if (this.#around === undefined) return ids;
    return Int32Array.from([...this.#around.before, ...ids, ...this.#around.after]);
  }

  /** The ids to decode: Whisper shows no prompt when it shows no special tokens. */
  shownIds(ids: readonly number[], skipSpecialTokens: boolean): readonly number[] {
    const isPrompted = ids[0] === this.#idOf("<|startofprev|>");
    if (this.#decoding !== "timestamps" || !skipSpecialTokens || !isPrompted) return ids;
    const start = ids.indexOf(this.#idOf("<|startoftranscript|>") ?? -1);
    return start === -1 ? [] : ids.slice(start);
  }

  /** A decoded text without what stands for the end of a word. */
  withoutWordEnds(text: string): string {
    if (this.#decoding !== "word ends") return text;
    return text.replaceAll("</w>", " ").replace(OUTER_SPACE, "");
  }

  withoutTimestamps(text: string): string {
    return this.#decoding === "timestamps" ? text.replace(TIMESTAMP, "") : text;
  }

  #ids(tokens: BesideText["before"]): number[] {
    return tokens
      .map((token) => (typeof token === "string" ? this.#idOf(token) : token.id))
      .filter((id) => id !== undefined);
  }
}
