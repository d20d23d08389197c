// The kernel's end of a worker's inspector: Chrome DevTools Protocol commands and events, one JSON line each, over a pipe
// to the worker's second thread, which answers also while the main thread is paused.

import type { Debugger, Runtime } from "node:inspector";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import { LISTENING } from "../link/pipes.js";

type Nothing = Record<string, never>;

/** Commands in use: parameters and result by name. */
export interface Commands {
  "Debugger.enable": [object, Debugger.EnableReturnType];
  "Debugger.disable": [object, Nothing];
  "Debugger.setBlackboxPatterns": [Debugger.SetBlackboxPatternsParameterType, Nothing];
  "Debugger.setPauseOnExceptions": [Debugger.SetPauseOnExceptionsParameterType, Nothing];
  "Debugger.setSkipAllPauses": [Debugger.SetSkipAllPausesParameterType, Nothing];
  "Debugger.setBreakpointByUrl": [
    Debugger.SetBreakpointByUrlParameterType,
    Debugger.SetBreakpointByUrlReturnType,
  ];
  "Debugger.removeBreakpoint": [Debugger.RemoveBreakpointParameterType, Nothing];
  "Debugger.getScriptSource": [
    Debugger.GetScriptSourceParameterType,
    Debugger.GetScriptSourceReturnType,
  ];
  "Debugger.evaluateOnCallFrame": [
    Debugger.EvaluateOnCallFrameParameterType,
    Debugger.EvaluateOnCallFrameReturnType,
  ];
  "Debugger.pause": [object, Nothing];
  "Debugger.resume": [object, Nothing];
  "Debugger.stepInto": [object, Nothing];
  "Debugger.stepOut": [object, Nothing];
  "Debugger.stepOver": [object, Nothing];
  "Runtime.evaluate": [
    Runtime.EvaluateParameterType & { readonly timeout?: number; readonly replMode?: boolean },
    Runtime.EvaluateReturnType,
  ];
  "Runtime.callFunctionOn": [Runtime.CallFunctionOnParameterType, Runtime.CallFunctionOnReturnType];
  "Runtime.getProperties": [
    Runtime.GetPropertiesParameterType,
    Runtime.GetPropertiesReturnType & { readonly privateProperties?: PrivateProperty[] },
  ];
  "Runtime.globalLexicalScopeNames": [object, Runtime.GlobalLexicalScopeNamesReturnType];
  "Runtime.releaseObjectGroup": [Runtime.ReleaseObjectGroupParameterType, Nothing];
}

export interface PrivateProperty {
  readonly name: string;
  readonly value?: Runtime.RemoteObject;
}

export type InspectorEvent =
  | { readonly method: "Debugger.paused"; readonly params: Debugger.PausedEventDataType }
  | { readonly method: "Debugger.resumed" }
  | { readonly method: "Debugger.scriptParsed"; readonly params: Script };

export interface Script {
  readonly scriptId: string;
  readonly url: string;
}

type Answer = { readonly id: number; readonly error?: string; readonly result?: unknown };

/** Long enough for a main thread that is in JavaScript; in native code it cannot answer. */
const TIMEOUT_MS = 3000;
const GONE = "the worker is gone";

export class InspectorLink {
  readonly #pipe: Duplex;
  readonly #pending = new Map<number, (answer: Answer) => void>();
  #numPosted = 0;
  #isClosed: boolean = false;
  #begin: () => void = () => undefined;
  /** Resolves once the worker reads commands, or is gone: on a busy machine a start takes longer than any answer. */
  readonly #listening = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });
  onEvent: (event: InspectorEvent) => void = () => undefined;

  constructor(pipe: Duplex) {
    this.#pipe = pipe;
    pipe.on("close", () => {
      this.#isClosed = true;
      for (const [id, settle] of this.#pending) settle({ id, error: GONE });
      this.#begin();
    });
    const lines = createInterface({ input: pipe });
    // a worker that is killed resets the pipe; its exit tells the same
    for (const source of [pipe, lines]) source.on("error", () => undefined);
    lines.on("line", (line) => {
      const message = JSON.parse(line) as Answer | InspectorEvent | typeof LISTENING;
      if (!("method" in message)) this.#pending.get(message.id)?.(message);
      else if (message.method === LISTENING.method) this.#begin();
      else this.onEvent(message);
    });
  }

  /** Runs a command in the worker, once that listens; rejects when it fails or the worker's main thread does not react. */
  async post<C extends keyof Commands>(
    command: C,
    params: Commands[C][0],
  ): Promise<Commands[C][1]> {
    await this.#listening;
    return this.#send(command, params);
  }

  #send<C extends keyof Commands>(command: C, params: Commands[C][0]): Promise<Commands[C][1]> {
    const id = ++this.#numPosted;
    return new Promise((resolve, reject) => {
      const settle = ({ error, result }: Answer): void => {
        clearTimeout(timer);
        this.#pending.delete(id);
        if (error === undefined) resolve(result as Commands[C][1]);
        else reject(new Error(error));
      };
      const late = `the worker did not react within ${TIMEOUT_MS / 1000} s: it is in native code, such as a collective`;
      const timer = setTimeout(() => settle({ id, error: late }), TIMEOUT_MS);
      this.#pending.set(id, settle);
      if (this.#isClosed) settle({ id, error: GONE });
      else this.#pipe.write(`${JSON.stringify({ id, method: command, params })}\n`);
    });
  }
}
