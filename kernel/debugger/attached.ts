// A rank under the debugger: connected, stopped and let go. Stops outside of the person's code are let go at once.

import type { Debugger } from "node:inspector";
import { fileURLToPath, pathToFileURL } from "node:url";
import { NUM_PREFIX_LINES } from "../language/compile.js";
import type { Breakpoints } from "./breakpoints.js";
import { DebugError } from "./dap.js";
import type { InspectorEvent, InspectorLink, Script } from "./inspector-link.js";
import type { Place, Sources } from "./sources.js";
import { Stop } from "./stop.js";
import { Variables } from "./variables.js";

export type PauseState = "none" | "caught" | "uncaught" | "all";
export type Step =
  | "Debugger.stepOver"
  | "Debugger.stepInto"
  | "Debugger.stepOut"
  | "Debugger.pause";

interface AttachedOptions {
  readonly rank: number;
  readonly link: InspectorLink;
  readonly sources: Sources;
  readonly breakpoints: Breakpoints;
  /** Folder of our own files, whose code nobody steps into. */
  readonly machinery: string;
  /** Called with each stop, and with undefined when the rank goes on. */
  readonly changed: (stop: Stop | undefined) => void;
}

type WayOn = "stop" | "Debugger.resume" | "Debugger.stepOver" | "Debugger.stepInto";

interface StepUnderWay {
  readonly kind: Step;
  /** Where it was asked for. */
  readonly from: Place | undefined;
  numRepeats: number;
}

/** V8 stops several times on a line that awaits, and once more at the end of a function. */
const MAX_REPEATS = 10;

export class Attached {
  readonly rank: number;
  readonly link: InspectorLink;
  readonly variables: Variables;
  readonly #options: AttachedOptions;
  readonly #urls = new Map<string, string>();
  #stop: Stop | undefined;
  #step: StepUnderWay | undefined;
  /** V8's id of the breakpoint at the start of a cell that a pause stops. */
  #start: string | undefined;

  constructor(options: AttachedOptions) {
    this.#options = options;
    this.rank = options.rank;
    this.link = options.link;
    this.variables = new Variables(options.link);
    this.link.onEvent = (event) => this.#notice(event);
  }

  get stop(): Stop | undefined {
    return this.#stop;
  }

  /** Paths of the person's modules that are loaded. */
  get files(): string[] {
    const urls = [...this.#urls.values()];
    const own = urls.filter((url) => url.startsWith("file:") && !this.#isMachinery(url));
    return [...new Set(own.map((url) => fileURLToPath(url)))];
  }

  /** Switches V8's debugger on. */
  async enable(pauseState: PauseState): Promise<void> {
    const { breakpoints, machinery } = this.#options;
    await this.link.post("Debugger.enable", {});
    const ours = literally(pathToFileURL(machinery).href);
    const patterns = ["^node:", "/node_modules/", `^${ours}`];
    await this.link.post("Debugger.setBlackboxPatterns", { patterns });
    await this.pauseOnExceptions(pauseState);
    await breakpoints.applyAll(this.link);
  }

  async disable(): Promise<void> {
    this.link.onEvent = () => undefined;
    try {
      await this.link.post("Debugger.disable", {});
    } finally {
      this.#goneOn();
    }
  }

  async pauseOnExceptions(state: PauseState): Promise<void> {
    await this.link.post("Debugger.setPauseOnExceptions", { state });
  }

  /** Prepares for a cell that is about to run. */
  async beforeCell(cell: string, path: string): Promise<void> {
    await this.link.post("Debugger.setSkipAllPauses", { skip: false }); // an interrupt may have set it
    await this.#options.breakpoints.apply(path, this.link, `cell:${cell}`);
    if (this.#step?.kind === "Debugger.pause") await this.#stopAtStart(cell);
  }

  /** V8 forgets a pause that comes while nothing but black boxes run, such as a timer of ours. */
  async #stopAtStart(cell: string): Promise<void> {
    await this.#letStart();
    const place = { url: `cell:${cell}`, lineNumber: NUM_PREFIX_LINES, columnNumber: 0 };
    const { breakpointId } = await this.link.post("Debugger.setBreakpointByUrl", place);
    this.#start = breakpointId;
  }

  async #letStart(): Promise<void> {
    const breakpointId = this.#start;
    this.#start = undefined;
    if (breakpointId !== undefined)
      await this.link.post("Debugger.removeBreakpoint", { breakpointId });
  }

  async step(kind: Step): Promise<void> {
    const from = kind === "Debugger.pause" ? undefined : this.required().place;
    this.#step = { kind, from, numRepeats: 0 };
    await this.link.post(kind, {});
  }

  async resume(): Promise<void> {
    this.required();
    this.#step = undefined;
    await this.link.post("Debugger.resume", {});
  }

  /** The present stop; throws `DebugError` while code runs. */
  required(): Stop {
    if (this.#stop === undefined) throw new DebugError(`rank ${this.rank} is not stopped`);
    return this.#stop;
  }

  /** The worker is gone. */
  lost(): void {
    this.link.onEvent = () => undefined;
    this.#goneOn();
  }

  #notice(event: InspectorEvent): void {
    if (event.method === "Debugger.scriptParsed") this.#parsed(event.params);
    else if (event.method === "Debugger.resumed") this.#goneOn();
    else void this.#paused(event.params);
  }

  /** Breakpoints of a module come as soon as it is known: before its functions are called, not before it runs. */
  #parsed({ scriptId, url }: Script): void {
    this.#urls.set(scriptId, url);
    if (!url.startsWith("file:") || this.#isMachinery(url)) return;
    const path = this.#options.sources.loaded(url);
    this.#options.breakpoints.apply(path, this.link, url).catch(() => undefined); // the worker is gone
  }

  async #paused(event: Debugger.PausedEventDataType): Promise<void> {
    const stop = new Stop(this.#reason(event), event, (frame) => this.#place(frame));
    const way = event.hitBreakpoints?.length ? "stop" : this.#wayOn(stop);
    if (way !== "stop") {
      await this.link.post(way, {});
      return;
    }
    this.#step = undefined;
    await this.#letStart();
    await this.link.post("Debugger.evaluateOnCallFrame", {
      callFrameId: stop.callFrameId(undefined),
      expression: "__notebooster_debug.flush()", // what was printed before the stop is seen before it
    });
    this.#stop = stop;
    this.#options.changed(stop);
  }

  /** What to do at a stop that no breakpoint asked for. */
  #wayOn({ place }: Stop): WayOn {
    const step = this.#step;
    // a pause stops in whatever comes first, and a step into the person's code is then what was meant
    if (place === undefined)
      return step?.kind === "Debugger.pause" ? "Debugger.stepInto" : "Debugger.resume";
    if (step?.kind !== "Debugger.stepOver" || step.numRepeats >= MAX_REPEATS) return "stop";
    const { from } = step;
    if (from?.line !== place.line || from.source.path !== place.source.path) return "stop";
    step.numRepeats += 1;
    return "Debugger.stepOver";
  }

  #reason({ reason, hitBreakpoints }: Debugger.PausedEventDataType): string {
    if (this.#step?.kind === "Debugger.pause") return "pause";
    if (hitBreakpoints !== undefined && hitBreakpoints.length > 0) return "breakpoint";
    if (reason === "exception" || reason === "promiseRejection") return "exception";
    return this.#step === undefined ? "breakpoint" : "step"; // at a debugger statement, or a step
  }

  #place({ location }: Debugger.CallFrame): Place | undefined {
    const url = this.#urls.get(location.scriptId);
    if (url === undefined || this.#isMachinery(url)) return undefined;
    return this.#options.sources.place(url, location);
  }

  #isMachinery(url: string): boolean {
    const ours = pathToFileURL(this.#options.machinery).href;
    return url.includes("/node_modules/") || url.startsWith(ours);
  }

  #goneOn(): void {
    if (this.#stop === undefined) return;
    this.#stop = undefined;
    this.#options.changed(undefined);
    this.variables.release().catch(() => undefined); // a worker that is gone holds nothing
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
