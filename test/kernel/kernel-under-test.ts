// A real kernel per test file, and what a cell shows in the few words a test needs.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll } from "vitest";
import type { ExecuteOptions } from "../../dist/kernel/client/client.js";
import { type RunningKernel, startKernel } from "../../dist/kernel/client/start-kernel.js";
import type { Message } from "../../dist/kernel/wire/message.js";

export interface Shown {
  readonly reply: Record<string, unknown>;
  /** Messages between busy and idle, statuses and the input left out. */
  readonly messages: readonly Message[];
  readonly stdout: string;
  readonly stderr: string;
  /** text/plain of the result, if there is one. */
  readonly result: string | undefined;
  /** Traceback as one text, empty without an error. */
  readonly error: string;
}

/** Options of a kernel under test. */
export interface KernelOptions {
  /** Whether it checks types of cells beside running them, as kernels do; default false, which spares a thread. */
  readonly types?: boolean;
}

export class KernelUnderTest {
  readonly folder = mkdtempSync(join(tmpdir(), "notebooster-test-"));
  readonly #environment: NodeJS.ProcessEnv;
  readonly #options: KernelOptions;
  /** Who waits for a message. */
  readonly #waits = new Set<(message: Message) => void>();
  #running: RunningKernel | undefined;

  constructor(environment: NodeJS.ProcessEnv = {}, options: KernelOptions = {}) {
    this.#environment = environment;
    this.#options = options;
  }

  get running(): RunningKernel {
    if (this.#running === undefined) throw new Error("the kernel of this test was not started");
    return this.#running;
  }

  get client() {
    return this.running.client;
  }

  /** Starts it in `folder`, by default one of its own. */
  async start(folder = this.folder): Promise<void> {
    const history = { NOTEBOOSTER_HISTORY: join(this.folder, "history") };
    const check = this.#options.types === true ? {} : { NOTEBOOSTER_CHECK: "off" };
    const environment = { ...history, ...check, ...this.#environment };
    this.#running = await startKernel({ folder, environment });
  }

  async stop(): Promise<void> {
    await this.#running?.shutdown();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs one cell and waits for its end. */
  async run(code: string, options: ExecuteOptions = {}): Promise<Shown> {
    const messages: Message[] = [];
    const onOutput = (message: Message): void => {
      if (!["status", "execute_input"].includes(message.header.msg_type)) messages.push(message);
    };
    const reply = await this.client.execute(code, { ...options, onOutput });
    return describe(reply.content, messages);
  }

  /** Runs a cell, interrupts it once it has displayed "begun", which it does in the state that is meant, and returns how it ended. */
  async interrupted(code: string, numInterrupts = 1): Promise<Shown> {
    const begun = this.begun();
    const ending = this.run(code);
    await Promise.race([ending, begun]);
    for (let i = 0; i < numInterrupts; i += 1) await this.client.interrupt();
    return ending;
  }

  /** Resolves when a cell displays "begun". */
  async begun(): Promise<void> {
    await this.next(({ content }) => isDeepStrictEqual(content["data"], { "text/plain": "begun" }));
  }

  /** Resolves when a cell says this, in a stream or otherwise. */
  said(text: string): Promise<Message> {
    return this.next(({ content }) => JSON.stringify(content).includes(text));
  }

  /** The next IOPub message that `accepts`. */
  next(accepts: (message: Message) => boolean): Promise<Message> {
    this.client.onIopub = (message) => {
      for (const wait of this.#waits) wait(message);
    };
    return new Promise((resolve) => {
      const wait = (message: Message): void => {
        if (!accepts(message)) return;
        this.#waits.delete(wait);
        resolve(message);
      };
      this.#waits.add(wait);
    });
  }
}

/** Code that displays "begun". */
export const BEGIN = 'display({ "text/plain": "begun" });';

/** A kernel started before the tests of a file and ended after them. */
export function useKernel(
  environment: NodeJS.ProcessEnv = {},
  options: KernelOptions = {},
): KernelUnderTest {
  const kernel = new KernelUnderTest(environment, options);
  beforeAll(() => kernel.start());
  afterAll(() => kernel.stop());
  return kernel;
}

function describe(reply: Record<string, unknown>, messages: readonly Message[]): Shown {
  const text = (name: string): string =>
    messages
      .filter(({ header, content }) => header.msg_type === "stream" && content["name"] === name)
      .map(({ content }) => String(content["text"]))
      .join("");
  const result = messages.find(({ header }) => header.msg_type === "execute_result");
  const error = messages.find(({ header }) => header.msg_type === "error");
  return {
    reply,
    messages,
    stdout: text("stdout"),
    stderr: text("stderr"),
    result: (result?.content["data"] as Record<string, string> | undefined)?.["text/plain"],
    error: ((error?.content["traceback"] ?? []) as string[]).join("\n"),
  };
}
