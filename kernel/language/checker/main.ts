// Entry of the type-checking thread: one request after the other, in order of arrival, so that a completion knows the
// types of every cell that was sent before it.

import { parentPort, workerData } from "node:worker_threads";
import { loadTypeScript } from "../typescript.js";
import type { CheckerCalls, CheckerReply, CheckerRequest, CheckerStart } from "./messages.js";
import { NotebookTypes } from "./notebook-types.js";

/** Kernels that only run a few cells end before they need it. */
const LIBRARY_DELAY_MS = 1500;

const { folder } = workerData as CheckerStart;
const types = new NotebookTypes(await loadTypeScript(), folder);
types.warmUp();
setTimeout(() => types.readLibrary(), LIBRARY_DELAY_MS);

const calls: {
  [C in keyof CheckerCalls]: (from: CheckerCalls[C]["from"]) => CheckerCalls[C]["to"];
} = {
  check: (cells) => types.check(cells),
  complete: (place) => types.complete(place) ?? null,
  hover: (place) => types.hover(place) ?? null,
  reset: () => {
    types.reset();
    return null;
  },
  lookAgain: () => {
    types.lookAgain();
    return null;
  },
};

parentPort?.on("message", ({ id, call, argument }: CheckerRequest) => {
  parentPort?.postMessage(answer(id, call, argument));
});

function answer(id: number, call: keyof CheckerCalls, argument: unknown): CheckerReply {
  try {
    return { id, value: calls[call](argument as never) };
  } catch (failure) {
    // a fault of TypeScript's ends one answer and not the thread
    return { id, failure: failure instanceof Error ? (failure.stack ?? "") : String(failure) };
  }
}
