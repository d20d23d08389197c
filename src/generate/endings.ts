// Where sequences end: after certain tokens, or texts.
import type { Settings } from "./options.js";
import type { TextDecoder } from "./text-decoder.js";

/** Whether a row of ids ends with its last one. */
export class Endings {
  readonly #ids: ReadonlySet<number>;
  readonly #texts: StopTexts | undefined;

  constructor({ eosTokenIds, stopStrings, tokenizer }: Settings) {
    this.#ids = new Set(eosTokenIds);
    this.#texts =
      tokenizer !== undefined && stopStrings.length > 0
        ? new StopTexts(stopStrings, tokenizer)
        : undefined;
  }

  /** @param ids of the whole text, without padding */
  isAt(ids: readonly number[]): boolean {
    return this.#ids.has(ids.at(-1) as number) || (this.#texts?.isAt(ids) ?? false);
  }
}

class StopTexts {
  readonly #texts: readonly string[];
  readonly #tokenizer: TextDecoder;
  /** No text has more tokens: each stands for a byte at least. */
  readonly #maxTokens: number;

  constructor(texts: readonly string[], tokenizer: TextDecoder) {
    this.#texts = texts;
    this.#tokenizer = tokenizer;
    this.#maxTokens = Math.max(...texts.map((text) => Buffer.byteLength(text)));
  }

  /** Whether one of the texts ends within the last token. */
  isAt(ids: readonly number[]): boolean {
    const last = ids.slice(-this.#maxTokens - 1); // one more: the first of some tokenizers loses its space
    const text = this.#tokenizer.decode(last);
    const unchanged = commonLength(text, this.#tokenizer.decode(last.slice(0, -1)));
    return this.#texts.some((stop) => {
      const from = Math.max(0, unchanged - stop.length + 1);
      return text.indexOf(stop, from) !== -1;
    });
  }
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}
