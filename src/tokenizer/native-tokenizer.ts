// A tokenizer of the Rust library, called as if it were synchronous: the call goes to a thread of its own and this
// one sleeps until the answer is there. An interrupt ends the sleep; the late answer is passed over by the next
// call. Of texts that may be cut into pieces only those pieces go there that are not known yet.

import { totalmem } from "node:os";
import { Worker } from "node:worker_threads";
import { ThreadLine } from "../threads/thread-line.js";
import type { AddedToken } from "./added-token.js";
import type { Borders } from "./piece-borders.js";
import { type Around, PieceCache } from "./piece-cache.js";
import { groupsOf } from "./text-groups.js";
import { arraysOf, type TokenRows } from "./token-rows.js";
import type { Call, MarkedIds, Results } from "./tokenizer-calls.js";
import { TokenizerError } from "./tokenizer-error.js";

/** Most characters of one call: what an interrupt leaves running, and what is held twice, is no more than this. */
const MAX_CALL_CHARACTERS = 500_000;
/** Small, since it alone decides how soon the memory of encodings, which V8 does not see, is freed. */
const YOUNG_GENERATION_MB = 2;
/** To find out what is put around a text. */
const SOME_TEXT = "a text";

export interface LoadOptions {
  /** Text of a tokenizer.json. */
  readonly json: string;
  /** Tokens to add to those it declares. */
  readonly added: readonly AddedToken[];
  /** Where texts may be cut; undefined: nowhere. */
  readonly borders: Borders | undefined;
}

const NOTHING_AROUND: Around = { before: new Int32Array(0), after: new Int32Array(0) };

export class NativeTokenizer {
  readonly #thread: TokenizerThread;
  readonly #number: number;
  readonly #pieces: PieceCache | undefined;
  /** What its template puts around a text; undefined where that cannot be told. */
  readonly #around: Around | undefined;

  private constructor(thread: TokenizerThread, { json, added, borders }: LoadOptions) {
    this.#thread = thread;
    this.#number = thread.newTokenizer(this);
    thread.call({ name: "load", tokenizer: this.#number, json, added });
    this.#pieces = borders && new PieceCache(borders, this.#lengthOf(borders.lead));
    this.#around = borders && this.#aroundOf(SOME_TEXT);
  }

  /** Throws a TokenizerError with the library's reason when it cannot be started or cannot use the text. */
  static async load(options: LoadOptions): Promise<NativeTokenizer> {
    return new NativeTokenizer(await sharedThread(), options);
  }

  /** The ids of each text; many texts are encoded by all cores. */
  encode(texts: readonly string[], addSpecialTokens: boolean): Int32Array[] {
    const around = addSpecialTokens ? this.#around : NOTHING_AROUND;
    const ids: Int32Array[] = [];
    for (const part of groupsOf(texts, MAX_CALL_CHARACTERS)) {
      const own =
        this.#pieces === undefined || around === undefined
          ? arraysOf(this.#rows(part, addSpecialTokens))
          : this.#pieces.encode(part, around, (pieces) => this.#rows(pieces, false));
      for (const one of own) ids.push(one);
    }
    return ids;
  }

  /** The ids of a text, and which of them stand for the characters of its spans, which count code points. */
  encodeSpans(text: string, spans: readonly (readonly [number, number])[]): MarkedIds {
    return this.#thread.call({ name: "encodeSpans", tokenizer: this.#number, text, spans });
  }

  decode(ids: Int32Array, skipSpecialTokens: boolean): string {
    return this.#thread.call({ name: "decode", tokenizer: this.#number, ids, skipSpecialTokens });
  }

  /** The id of each token given by its exact text, null for what is no token. */
  idsOf(tokens: readonly string[]): (number | null)[] {
    return this.#thread.call({ name: "idsOf", tokenizer: this.#number, tokens });
  }

  #rows(texts: readonly string[], addSpecialTokens: boolean): TokenRows {
    return this.#thread.call({ name: "encode", tokenizer: this.#number, texts, addSpecialTokens });
  }

  #lengthOf(text: string | undefined): number {
    return text === undefined ? 0 : this.#rows([text], false).ids.length;
  }

  /** What stands around the one place where the ids of a text are found within those of the text with special tokens. */
  #aroundOf(text: string): Around | undefined {
    const { ids: own } = this.#rows([text], false);
    const { ids } = this.#rows([text], true);
    const isAt = (place: number) => own.every((id, i) => ids[place + i] === id);
    const places = Array.from({ length: ids.length - own.length + 1 }, (_, place) => place);
    const [place, other] = places.filter(isAt);
    if (place === undefined || other !== undefined) return undefined;
    return { before: ids.slice(0, place), after: ids.slice(place + own.length) };
  }
}

let shared: Promise<TokenizerThread> | undefined;

/** The one thread of the process, started when the first tokenizer is loaded, and again after it was lost. */
async function sharedThread(): Promise<TokenizerThread> {
  shared ??= TokenizerThread.start();
  try {
    const thread = await shared;
    if (thread.end === undefined) return thread;
  } catch (error) {
    shared = undefined;
    throw error;
  }
  shared = undefined;
  return sharedThread();
}

class TokenizerThread {
  /** Why the thread has ended, if it has. */
  end: TokenizerError | undefined;
  readonly #line = new ThreadLine<Call, Results[Call["name"]]>();
  readonly #worker: Worker;
  readonly #released = new FinalizationRegistry<number>((tokenizer) => {
    this.#line.send({ name: "release", tokenizer });
  });
  #numTokenizers = 0;

  private constructor() {
    this.#worker = new Worker(new URL("./tokenizer-thread.js", import.meta.url), {
      workerData: this.#line.data,
      transferList: [this.#line.data.port],
      execArgv: [], // those of the program may forbid to run a file
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
        maxOldGenerationSizeMb: Math.ceil(totalmem() / 2 ** 20), // the thread never ends before the process
      },
    });
  }

  /** Resolves once the thread answers calls; from then on it does not keep the process alive. */
  static start(): Promise<TokenizerThread> {
    const thread = new TokenizerThread();
    return new Promise((resolve, reject) => {
      const end = (cause?: Error) => {
        const reason = cause === undefined ? "" : `: ${cause.message}`;
        thread.end ??= new TokenizerError(`the tokenizer thread has ended${reason}`, { cause });
        reject(thread.end);
      };
      thread.#worker.once("error", end);
      thread.#worker.once("exit", () => end());
      thread.#worker.once("message", () => {
        thread.#worker.unref();
        resolve(thread);
      });
    });
  }

  /** A number for a tokenizer that is freed when its object is gone. */
  newTokenizer(owner: NativeTokenizer): number {
    const number = ++this.#numTokenizers;
    this.#released.register(owner, number);
    return number;
  }

  /** Sends a call and sleeps until its answer is there; throws what the library says is wrong. */
  call<C extends Call>(request: C): Results[C["name"]] {
    if (this.end !== undefined) throw this.end;
    const answer = this.#line.receive(this.#line.send(request));
    if (answer === undefined) throw new TokenizerError("the tokenizer thread gave no answer");
    if ("error" in answer) throw new TokenizerError(answer.error);
    return answer.result as Results[C["name"]];
  }
}
