// The thread of a stream: it reads, tokenizes and packs while steps go on, as far ahead as it is asked.
import { workerData } from "node:worker_threads";
import { answerCalls, type LineData } from "../../threads/thread-line.js";
import { DataError } from "../data-error.js";
import type { ChatEncoder, TokenizerOrigin } from "../tokenize-content.js";
import { type StreamSpec, stepsOf } from "./stream-spec.js";
import type { StreamStep, StreamSteps } from "./stream-steps.js";

/** Asks for the next step, or with a spec for a stream to begin. */
export interface StreamCall {
  /** Who asks. */
  readonly holder: number;
  readonly origin: TokenizerOrigin;
  readonly spec: StreamSpec | undefined;
}

const { current, ...line } = workerData as LineData & { readonly current: Int32Array };
let tokenizer: ChatEncoder | undefined;
let steps: StreamSteps | undefined;

await answerCalls<StreamCall, StreamStep | undefined>(line, async ({ holder, origin, spec }) => {
  if (holder !== Atomics.load(current, 0)) return undefined;
  if (spec === undefined) return steps?.next();
  steps = undefined;
  tokenizer ??= await load(origin);
  steps = stepsOf(spec, tokenizer);
  return undefined;
});

async function load({ module, folder, digest }: TokenizerOrigin): Promise<ChatEncoder> {
  const { AutoTokenizer } = (await import(module)) as {
    AutoTokenizer: { fromPretrained(folder: string): Promise<ChatEncoder> };
  };
  const loaded = await AutoTokenizer.fromPretrained(folder);
  if (loaded.origin?.digest === digest) return loaded;
  throw new DataError(
    `${folder}: the tokenizer's files changed since it was loaded; load it again`,
  );
}
