// execute_request: one cell after the other, in order of arrival. After an error the cells that wait
// behind it are answered `aborted`, unless the request said otherwise.

import { setTimeout as delay } from "node:timers/promises";
import { asksForStatus } from "../language/magics.js";
import { questionOf } from "../language/question.js";
import type { Traceback } from "../language/stack.js";
import type { Rendered } from "../link/messages.js";
import type { CellResult } from "../session/cell-result.js";
import type { Content, Draft, Header } from "../wire/message.js";
import type { Activity } from "./activity.js";
import { lookUp } from "./inspect.js";
import type { KernelParts, Request } from "./request.js";

/** Cells sent together with one that fails at once arrive within this time and are aborted with it. */
const GATHER_MS = 5;
/** `NAME?` is a cell of its own, which may take as long as a fresh kernel needs to read the libraries. */
const EXPLAIN_MS = 30_000;

/** `exit` alone asks a console to end. */
const LEAVE: CellResult = {
  ...{ status: "ok", expressions: {} },
  payload: [{ source: "ask_exit", keepkernel: false }],
};

type Options = ReturnType<typeof readOptions>;

interface Wire {
  readonly activity: Activity;
  readonly publish: (draft: Draft) => void;
  /** As `publish`, once the jobs that are ready have run. */
  readonly publishSoon: (draft: Draft) => void;
  /** Sends the reply to a request. */
  readonly reply: (request: Request, content: Content, metadata: Content) => void;
}

interface Job {
  readonly run: () => Promise<unknown>;
  readonly abort: () => Promise<unknown>;
}

export class ExecuteQueue {
  readonly #parts: KernelParts;
  readonly #wire: Wire;
  #jobs: Job[] = [];
  #work: Promise<void> | undefined;

  constructor(parts: KernelParts, wire: Wire) {
    this.#parts = parts;
    this.#wire = wire;
  }

  /** Whether a cell runs or waits. */
  get isBusy(): boolean {
    return this.#work !== undefined;
  }

  /** Runs a request after those that came before. What asks for the state of ranks that run a cell does not wait for it. */
  add(request: Request): void {
    const job = { run: () => this.#execute(request), abort: () => this.#abort(request) };
    const isNext = this.#jobs.length === 0;
    const isAside = asksForStatus(String(request.message.content["code"] ?? ""));
    if (isAside && isNext && this.#parts.session.isRunning) void job.run();
    else this.#push(job);
  }

  /** Runs `action` after the cells received so far; an error of theirs does not keep it from running. */
  after(action: () => Promise<unknown>): void {
    this.#push({ run: action, abort: action });
  }

  /** Answers every waiting cell `aborted`; the one that runs goes on. */
  async abortWaiting(): Promise<void> {
    for (const job of this.#jobs.splice(0)) await job.abort();
  }

  #push(job: Job): void {
    this.#jobs.push(job);
    this.#work ??= this.#runAll();
  }

  async #runAll(): Promise<void> {
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) await job.run();
    this.#work = undefined;
  }

  /** Runs one request and answers it. */
  async #execute(request: Request): Promise<void> {
    const { header, content } = request.message;
    const started = new Date().toISOString();
    this.#wire.activity.beginCell(header);
    const options = readOptions(content);
    if (options.storesHistory) this.#parts.executions.count += 1;
    const { count } = this.#parts.executions;
    if (!options.isSilent) {
      this.#announce("execute_input", { code: options.source, execution_count: count }, header);
    }
    // its worker has the cell when this happens
    if (options.storesHistory)
      process.nextTick(() => this.#parts.history.add(count, options.source));
    const result = await this.#run(options, count, request);
    const isStopping = result.status === "error" && options.stopsOnError;
    if (isStopping) await delay(GATHER_MS);
    const aborted = isStopping ? this.#jobs.splice(0) : [];
    const metadata = { started, status: result.status, dependencies_met: true };
    this.#wire.reply(request, replyOf(result, count), metadata);
    if (!options.isSilent) this.#show(result, count, header);
    this.#wire.activity.endCell(header);
    if (options.storesHistory && result.status === "ok" && result.result !== undefined) {
      this.#parts.history.setOutput(count, String(result.result.bundle["text/plain"] ?? ""));
    }
    for (const job of aborted) await job.abort();
  }

  async #run(options: Options, executionCount: number, request: Request): Promise<CellResult> {
    const { source } = options;
    if (/^\s*(exit|quit)\s*$/.test(source)) return LEAVE;
    const question = questionOf(source);
    if (question !== undefined) return this.#explain(question);
    return this.#parts.session.execute({ ...options, request: request.message, executionCount });
  }

  /** Answers `name?` with a page, which front ends show below the cell. */
  async #explain(name: string): Promise<CellResult> {
    const content = { code: name, cursor_pos: [...name].length, detail_level: 0 };
    const found = await lookUp(content, this.#parts.session, EXPLAIN_MS);
    if (found["found"] === true)
      return {
        ...{ status: "ok", expressions: {} },
        payload: [{ source: "page", data: found["data"], start: 0 }],
      };
    const evalue = `${name} has no value yet`;
    return { status: "error", ename: "NotFoundError", evalue, traceback: [evalue] };
  }

  async #abort(request: Request): Promise<void> {
    const content = { status: "aborted", execution_count: this.#parts.executions.count };
    await this.#wire.activity.during(request.message.header, async () =>
      this.#wire.reply(request, content, { status: "aborted" }),
    );
  }

  #show(result: CellResult, count: number, parent: Header): void {
    if (result.status === "error") {
      const { ename, evalue, traceback } = result;
      this.#publish("error", { ename, evalue, traceback }, parent);
    } else if (result.result !== undefined) {
      const { bundle: data, metadata } = result.result;
      this.#publish("execute_result", { execution_count: count, data, metadata }, parent);
    }
  }

  #announce(type: string, content: Content, parent: Header): void {
    this.#wire.publishSoon({ type, content, parent });
  }

  #publish(type: string, content: Content, parent: Header): void {
    this.#wire.publish({ type, content, parent });
  }
}

function readOptions(content: Content) {
  const isSilent = content["silent"] === true;
  const expressions = (content["user_expressions"] ?? {}) as Record<string, unknown>;
  return {
    source: String(content["code"] ?? ""),
    isSilent,
    storesHistory: !isSilent && content["store_history"] !== false,
    allowsInput: content["allow_stdin"] === true,
    stopsOnError: content["stop_on_error"] !== false,
    expressions: Object.fromEntries(
      Object.entries(expressions).map(([name, code]) => [name, String(code)]),
    ),
  };
}

function replyOf(result: CellResult, count: number): Content {
  if (result.status === "error") return { ...result, execution_count: count };
  const expressions = Object.entries(result.expressions).map(([name, value]) => [
    name,
    expression(value),
  ]);
  const user_expressions: unknown = Object.fromEntries(expressions);
  const { payload = [] } = result;
  return { status: "ok", execution_count: count, payload, user_expressions };
}

function expression(value: Rendered | Traceback): Content {
  if (!("bundle" in value)) return { status: "error", ...value };
  return { status: "ok", data: value.bundle, metadata: value.metadata };
}
