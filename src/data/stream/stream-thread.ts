// The thread of a stream: it reads, tokenizes and packs while steps go on, as far ahead as it is asked.
import { workerData } from "node:worker_threads";
import { answerCalls, type LineData } from "../../threads/thread-line.js";
import { DataError } from "../data-error.js";
import type { ChatEncoder, TokenizerOrigin } from "../tokenize-content.js";
import { type StreamSpec, stepsOf } from "./stream-spec.js";
import type { StreamStep, StreamSteps } from "./stream-steps.js";

export type StreamCall = { readonly spec: StreamSpec; readonly origin: TokenizerOrigin } | "next";

let steps: StreamSteps | undefined;

await answerCalls<StreamCall, StreamStep | undefined>(workerData as LineData, async (call) => {
  if (call === "next") return steps?.next();
  steps = stepsOf(call.spec, await tokenizerOf(call.origin));
  return undefined;
});

async function tokenizerOf({ module, folder, digest }: TokenizerOrigin): Promise<ChatEncoder> {
  const { AutoTokenizer } = (await import(module)) as {
    AutoTokenizer: { fromPretrained(folder: string): Promise<ChatEncoder> };
  };
  const tokenizer = await AutoTokenizer.fromPretrained(folder);
  if (tokenizer.origin?.digest === digest) return tokenizer;
  throw new DataError(
    `${folder}: the tokenizer's files changed since it was loaded; load it again`,
  );
}
