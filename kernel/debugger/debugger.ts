// Jupyter's debug requests, the Debug Adapter Protocol, for one rank at a time. V8's inspector does the work
// (inspector-link.ts). Nothing of it runs before a front end switches it on, and then only the chosen rank is slower.

import { basename } from "node:path";
import { compileForStop } from "../language/compile.js";
import type { CellMaps } from "../language/source-maps.js";
import { Attached, type PauseState } from "./attached.js";
import { type Breakpoint, Breakpoints } from "./breakpoints.js";
import { type Command, type DapBody, type DapEvent, type DapRequest, DebugError } from "./dap.js";
import { Inspection } from "./inspection.js";
import type { InspectorLink } from "./inspector-link.js";
import { HASH_METHOD, HASH_SEED, Sources, SUFFIX } from "./sources.js";
import type { Stop } from "./stop.js";

/** What the debugger needs of its session. */
export interface DebuggerHost {
  /** The inspector of a rank, or undefined while there is no such rank. */
  readonly linkOf: (rank: number) => InspectorLink | undefined;
  /** Publishes an event. */
  readonly emit: (event: DapEvent) => void;
  /** Shows a line in the running cell. */
  readonly warn: (text: string) => void;
}

const CAPABILITIES = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsExceptionInfoRequest: true,
  supportsModulesRequest: true,
  exceptionBreakpointFilters: [
    { filter: "uncaught", label: "Uncaught exceptions", default: false },
    { filter: "all", label: "All exceptions", default: false },
  ],
};
/** See src/cluster/environment.ts. */
const COLLECTIVE_MINUTES = 10;
/** What front ends read of every answer, also of one that failed. */
const NOTHING = { stackFrames: [], scopes: [], variables: [], breakpoints: [], modules: [] };

export class Debugger {
  readonly #host: DebuggerHost;
  readonly #machinery: string;
  readonly #sources: Sources;
  readonly #breakpoints: Breakpoints;
  #rank = 0;
  #isStarted: boolean = false;
  #pauseState: PauseState = "none";
  #attached: Attached | undefined;
  #numEvents = 0;
  readonly #inspection: Inspection;

  /** `maps` lead to the lines of cells; nobody steps into files below `machinery`. */
  constructor(maps: CellMaps, machinery: string, host: DebuggerHost) {
    this.#host = host;
    this.#machinery = machinery;
    this.#sources = new Sources(maps);
    this.#breakpoints = new Breakpoints(this.#sources);
    this.#inspection = new Inspection(() => this.#required(), compileForStop);
  }

  /** Answers one request; never rejects. */
  async answer({ seq, command, arguments: args }: DapRequest): Promise<DapBody> {
    const head = { type: "response", request_seq: seq, seq: seq + 1, command };
    try {
      const known = this.#commands[command] ?? this.#inspection.commands[command];
      if (known === undefined) throw new DebugError(`the debugger does not know ${command}`);
      return { ...head, success: true, body: await known(args) };
    } catch (failure) {
      const message = failure instanceof Error ? failure.message : String(failure);
      return { ...head, success: false, message, body: NOTHING };
    }
  }

  /** Notes a cell that is about to run and waits until its breakpoints are set. */
  async beforeCell(cell: string, text: string): Promise<void> {
    if (!this.#isStarted) {
      this.#sources.note(cell, text);
      return;
    }
    try {
      const path = this.#sources.ran(cell, text);
      const attached = await this.#attach();
      await attached.beforeCell(cell, path);
    } catch (failure) {
      this.#host.warn(`this cell runs without the debugger: ${(failure as Error).message}`);
    }
  }

  /** Attends another rank from now on; returns what a person needs to know. */
  async choose(rank: number): Promise<string> {
    if (this.#host.linkOf(rank) === undefined)
      throw new DebugError(`there is no rank ${rank}; %cluster status lists those that are`);
    if (rank !== this.#rank) await this.#detach();
    this.#rank = rank;
    if (!this.#isStarted) return `the debugger will attend rank ${rank} once it is switched on`;
    await this.#attach();
    return `the debugger attends rank ${rank}`;
  }

  /** The workers are gone; the debugger stays on for those that follow. */
  lost(rank = this.#rank): void {
    if (rank !== this.#rank) return;
    this.#attached?.lost();
    this.#attached = undefined;
  }

  readonly #commands: Readonly<Record<string, Command>> = {
    initialize: () => this.#start(),
    attach: (args) => this.#attachTo(args),
    configurationDone: () => ({}),
    disconnect: () => this.#disconnect(),
    debugInfo: () => this.#info(),
    dumpCell: ({ code }) => ({ sourcePath: this.#sources.dump(String(code)) }),
    setBreakpoints: (args) => this.#setBreakpoints(args),
    setExceptionBreakpoints: ({ filters }) => this.#setExceptions(filters as string[]),
    modules: () => this.#modules(),
    threads: () => ({ threads: [{ id: this.#threadId, name: `rank ${this.#rank}` }] }),
    source: ({ source }) => this.#source((source ?? {}) as { path?: string }),
    continue: () => this.#on((attached) => attached.resume()),
    next: () => this.#on((attached) => attached.step("Debugger.stepOver")),
    stepIn: () => this.#on((attached) => attached.step("Debugger.stepInto")),
    stepOut: () => this.#on((attached) => attached.step("Debugger.stepOut")),
    pause: () => this.#on((attached) => attached.step("Debugger.pause")),
  };

  get #threadId(): number {
    return this.#rank + 1;
  }

  #start(): DapBody {
    if (this.#host.linkOf(this.#rank) === undefined) {
      throw new DebugError(`there is no rank ${this.#rank}: start workers with %cluster`);
    }
    this.#isStarted = true;
    this.#sources.nameNoted();
    return CAPABILITIES;
  }

  async #attachTo({ rank }: DapBody): Promise<DapBody> {
    this.#start();
    if (typeof rank === "number") await this.choose(rank);
    await this.#attach();
    this.#emit("initialized", {});
    return {};
  }

  async #disconnect(): Promise<DapBody> {
    this.#isStarted = false;
    this.#breakpoints.clear();
    await this.#detach();
    return {};
  }

  /** The rank's connection, made anew when the workers are others than before. */
  async #attach(): Promise<Attached> {
    const link = this.#host.linkOf(this.#rank);
    if (link === undefined) throw new DebugError(`there is no rank ${this.#rank}`);
    if (this.#attached?.link === link) return this.#attached;
    const attached = new Attached({
      rank: this.#rank,
      link,
      sources: this.#sources,
      machinery: this.#machinery,
      breakpoints: this.#breakpoints,
      changed: (stop) => this.#changed(attached, stop),
    });
    this.#attached = attached;
    await attached.enable(this.#pauseState);
    return attached;
  }

  async #detach(): Promise<void> {
    const attached = this.#attached;
    this.#attached = undefined;
    await attached?.disable().catch(() => undefined); // a worker that is gone needs no disabling
  }

  async #on(action: (attached: Attached) => Promise<void>): Promise<DapBody> {
    await action(this.#required());
    return { allThreadsContinued: false };
  }

  #required(): Attached {
    if (this.#attached === undefined) throw new DebugError("the debugger is not attached");
    return this.#attached;
  }

  #changed(attached: Attached, stop: Stop | undefined): void {
    const threadId = attached.rank + 1;
    if (stop?.place === undefined) {
      this.#emit("continued", { threadId, allThreadsContinued: false });
      return;
    }
    const { reason, exception, place } = stop;
    const text = exception === undefined ? {} : { text: exception };
    this.#warnOthers(`${place.source.name}, line ${place.line}`);
    this.#emit("stopped", { reason, threadId, allThreadsStopped: false, ...text });
  }

  /** The other ranks run on until they need the one that is stopped. */
  #warnOthers(place: string): void {
    const hasOthers = this.#host.linkOf(this.#rank === 0 ? 1 : 0) !== undefined;
    if (!hasOthers) return;
    const wait = `for ${COLLECTIVE_MINUTES} minutes at most unless NOTEBOOSTER_TIMEOUT_MS says otherwise`;
    this.#host.warn(
      `rank ${this.#rank} is stopped by the debugger at ${place}; collectives of the others wait for it, ${wait}`,
    );
  }

  #info(): DapBody {
    const { prefix } = this.#sources;
    return {
      isStarted: this.#isStarted,
      hashMethod: HASH_METHOD,
      hashSeed: HASH_SEED,
      tmpFilePrefix: prefix,
      tmpFileSuffix: SUFFIX,
      breakpoints: [...this.#breakpoints.all].map(([source, breakpoints]) => ({
        source,
        breakpoints,
      })),
      stoppedThreads: this.#attached?.stop === undefined ? [] : [this.#threadId],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    };
  }

  async #setBreakpoints(args: DapBody): Promise<DapBody> {
    const { path = "" } = (args["source"] ?? {}) as { path?: string };
    const wanted = (args["breakpoints"] ?? []) as Breakpoint[];
    await this.#breakpoints.set(path, wanted, this.#attached?.link);
    const source = { path };
    return { breakpoints: wanted.map(({ line }, id) => ({ id, line, source, verified: true })) };
  }

  async #setExceptions(filters: readonly string[]): Promise<DapBody> {
    this.#pauseState = filters.includes("all")
      ? "all"
      : filters.includes("uncaught")
        ? "uncaught"
        : "none";
    await this.#attached?.pauseOnExceptions(this.#pauseState);
    return {};
  }

  /** The person's files that are loaded. */
  #modules(): DapBody {
    const files = this.#attached?.files ?? [];
    const modules = files.map((path, id) => ({ id, name: basename(path), path }));
    return { modules, totalModules: modules.length };
  }

  #source({ path = "" }: { path?: string }): DapBody {
    return { content: this.#sources.text(path), mimeType: "text/typescript" };
  }

  #emit(event: string, body: DapBody): void {
    this.#numEvents += 1;
    this.#host.emit({ type: "event", seq: this.#numEvents, event, body });
  }
}
