// What the main thread asks of the tokenizer thread.

import type { AddedToken } from "./added-token.js";
import type { TokenRows } from "./token-rows.js";

/** One call: its name, the number of the tokenizer it is about, its argument. */
export type Call =
  | {
      readonly name: "load";
      readonly tokenizer: number;
      /** Text of a tokenizer.json. */
      readonly json: string;
      /** Tokens to add to those it declares. */
      readonly added: readonly AddedToken[];
    }
  | {
      readonly name: "encode";
      readonly tokenizer: number;
      readonly texts: readonly string[];
      readonly addSpecialTokens: boolean;
    }
  | {
      readonly name: "encodeSpans";
      readonly tokenizer: number;
      readonly text: string;
      /** Beginning and end of each span, in characters (code points) of the text. */
      readonly spans: readonly (readonly [begin: number, end: number])[];
    }
  | {
      readonly name: "decode";
      readonly tokenizer: number;
      readonly ids: Int32Array;
      readonly skipSpecialTokens: boolean;
    }
  | { readonly name: "idsOf"; readonly tokenizer: number; readonly tokens: readonly string[] }
  | { readonly name: "release"; readonly tokenizer: number };

/** The ids of a text, and 1 for each that stands for a span's characters. */
export interface MarkedIds {
  readonly ids: Int32Array;
  readonly mask: Uint8Array;
}

export interface Results {
  load: undefined;
  /** A row for each text. */
  encode: TokenRows;
  encodeSpans: MarkedIds;
  decode: string;
  /** Null for what is no token. */
  idsOf: (number | null)[];
  release: undefined;
}
