// Entry of a worker, one process per rank. It runs the cells its kernel sends
// and outlives anything they do, short of the process being killed.

import { HOST_KEY } from "notebooster/host";
import { BRING_TOGETHER, END_CELLS, RESUME } from "../link/cell-globals.js";
import type { ToWorker } from "../link/messages.js";
import { Answers } from "./answers.js";
import { followBlockingChildren } from "./blocking-children.js";
import { currentCell, trackCells } from "./cell-context.js";
import { CellRunner } from "./cell-runner.js";
import { Children } from "./children.js";
import { clusterGlobal } from "./cluster-global.js";
import { Comms } from "./comms.js";
import { CutOff } from "./cut-off.js";
import { installDebugHooks } from "./debug-hooks.js";
import { describeError } from "./describe-error.js";
import { displayFunctions } from "./display-function.js";
import { Displayer } from "./displayer.js";
import { Evaluator } from "./evaluator.js";
import { Importer } from "./importer.js";
import { Input } from "./input.js";
import { InterruptedError, Interruption } from "./interruption.js";
import { KernelLink, type Send } from "./kernel-link.js";
import { completeNames, inspectValue } from "./lookup.js";
import { Output } from "./output.js";
import { installKill } from "./own-signals.js";
import { timeitOf } from "./timeit.js";
import { WorkerHost } from "./worker-host.js";

const STACK_FRAMES = 50;

const rank = Number(process.env["RANK"] ?? 0);
const worldSize = Number(process.env["WORLD_SIZE"] ?? 1);

const link = new KernelLink();
const output = new Output(link.send, (cell) => runner.refuseInterrupted(cell));
/** Everything leaves in the order in which it was made: text gathered so far goes first. */
const send: Send = (message, buffers) => {
  output.flush();
  link.send(message, buffers);
};
const displayer = new Displayer(send);
const interruption: Interruption = new Interruption({
  end: (number, isCut) => runner.interrupt(number, isCut),
  goOn: () => link.deliver(),
});
const answers = new Answers(interruption.answers, interruption.state);
const children = new Children(output);
const evaluator: Evaluator = new Evaluator();
const cutOff = new CutOff();
const importer = new Importer(process.cwd(), send);
cutOff.add(() => importer.forgetUnfinished());
const comms = new Comms(send, (cell) => (runner.isInterrupted(cell) ? undefined : cell));
const host = new WorkerHost({
  ...{ rank, worldSize, send, comms, displayer, interruption, cutOff },
  isInterrupted: (cell) => runner.isInterrupted(cell),
  isIdle: () => runner.isIdle,
});
const runner: CellRunner = new CellRunner({
  ...{ evaluator, interruption, cutOff },
  ...{ displayer, children, send },
  connections: host,
  cellEnded: (cell, outcome) => host.cellEnded(cell, outcome),
});
const input = new Input(answers, send);

Error.stackTraceLimit = STACK_FRAMES;
trackCells();
output.install();
children.install();
followBlockingChildren(() => void answers.now((id) => send({ kind: "catch-up", id })));
importer.install(process.cwd());
installGlobals();
installDebugHooks(() => output.flush());
surviveCells();
send({ kind: "ready" });
link.listen(receive);

function receive(message: ToWorker, buffers: Uint8Array[]): void {
  switch (message.kind) {
    case "evaluate":
      runner.run(message);
      break;
    case "compare":
      interruption.protect(() => answer(message.id, () => cutOff.comparison?.state() ?? []));
      break;
    case "complete":
      answer(message.id, () => completeNames(evaluator, message.object));
      break;
    case "inspect":
      answer(message.id, () => inspectValue(evaluator, message.expression));
      break;
    case "module":
      importer.receive(message.id, message.answer);
      break;
    case "comm":
      guard(message.cell, () => comms.receive(message, buffers));
      break;
  }
}

function answer(id: number, find: () => unknown): void {
  let value: unknown = null;
  try {
    value = find();
  } catch {
    // a live value that cannot be looked at is answered as an unknown one
  }
  send({ kind: "answer", id, value });
}

function guard(cell: string, action: () => void): void {
  try {
    action();
  } catch (thrown) {
    reportLate("Uncaught exception in a comm handler", thrown, cell);
  }
}

/** Called by compiled cells with the value of every await. */
function resume(value: unknown): unknown {
  runner.refuseInterrupted(currentCell());
  return value;
}

function installGlobals(): void {
  Object.defineProperty(globalThis, RESUME, { value: resume });
  Object.defineProperty(globalThis, END_CELLS, { value: () => interruption.endRunning() });
  Object.defineProperty(globalThis, BRING_TOGETHER, { value: () => cutOff.bringTogether() });
  Object.defineProperty(globalThis, HOST_KEY, { value: host });
  const globals = {
    rank,
    worldSize,
    comms,
    ...displayFunctions(displayer),
    timeit: timeitOf(worldSize),
    clearOutput: displayer.clearOutput.bind(displayer),
    cluster: clusterGlobal(send),
    ...input.globals(),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

/** Keeps the process and its variables when a cell leaves an error behind or asks to exit. */
function surviveCells(): void {
  process.on("uncaughtException", (thrown) => reportLate("Uncaught exception", thrown));
  process.on("unhandledRejection", (thrown) => reportLate("Unhandled rejection", thrown));
  installKill();
  process.on("SIGINT", () => undefined); // the kernel decides what a Ctrl-C interrupts
  process.exit = (code?: string | number | null): never => {
    const call = `process.exit(${code ?? ""})`;
    throw new Error(`${call} would end every variable; restart the kernel or run %cluster restart`);
  };
}

function reportLate(what: string, thrown: unknown, cell = currentCell()): void {
  if (thrown instanceof InterruptedError) return; // its cell has said so already
  send({ kind: "late-error", cell, what, error: describeError(thrown) });
}
