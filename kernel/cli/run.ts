// `notebooster run`: a notebook executed headless through the real kernel.

import { dirname, resolve } from "node:path";
import { type RunningKernel, startKernel } from "../client/start-kernel.js";
import type { Message } from "../wire/message.js";
import { elapse } from "./elapse.js";
import { type Cell, type Notebook, readNotebook, sourceOf } from "./notebook.js";
import { OutputCollector } from "./output-collector.js";
import { OutputFile } from "./output-file.js";
import { injectParameters } from "./parameters.js";
import { ProgressLine } from "./progress-line.js";
import type { RunOptions } from "./run-options.js";
import { hasTag } from "./tags.js";
import { timingTable } from "./timing-table.js";
import { UsageError } from "./usage-error.js";
import { WidgetState } from "./widget-state.js";

const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;
/** Widgets gather changes for a moment; see src/widgets/widget.ts. */
const LAST_CHANGES_MS = 100;
/** Time for an interrupted cell to end before the kernel is given up. */
const STOP_MS = 5000;
/** Tags of cells, as nbclient has them. */
const SKIP = "skip-execution";
const MAY_FAIL = "raises-exception";

/** What went wrong in a cell. */
interface Problem {
  readonly text: string;
  /** Whether the cell itself failed; else it did not end. */
  readonly isError: boolean;
}

/** Runs the command; resolves with the exit code. */
export async function run(options: RunOptions): Promise<number> {
  try {
    return await execute(options);
  } catch (mistake) {
    if (!(mistake instanceof UsageError)) throw mistake;
    console.error(mistake.message);
    return EXIT.usage;
  }
}

async function execute(options: RunOptions): Promise<number> {
  const notebook = await readNotebook(options.notebook);
  await injectParameters(notebook, options.parameters);
  const output = await OutputFile.open(options.output);
  const kernel = await startKernel({
    folder: dirname(resolve(options.notebook)),
    environment: { NOTEBOOSTER_HISTORY: "off" }, // nobody typed these cells
  });
  const runner = new NotebookRunner({ kernel, notebook, options, output });
  const stop = (): void => runner.interrupt();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  let exitCode: number;
  try {
    exitCode = await runner.run();
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await kernel.shutdown();
  }
  const isWritten = await output.finish(notebook);
  if (options.printsTiming) console.error(timingTable(codeCells(notebook)));
  return isWritten || exitCode !== EXIT.ok ? exitCode : EXIT.failed;
}

function codeCells({ cells }: Notebook): Cell[] {
  return cells.filter(({ cell_type }) => cell_type === "code");
}

class NotebookRunner {
  readonly #kernel: RunningKernel;
  readonly #options: RunOptions;
  readonly #cells: readonly Cell[];
  readonly #progress: ProgressLine;
  readonly #collector = new OutputCollector();
  readonly #widgets = new WidgetState();
  readonly #notebook: Notebook;
  readonly #output: OutputFile;
  readonly #cellOfRequest = new Map<string, Cell>();
  #isInterrupted: boolean = false;

  constructor(parts: {
    kernel: RunningKernel;
    notebook: Notebook;
    options: RunOptions;
    output: OutputFile;
  }) {
    const { kernel, notebook, options, output } = parts;
    this.#kernel = kernel;
    this.#options = options;
    this.#notebook = notebook;
    this.#output = output;
    this.#cells = codeCells(notebook);
    this.#progress = new ProgressLine(this.#cells.length, process.stderr);
    for (const cell of this.#cells)
      if (!hasTag(cell, SKIP)) Object.assign(cell, { outputs: [], execution_count: null });
    kernel.client.onIopub = (message) => {
      this.#widgets.add(message);
      this.#collectLate(message);
    };
  }

  /** Stops after the running cell, which is interrupted. */
  interrupt(): void {
    this.#isInterrupted = true;
    void this.#kernel.client.interrupt();
  }

  /** Executes all cells; resolves with the exit code. */
  async run(): Promise<number> {
    try {
      await this.#prepare();
      for (const [index, cell] of this.#cells.entries()) {
        if (sourceOf(cell).trim() === "" || hasTag(cell, SKIP)) continue;
        const exitCode = await this.#take(cell, index + 1);
        if (exitCode !== EXIT.ok) return exitCode;
      }
      return EXIT.ok;
    } finally {
      this.#progress.end();
      await this.#waitForTypes();
      await this.#keepWidgets();
    }
  }

  /** Runs a cell and keeps what it made; resolves with the exit code that ends the run, or `EXIT.ok` to go on. */
  async #take(cell: Cell, index: number): Promise<number> {
    this.#progress.begin(index);
    const problem = await this.#runCell(cell);
    await this.#output.keep(this.#notebook);
    const mayFail = problem?.isError === true && hasTag(cell, MAY_FAIL);
    if (problem !== undefined && !mayFail) this.#report(index, problem);
    if (this.#isInterrupted) return EXIT.interrupted;
    // a cell may fail where errors are allowed, but not take too long or end the kernel
    const isAllowed = problem === undefined || mayFail;
    return isAllowed || (problem.isError && this.#options.allowErrors) ? EXIT.ok : EXIT.failed;
  }

  /** What is wrong with the types of the last cells may come after their ends. */
  async #waitForTypes(): Promise<void> {
    if (this.#isInterrupted) return;
    const options = { silent: true, storeHistory: false, stopOnError: false };
    await this.#kernel.client.execute("%check", options).catch(describe); // a kernel that is gone has said all
  }

  async #keepWidgets(): Promise<void> {
    if (this.#widgets.isEmpty) return;
    await elapse(LAST_CHANGES_MS);
    for (const { outputs = [] } of this.#cells)
      for (const { data } of outputs)
        this.#widgets.refresh((data ?? {}) as Record<string, unknown>);
    Object.assign(this.#notebook.metadata, this.#widgets.metadata());
  }

  /** Obeys the options that are magics. */
  async #prepare(): Promise<void> {
    const { numRanks, check } = this.#options;
    const magics = [
      ...(check === undefined ? [] : [`%check ${check}`]),
      ...(numRanks === 1 ? [] : [`%cluster ${numRanks}`]),
    ];
    if (magics.length === 0) return;
    const { content } = await this.#kernel.client.execute(magics.join("\n"), {
      storeHistory: false,
    });
    if (content["status"] !== "ok") throw new UsageError(String(content["evalue"]));
  }

  /** Runs one cell; resolves with what went wrong, if something did. */
  async #runCell(cell: Cell): Promise<Problem | undefined> {
    const times: Record<string, string> = {};
    const onOutput = (message: Message): void => {
      const { msg_type: type, date } = message.header;
      this.#cellOfRequest.set(String(message.parent.msg_id), cell);
      if (type === "execute_input")
        cell.execution_count = Number(message.content["execution_count"]);
      if (type === "status") times[`iopub.status.${message.content["execution_state"]}`] = date;
      if (type === "execute_input") times["iopub.execute_input"] = date;
      this.#collector.add(cell, message);
      this.#progress.note(message);
    };
    const reply = await this.#withTimeout(
      this.#kernel.client.execute(sourceOf(cell), {
        onOutput,
        stopOnError: !this.#options.allowErrors && !hasTag(cell, MAY_FAIL),
      }),
    );
    if (typeof reply === "string") return { text: reply, isError: false };
    times["shell.execute_reply"] = reply.header.date;
    cell.metadata["execution"] = times;
    if (reply.content["status"] === "ok") return undefined;
    const traceback = reply.content["traceback"] as string[] | undefined;
    const isError = reply.content["status"] === "error";
    return { text: traceback?.join("\n") ?? "aborted", isError };
  }

  /** The reply, or what to say when the cell did not end in time. */
  async #withTimeout(execution: Promise<Message>): Promise<Message | string> {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined) return execution.catch(describe);
    const late = `timed out after ${timeoutMs / 1000} s`;
    const inTime = await Promise.race([execution.catch(describe), elapse(timeoutMs)]);
    if (inTime !== undefined) return inTime;
    void this.#kernel.client.interrupt();
    const stopped = await Promise.race([execution.catch(describe), elapse(STOP_MS)]);
    if (stopped === undefined) this.#kernel.process.kill("SIGKILL");
    return late;
  }

  /** Output that comes after its cell ended. */
  #collectLate(message: Message): void {
    const cell = this.#cellOfRequest.get(String(message.parent.msg_id));
    const isRunning = this.#kernel.client.isWaiting(String(message.parent.msg_id));
    if (cell !== undefined && !isRunning) this.#collector.add(cell, message);
  }

  #report(index: number, { text }: Problem): void {
    this.#progress.end();
    console.error(`cell ${index} of ${this.#cells.length} failed:\n${text}`);
  }
}

function describe(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
