// `notebooster run`: a notebook executed headless through the real kernel.

import { dirname, resolve } from "node:path";
import { type RunningKernel, startKernel } from "../client/start-kernel.js";
import type { Message } from "../wire/message.js";
import { requireConverter, writeHtml } from "./html.js";
import { type Cell, type Notebook, readNotebook, sourceOf, writeNotebook } from "./notebook.js";
import { OutputCollector } from "./output-collector.js";
import { injectParameters } from "./parameters.js";
import { ProgressLine } from "./progress-line.js";
import { parseRunOptions, type RunOptions, USAGE } from "./run-options.js";
import { timingTable } from "./timing-table.js";
import { UsageError } from "./usage-error.js";
import { WidgetState } from "./widget-state.js";

const EXIT = { ok: 0, cellFailed: 1, usage: 2, interrupted: 130 } as const;
/** Widgets gather changes for a moment; see src/widgets/widget.ts. */
const LAST_CHANGES_MS = 100;
/** Time for an interrupted cell to end before the kernel is given up. */
const STOP_MS = 5000;

/** Runs the command with its arguments; resolves with the exit code. */
export async function run(argv: string[]): Promise<number> {
  try {
    const options = parseRunOptions(argv);
    if (options !== undefined) return await execute(options);
    console.log(USAGE);
    return EXIT.ok;
  } catch (mistake) {
    if (!(mistake instanceof UsageError)) throw mistake;
    console.error(mistake.message);
    return EXIT.usage;
  }
}

async function execute(options: RunOptions): Promise<number> {
  const notebook = await readNotebook(options.notebook);
  injectParameters(notebook, options.parameters);
  const isHtml = /\.html?$/.test(options.output);
  if (isHtml) requireConverter();
  const kernel = await startKernel({
    folder: dirname(resolve(options.notebook)),
    environment: { NOTEBOOSTER_HISTORY: "off" }, // nobody typed these cells
  });
  const runner = new NotebookRunner(kernel, notebook, options);
  const stop = (): void => runner.interrupt();
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    return await runner.run();
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await kernel.shutdown();
    await (isHtml ? writeHtml : writeNotebook)(options.output, notebook);
    console.error(`wrote ${options.output}`);
    if (options.printsTiming) console.error(timingTable(codeCells(notebook)));
  }
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
  readonly #cellOfRequest = new Map<string, Cell>();
  #isInterrupted: boolean = false;

  constructor(kernel: RunningKernel, notebook: Notebook, options: RunOptions) {
    this.#kernel = kernel;
    this.#options = options;
    this.#notebook = notebook;
    this.#cells = codeCells(notebook);
    this.#progress = new ProgressLine(this.#cells.length, process.stderr);
    for (const cell of this.#cells) Object.assign(cell, { outputs: [], execution_count: null });
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
    let exitCode: number = EXIT.ok;
    try {
      await this.#prepare();
      for (const [index, cell] of this.#cells.entries()) {
        if (sourceOf(cell).trim() === "") continue;
        this.#progress.begin(index + 1);
        const problem = await this.#runCell(cell);
        if (problem === undefined) continue;
        this.#report(index + 1, problem);
        exitCode = this.#options.allowErrors ? EXIT.ok : EXIT.cellFailed;
        if (this.#isInterrupted) return EXIT.interrupted;
        if (!this.#options.allowErrors) return exitCode;
      }
      return exitCode;
    } finally {
      this.#progress.end();
      await this.#waitForTypes();
      await this.#keepWidgets();
    }
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

  /** Runs one cell; resolves with the text of its error, if it fails. */
  async #runCell(cell: Cell): Promise<string | undefined> {
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
        stopOnError: !this.#options.allowErrors,
      }),
    );
    if (typeof reply === "string") return reply;
    times["shell.execute_reply"] = reply.header.date;
    cell.metadata["execution"] = times;
    if (reply.content["status"] === "ok") return undefined;
    return (reply.content["traceback"] as string[] | undefined)?.join("\n") ?? "aborted";
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

  #report(index: number, problem: string): void {
    this.#progress.end();
    console.error(`cell ${index} of ${this.#cells.length} failed:\n${problem}`);
  }
}

function describe(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

function elapse(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}
