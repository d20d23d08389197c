// One text while it grows, token by token.
import { noGrad } from "../tensor/grad-mode.js";
import { Tensor } from "../tensor/tensor.js";
import type { TextModel } from "./decoder.js";
import { beginRows } from "./generate.js";
import type { Settings } from "./options.js";
import { type Prompt, promptRows } from "./prompt.js";
import type { Rows } from "./rows.js";
import type { TextDecoder } from "./text-decoder.js";
import { type PieceOptions, TextPieces } from "./text-pieces.js";
import { TokenByToken } from "./token-by-token.js";

/** How a text grows. */
export interface GrowingOptions extends PieceOptions {
  readonly settings: Settings;
  readonly tokenizer: TextDecoder;
}

/** A text of one row. What it holds on the device is freed by `using`. */
export class GrowingText implements Disposable {
  readonly #rows: Rows;
  readonly #tokens: TokenByToken;
  readonly #pieces: TextPieces;

  constructor(model: TextModel, ids: Prompt, { settings, tokenizer, ...options }: GrowingOptions) {
    this.#rows = noGrad(() => beginRows(model, promptRows(ids, settings.padTokenId), settings));
    this.#tokens = new TokenByToken(this.#rows, settings, model.device);
    this.#pieces = new TextPieces(tokenizer, this.#row, options);
  }

  /** Whether it has ended. */
  get isDone(): boolean {
    return this.#tokens.isDone;
  }

  /** One token more: the text that is certain by it, or an empty one. */
  step(): string {
    this.#tokens.step();
    return this.#pieces.add(this.#row.at(-1) as number);
  }

  /** What is left of the text once it has ended. */
  end(): string {
    return this.#pieces.end();
  }

  get #row(): readonly number[] {
    return this.#rows.rows[0] as readonly number[];
  }

  [Symbol.dispose](): void {
    this.#rows[Symbol.dispose]();
  }
}

/** @throws RangeError for several rows: their texts would be mixed up */
export function requireOneRow(of: string, prompt: Prompt): void {
  const first: unknown = prompt instanceof Tensor ? undefined : prompt[0];
  const isListOfRows = typeof first === "object";
  const numRows =
    prompt instanceof Tensor
      ? prompt.ndim > 1
        ? prompt.size(0)
        : 1
      : isListOfRows
        ? prompt.length
        : 1;
  if (numRows === 1) return;
  throw new RangeError(`${of} writes one text, got ${numRows} rows; call it for each`);
}
