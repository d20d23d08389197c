// What the main thread asks of the tokenizer thread, and where each waits for the other. Whoever sends raises its counter;
// whoever waits looks at its port first, then sleeps until the counter is no longer what it was before that look.

import type { MessagePort } from "node:worker_threads";
import type { AddedToken } from "./added-token.js";

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
      readonly name: "decode";
      readonly tokenizer: number;
      readonly ids: Int32Array;
      readonly skipSpecialTokens: boolean;
    }
  | { readonly name: "idsOf"; readonly tokenizer: number; readonly tokens: readonly string[] }
  | { readonly name: "release"; readonly tokenizer: number };

export interface Results {
  load: undefined;
  /** Ids of each text. */
  encode: Int32Array[];
  decode: string;
  /** Null for what is no token. */
  idsOf: (number | null)[];
  release: undefined;
}

/** A call on its way. Numbers grow, so that the answer to a call that was given up is told from the one awaited. */
export interface Request {
  readonly number: number;
  readonly call: Call;
}

export type Answer =
  | { readonly number: number; readonly result: Results[Call["name"]] }
  | { readonly number: number; readonly error: string };

/** Places of the counters in the shared memory. */
export const COUNTER = { requests: 0, answers: 1 } as const;

export interface ThreadData {
  readonly counters: Int32Array;
  readonly port: MessagePort;
}
