// A notebook's session: its cells, its workers and what passes between them and the front end.
// It knows Jupyter's message types but nothing of sockets.

import { fileURLToPath } from "node:url";
import type { MimeBundle } from "notebooster/host";
import { Debugger } from "../debugger/debugger.js";
import { splitAtLaunch } from "../language/launch-split.js";
import { parseMagics } from "../language/magics.js";
import type { CommEvent, FromWorker, Outcome, Rendered } from "../link/messages.js";
import type { Message } from "../wire/message.js";
import { CellCompiler } from "./cell-compiler.js";
import { type CellResult, describeOutcome } from "./cell-result.js";
import { CellOutput, Cells, type Publish } from "./cells.js";
import { ClusterControl } from "./cluster-control.js";
import { CommRouter } from "./comm-router.js";
import { duration } from "./duration.js";
import { Input, type SendInputRequest } from "./input.js";
import { InterruptedBefore } from "./interrupted.js";
import type { Language } from "./language.js";
import { lostError } from "./loss.js";
import { Losses } from "./losses.js";
import type { Rank } from "./rank.js";
import { RankPositions } from "./rank-positions.js";
import { Reports } from "./reports.js";
import { RunningCells } from "./running-cells.js";

/** Our own built files: their stack frames are no business of a notebook. */
const MACHINERY = fileURLToPath(new URL("../..", import.meta.url));

export interface CellRequest {
  readonly source: string;
  /** The request whose answer this is. */
  readonly request: Message;
  readonly allowsInput: boolean;
  readonly executionCount: number;
  readonly isSilent: boolean;
  readonly expressions: Record<string, string>;
}

type CompileModule = Extract<FromWorker, { kind: "compile-module" }>;
type InputMessage = Extract<FromWorker, { kind: "input" }>;

interface PartContext {
  readonly output: CellOutput;
  readonly request: CellRequest;
  readonly chosen: readonly number[] | undefined;
}

export class Session {
  readonly #publish: Publish;
  readonly #folder: string;
  readonly #compiler: CellCompiler;
  readonly #cells = new Cells();
  readonly #cluster: ClusterControl;
  readonly #running: RunningCells;
  readonly #positions = new RankPositions();
  readonly #losses: Losses;
  readonly #reports: Reports;
  readonly comms: CommRouter;
  readonly input: Input;
  readonly debugger: Debugger;
  #numCells = 0;
  #numInterrupts = 0;
  /** Fresh workers on their way because a cell asked for them; resolves with what to say then. */
  #launching: Promise<string> | undefined;
  #latest: CellOutput | undefined;

  /** `folder` is the notebook's folder, where cells run. */
  constructor(folder: string, publish: Publish, sendInputRequest: SendInputRequest) {
    this.#publish = publish;
    this.#folder = folder;
    this.input = new Input(sendInputRequest);
    this.#compiler = new CellCompiler(folder, MACHINERY);
    const cells = this.#cells;
    this.#reports = new Reports({ folder, cells, publish, failed: this.#warn });
    this.#cluster = new ClusterControl({
      folder,
      lost: (reason) => this.#lost(reason),
      restarting: (numRanks) => this.#restarting(numRanks),
      listener: {
        message: (rank, message, buffers) => this.#receive(rank, message, buffers),
        native: (rank, name, text) => this.#latest?.stream(rank.rank, name, text),
        exit: (rank, how) => this.#died(rank, how),
      },
    });
    this.#running = new RunningCells(this.#cluster);
    this.#losses = new Losses(this.#cluster);
    this.debugger = new Debugger(this.#compiler.maps, MACHINERY, {
      linkOf: (wanted) => this.#cluster.ranks.find(({ rank }) => rank === wanted)?.inspector,
      emit: (event) => publish({ type: "debug_event", content: { ...event } }),
      warn: this.#warn,
    });
    const { commOwners } = this.#reports;
    this.comms = new CommRouter(commOwners, { receive: this.#toWorker }, publish);
  }

  /** Starts the workers; cells wait until they listen. */
  start(): void {
    this.#cluster.start();
  }

  /** Runs one cell to its end, its output published on the way. */
  async execute(request: CellRequest): Promise<CellResult> {
    const cell = String(++this.#numCells);
    const output = new CellOutput({
      ...{ publish: this.#publish, folder: this.#folder, parent: request.request.header },
      ...{ isSilent: request.isSilent, executionCount: request.executionCount },
    });
    this.#cells.add(cell, output);
    if (!this.isRunning) this.#latest = output; // else it may be but a question beside the cell that runs
    this.input.begin(cell, request);
    try {
      const outcome = await this.#evaluate(cell, output, request);
      await this.#reports.cellEnded(cell, outcome, output);
      return describeOutcome(outcome, (error) => this.#compiler.format(error));
    } catch (mistake) {
      if (!(mistake instanceof Error)) throw mistake;
      const traceback = this.#compiler.formatMistake(
        mistake,
        request.source,
        request.executionCount,
      );
      return { status: "error", ...traceback };
    } finally {
      output.end();
      this.input.end(cell);
    }
  }

  /** Interrupts what runs, one stage further each time, and what is about to. */
  interrupt(): void {
    this.#numInterrupts += 1;
    this.input.interrupt();
    this.language.interrupt();
    this.#cluster.interrupt();
    this.#running.interrupt(this.#cluster.ranks);
  }

  get language(): Language {
    return this.#compiler.language;
  }

  /** Whether a cell runs. */
  get isRunning(): boolean {
    return this.#running.isAny;
  }

  /** Names that complete a member of `object`, or of the global scope when it is empty. */
  async complete(object: string): Promise<string[]> {
    const names = await this.#cluster.ranks[0]?.ask({ kind: "complete", object });
    return Array.isArray(names) ? (names as string[]) : [];
  }

  async inspect(expression: string): Promise<Rendered | undefined> {
    const found = await this.#cluster.ranks[0]?.ask({ kind: "inspect", expression });
    return (found ?? undefined) as Rendered | undefined;
  }

  /** Kills the workers and what magics have started, and removes everything temporary. */
  close(): void {
    this.language.interrupt();
    this.#cluster.close();
  }

  async #evaluate(cell: string, output: CellOutput, request: CellRequest): Promise<Outcome> {
    const began = performance.now();
    const { code, debugRank, ranks: chosen, ...commands } = parseMagics(request.source);
    const say = (text: string): void => output.say(text);
    const tell = (text: string): void => say(`${text}\n`);
    for (const command of commands.clusterCommands) tell(await this.#cluster.obey(command, tell));
    const first = await this.language.obey(commands.languageCommands, say); // for the line of a magic, now empty
    if (debugRank !== undefined) tell(await this.debugger.choose(debugRank));
    let outcome: Outcome = { status: "ok", expressions: {} };
    for (const [i, part] of (await splitAtLaunch(first + code)).entries()) {
      if (outcome.status === "error" || part.trim() === "") break;
      const name = i === 0 ? cell : `${cell}.${i}`;
      this.#cells.add(name, output);
      outcome = await this.#evaluatePart(name, part, { output, request, chosen });
      const text = await this.#launching;
      this.#launching = undefined;
      if (text !== undefined) tell(text);
    }
    if (commands.isTimed) tell(`wall time: ${duration(performance.now() - began)}`);
    return outcome;
  }

  async #evaluatePart(cell: string, code: string, context: PartContext): Promise<Outcome> {
    const { output, request, chosen } = context;
    const { executionCount, expressions } = request;
    const numInterrupts = this.#numInterrupts;
    const warn = (data: MimeBundle): void =>
      output.publish("display_data", { data, metadata: {}, transient: {} });
    const work = await this.#compiler.compile({ cell, executionCount, code, expressions, warn });
    const ranks = this.#cluster.choose(chosen);
    await this.#cluster.listening(ranks, () => undefined);
    const error = this.#losses.before(ranks);
    if (error !== undefined) return { status: "error", error };
    this.#latest = output;
    if (this.#cluster.numRanks > 1) output.foldOthers(ranks[0]?.rank ?? 0);
    await this.debugger.beforeCell(cell, request.source);
    if (numInterrupts !== this.#numInterrupts) throw new InterruptedBefore();
    const placed = this.#positions.tell(work, ranks);
    const outcome = await this.#running.run(placed, ranks, (text) => output.warn(text));
    await this.#positions.after(outcome, this.#cluster.ranks);
    return outcome;
  }

  #receive(rank: Rank, message: FromWorker, buffers: Uint8Array[]): void {
    if (message.kind === "done") this.#running.done(rank, message);
    else if (message.kind === "comm") this.#fromWorker(message, buffers);
    else if (message.kind === "input") void this.#ask(rank, message);
    else if (message.kind === "launch") this.#launch(rank, message.cell, message.numRanks);
    else if (message.kind === "compile-module") void this.#compileModule(rank, message);
    else if (!this.#reports.take(rank.rank, message, buffers)) this.#show(rank, message);
  }

  async #compileModule(rank: Rank, { id, path, source }: CompileModule): Promise<void> {
    const answer = await this.#compiler.modules.compile(path, source);
    rank.send({ kind: "module", id, answer });
  }

  /** Starts other workers because a cell asks; all its ranks do, and the first is heard. */
  #launch(rank: Rank, cell: string, numRanks: number): void {
    if (!this.#cluster.ranks.includes(rank)) return;
    this.#running.leave(cell);
    const output = this.#latest;
    this.#launching = this.#cluster.launch(numRanks, (text) => output?.say(`${text}\n`));
  }

  async #ask(rank: Rank, { cell, id, question }: InputMessage): Promise<void> {
    rank.answer(id, await this.input.ask(cell, rank.rank, question));
  }

  #show(rank: Rank, message: FromWorker): void {
    if (!("cell" in message)) return;
    const output = this.#cells.get(message.cell) ?? this.#latest;
    if (message.kind === "stream")
      output?.stream(rank.rank, message.name, this.#compiler.readable(message.text));
    else if (message.kind === "clear") output?.clear(rank.rank, message.wait);
    else if (message.kind === "display") {
      this.#reports.shown(message.bundle);
      output?.display(rank.rank, message, message.displayId, message.update);
    } else if (message.kind === "late-error") {
      const { traceback } = this.#compiler.format(message.error);
      output?.stream(rank.rank, "stderr", `${message.what}: ${traceback.join("\n")}\n`);
    }
  }

  readonly #warn = (text: string): void => {
    this.#latest?.warn(text);
  };

  readonly #toWorker = (event: CommEvent, buffers: Uint8Array[]): void => {
    const [rank] = this.#cluster.ranks;
    if (rank !== undefined) rank.send({ ...event, cell: String(this.#numCells) }, buffers);
    else if (event.event === "open") this.#fromWorker({ ...event, event: "close" }, []);
  };

  #fromWorker(event: CommEvent & { readonly cell?: string }, buffers: readonly Uint8Array[]): void {
    this.comms.emit(event, buffers, this.#cells.get(event.cell ?? "")?.parent);
  }

  #lost(reason: string): void {
    this.debugger.lost();
    this.comms.dropWorkers();
    this.#reports.workersEnded(this.isRunning);
    this.#running.lost(lostError("WorkerDied", reason, this.#cluster.numRanks));
  }

  /** One worker has ended; a fresh one takes its place. */
  #died(rank: Rank, how: string): void {
    if (rank.rank === 0) this.comms.dropWorkers(); // comms are its alone
    this.debugger.lost(rank.rank);
    this.#reports.workersEnded(this.isRunning);
    if (!this.#running.died(rank, how)) this.#warn(this.#losses.note(rank, how));
  }

  #restarting(numRanks: number): void {
    this.#losses.forget();
    this.debugger.lost();
    this.comms.dropWorkers();
    this.#reports.restarting(numRanks);
    this.language.forget();
    this.#running.lost(lostError("WorkerDied", "the workers were replaced", numRanks));
  }
}
