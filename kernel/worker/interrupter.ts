// The worker's second thread. It alone hears the kernel while a cell keeps the main thread busy: through the inspector it has
// the main thread end that cell, and it ends the whole process when the kernel is gone.

import { Session } from "node:inspector";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { END_CELLS } from "../link/cell-globals.js";
import { readNote } from "../link/collective-note.js";
import { PHASE, SLOT } from "../link/interrupt-state.js";
import type { InputAnswer } from "../link/messages.js";
import { FD } from "../link/pipes.js";
import { InspectorRelay } from "./inspector-relay.js";

const MAIN_THREAD_MS = 30;
const TRY_AGAIN_MS = 2;
const KEEP_ALIVE_MS = 1000;

interface Data {
  readonly state: Int32Array;
  /** What the main thread notes of its last collective. */
  readonly note: SharedArrayBuffer;
  /** Takes the answers to prompts. */
  readonly answers: MessagePort;
}

const { state, note, answers } = workerData as Data;
const session = new Session();
session.connectToMainThread();
setInterval(() => undefined, KEEP_ALIVE_MS); // a session alone does not keep its loop turning

const relay = new InspectorRelay(FD.inspector);
const kernel = new Socket({ fd: FD.control });
const lines = createInterface({ input: kernel });
lines.on("line", (line) => {
  if (line.startsWith("{")) deliver(JSON.parse(line) as { id: number; answer: InputAnswer });
  else if (line === "collective") kernel.write(`collective ${readNote(note)}\n`);
  else kernel.write(`interrupt ${interrupt(line)}\n`);
});
kernel.on("close", endProcess); // the kernel has ended, however it did
for (const source of [kernel, lines]) source.on("error", endProcess);

/** Hands an answer to the main thread and wakes it. */
function deliver(delivery: { readonly id: number; readonly answer: InputAnswer }): void {
  answers.postMessage(delivery);
  Atomics.add(state, SLOT.inputs, 1);
  Atomics.notify(state, SLOT.inputs);
}

/** First stage: ask code that polls for it. Second stage, or `stop`: end the running JavaScript. Says which it was. */
function interrupt(command: string): "asked" | "ending" {
  const number = Atomics.load(state, SLOT.interrupts) + 1;
  const wasRequested = Atomics.exchange(state, SLOT.requested, 1) === 1;
  const isPolite = command !== "stop" && !wasRequested && Atomics.load(state, SLOT.stepRegions) > 0;
  relay.release(!isPolite);
  if (!isPolite) end(number);
  Atomics.store(state, SLOT.interrupts, number); // last: who has waited for it finds the rest done
  Atomics.notify(state, SLOT.interrupts);
  return isPolite ? "asked" : "ending";
}

/** An end that is on its way already serves the later signal too. */
function end(number: number): void {
  Atomics.store(state, SLOT.ending, number);
  const id = Atomics.load(state, SLOT.waitingForInput);
  if (id !== 0) deliver({ id, answer: { interrupted: true } });
  const before = Atomics.compareExchange(state, SLOT.phase, PHASE.none, PHASE.asked);
  if (before !== PHASE.none) return;
  parentPort?.postMessage("asked");
  setTimeout(endIfUnheard, MAIN_THREAD_MS);
}

/** Has the main thread, in the middle of what it does, look whether it may be ended there; if not, tries again elsewhere. */
function endIfUnheard(): void {
  if (Atomics.load(state, SLOT.phase) !== PHASE.asked) return;
  const look = { expression: `${END_CELLS}()`, returnByValue: true, silent: true };
  session.post("Runtime.evaluate", look, (failure, reply?: { result: { value?: unknown } }) => {
    if (failure === null && reply?.result.value === true) awaitEnd();
    else setTimeout(endIfUnheard, TRY_AGAIN_MS);
  });
}

/** The main thread notes it, which it can hardly do more than: V8 has just taken down its stack. */
function awaitEnd(): void {
  if (Atomics.load(state, SLOT.phase) === PHASE.terminating) setTimeout(awaitEnd, TRY_AGAIN_MS);
  else parentPort?.postMessage("terminated");
}

/** A stopped process cannot do this: session/reaper.ts does it for all. */
function endProcess(): void {
  process.kill(-process.pid, "SIGKILL"); // this process and its children: it leads their group
}
