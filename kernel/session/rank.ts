// One worker process: started, spoken to, watched and killed.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { InspectorLink } from "../debugger/inspector-link.js";
import { FrameReader } from "../link/frames.js";
import {
  type FromWorker,
  type InputAnswer,
  pack,
  type StreamName,
  type ToWorker,
  unpack,
} from "../link/messages.js";
import { FD } from "../link/pipes.js";
import { ControlLink } from "./control-link.js";

const WORKER = fileURLToPath(new URL("../worker/main.js", import.meta.url));
/** A callback that an interrupt ends leaves Node's stack of async ids uneven, over which Node would end the process. */
const NODE_FLAGS = ["--no-force-async-hooks-checks"];
/** Time for output already written to arrive after a process ended. */
const LAST_OUTPUT_MS = 100;
/** Node says this when a process with an inspector session ends; there is no debugger to wait for. */
const NODE_FAREWELL = "Waiting for the debugger to disconnect...\n";
/** V8's last words. */
const HEAP_FULL = /JavaScript heap out of memory|Fatal (?:process|JavaScript) out of memory/;
const MORE_HEAP =
  "NODE_OPTIONS=--max-old-space-size=8192 (MiB) in the environment that Jupyter is started with gives it more";
const ANSWER_MS = 400;
const KILLED = "was killed by SIGKILL (if nobody did that, the system's out-of-memory killer did)";

export interface RankListener {
  readonly message: (rank: Rank, message: FromWorker, buffers: Uint8Array[]) => void;
  readonly native: (rank: Rank, name: StreamName, text: string) => void;
  readonly exit: (rank: Rank, how: string) => void;
}

export interface RankOptions {
  readonly rank: number;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly listener: RankListener;
}

type Evaluate = Extract<ToWorker, { kind: "evaluate" }>;

type Question =
  | { readonly kind: "complete"; readonly object: string }
  | { readonly kind: "inspect"; readonly expression: string }
  | { readonly kind: "compare" };

export class Rank {
  readonly rank: number;
  readonly inspector: InspectorLink;
  /** Its second thread. */
  readonly control: ControlLink;
  readonly #listener: RankListener;
  readonly #reader = new FrameReader();
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #questions = new Map<number, (value: unknown) => void>();
  #numQuestions = 0;
  #markReady: () => void = () => undefined;
  /** Resolves when the worker listens; messages sent earlier would be lost. */
  readonly ready = new Promise<void>((resolve) => {
    this.#markReady = resolve;
  });
  #isReady: boolean = false;
  #isAlive: boolean = true;
  #isHeapFull: boolean = false;
  #killedBecause: string | undefined;

  private constructor(options: RankOptions, process: ChildProcess) {
    this.rank = options.rank;
    this.#listener = options.listener;
    this.#process = process;
    this.#folder = options.folder;
    this.inspector = new InspectorLink(process.stdio[FD.inspector] as Duplex);
    this.control = new ControlLink(process.stdio[FD.control] as Duplex);
  }

  /** Starts the process of one rank. */
  static start(options: RankOptions): Rank {
    const child = spawn(process.execPath, [...NODE_FLAGS, WORKER], {
      cwd: options.folder,
      env: options.environment,
      detached: true, // it leads a process group, which its children end with
      stdio: ["ignore", "pipe", "pipe", ...Object.values(FD).map(() => "pipe" as const)],
    });
    const rank = new Rank(options, child);
    rank.#watch();
    return rank;
  }

  /** Whether the process runs, as far as is known. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Whether it has ever listened. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  send(message: ToWorker, buffers: readonly Uint8Array[] = []): void {
    if (!this.#isAlive) return;
    const pipe = this.#pipe(FD.fromKernel);
    for (const piece of pack(message, buffers)) pipe.write(piece);
  }

  /** Asks about live values; undefined when the worker is too busy to answer soon. */
  ask(question: Question, patienceMs = ANSWER_MS) {
    const id = ++this.#numQuestions;
    return new Promise<unknown>((resolve) => {
      const timer = setTimeout(() => this.#resolve(id, undefined), patienceMs);
      this.#questions.set(id, (value) => {
        clearTimeout(timer);
        resolve(value);
      });
      this.send({ ...question, id });
    });
  }

  /** Answers a question of a cell, also while the cell sleeps in it. */
  answer(id: number, answer: InputAnswer): void {
    this.control.tell(JSON.stringify({ id, answer }));
  }

  /** Ends collectives under way in a generation of connections, also while JavaScript waits in one. */
  giveUp(generation: number, why: string): void {
    if (this.#isAlive) this.#pipe(FD.ends).write(`${generation} ${why}\n`);
  }

  /** Starts a cell that uses a generation of connections. */
  evaluate(work: Omit<Evaluate, "kind" | "generation" | "numSignals">, generation: number): void {
    const { numSignals } = this.control;
    this.send({ kind: "evaluate", ...work, generation, numSignals });
  }

  /** Kills the process and its children; `why` completes a sentence about it. */
  kill(why?: string): void {
    this.#killedBecause = why;
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#killGroup();
  }

  #killGroup(): void {
    if (this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, "SIGKILL");
    } catch {
      // nobody of the group is left
    }
  }

  #pipe(fd: number): Duplex {
    return (this.#process.stdio as readonly unknown[])[fd] as Duplex;
  }

  #read(chunk: Buffer): void {
    this.#reader.push(chunk);
    for (let frames = this.#reader.next(); frames; frames = this.#reader.next()) {
      const { message, buffers } = unpack<FromWorker>(frames);
      this.#receive(message, buffers);
    }
  }

  #receive(message: FromWorker, buffers: Uint8Array[]): void {
    if (message.kind === "ready") this.#becomeReady();
    else if (message.kind === "answer") this.#resolve(message.id, message.value);
    else if (message.kind === "catch-up") afterOutput(() => this.answer(message.id, { text: "" }));
    else if (message.kind === "done")
      afterOutput(() => this.#listener.message(this, message, buffers));
    else this.#listener.message(this, message, buffers);
  }

  #becomeReady(): void {
    this.#isReady = true;
    this.#markReady();
  }

  #resolve(id: number, value: unknown): void {
    this.#questions.get(id)?.(value);
    this.#questions.delete(id);
  }

  #watch(): void {
    for (const name of ["stdout", "stderr"] as const) {
      this.#process[name]?.setEncoding("utf8").on("data", (text: string) => {
        if (text !== NODE_FAREWELL) this.#listener.native(this, name, text);
        if (HEAP_FULL.test(text)) this.#isHeapFull = true;
      });
    }
    for (const fd of Object.values(FD)) {
      this.#pipe(fd).on("error", () => undefined); // the exit tells the same
    }
    this.#pipe(FD.toKernel).on("data", (chunk: Buffer) => this.#read(chunk));
    this.#process.on("error", (failure) => {
      const isFolderGone = !existsSync(this.#folder); // which Node reports as a missing program
      const why = isFolderGone ? `its folder ${this.#folder} is gone` : failure.message;
      this.#ended(`could not start: ${why}`);
    });
    this.#process.on("exit", (code, signal) => {
      this.#killGroup(); // children that outlived it
      setTimeout(() => this.#ended(this.#describeExit(code, signal)), LAST_OUTPUT_MS);
    });
  }

  #describeExit(code: number | null, signal: NodeJS.Signals | null): string {
    if (this.#isHeapFull) return `ran out of JavaScript memory; ${MORE_HEAP}`;
    if (signal === "SIGKILL") return this.#killedBecause ?? KILLED;
    return signal === null ? `exited with code ${code}` : `was killed by ${signal}`;
  }

  #ended(how: string): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#markReady();
    this.#listener.exit(this, how);
  }
}

/**
 * Calls `action` when everything has arrived that native code and child processes wrote to fd 1 and 2 before the message
 * just read: the next turn of the event loop finds it and reads each pipe until it is empty.
 */
function afterOutput(action: () => void): void {
  setImmediate(() => setImmediate(action));
}
