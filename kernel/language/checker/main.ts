// Entry of the type-checking thread: one request after the other, in order of arrival, so that a completion knows the
// types of every cell that was sent before it.

import { parentPort, workerData } from "node:worker_threads";
import { loadTypeScript } from "../typescript.js";
import type { CheckerCalls, CheckerReply, CheckerRequest, CheckerStart } from "./messages.js";
import { NotebookTypes } from "./notebook-types.js";

/** The library is read in the first pause of this length: it takes a second, in which nobody is answered. */
const PAUSE_MS = 1500;

const { folder } = workerData as CheckerStart;
const types = new NotebookTypes(await loadTypeScript(), folder);
types.warmUp();
let pause: NodeJS.Timeout | undefined = setTimeout(() => {
  pause = undefined;
  types.readLibrary();
}, PAUSE_MS);

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
  pause?.refresh();
});

function answer(id: number, call: keyof CheckerCalls, argument: unknown): CheckerReply {
  try {
    return { id, value: calls[call](argument as never) };
  } catch (failure) {
    // a fault of TypeScript's ends one answer and not the thread
    return { id, failure: failure instanceof Error ? (failure.stack ?? "") : String(failure) };
  }
}
