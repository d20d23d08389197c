// Evaluates compiled cells in V8's REPL mode through an inspector session of the same thread: top-level
// await, and const, let and class may be declared again by later cells. No inspector port is opened.

import { type Runtime, Session } from "node:inspector";
import { enterCell, resetContext } from "./cell-context.js";
import { InterruptedError } from "./interruption.js";

const TAKE = "__notebooster_take";
/** What V8 hands out by an id, it holds until told otherwise: an error has two, one of them of no use to us. */
const HANDED_OUT = "notebooster";

export type Evaluation =
  | { readonly status: "ok"; readonly value: unknown }
  | {
      readonly status: "error";
      readonly error: unknown;
      /** Line and column, from 0, of code that V8 could not parse. */
      readonly position?: { readonly line: number; readonly column: number };
    };

interface Reply {
  readonly result: Runtime.RemoteObject;
  readonly exceptionDetails?: Runtime.ExceptionDetails;
}

export class Evaluator {
  readonly #session = new Session();
  readonly #globalId: string;
  #taken: unknown;
  /** How to give up on each evaluation, by cell. */
  readonly #abandon = new Map<() => void, string>();

  constructor() {
    this.#session.connect();
    this.#defineTake();
    this.#globalId = this.#evaluateNow({ expression: "globalThis" })?.result.objectId ?? "";
  }

  /** Runs one cell; settles also when it is abandoned while its promise never does. */
  evaluate(cell: string, code: string): Promise<Evaluation> {
    return new Promise((resolve) => {
      const abandon = (): void => resolve({ status: "error", error: new InterruptedError() });
      this.#abandon.set(abandon, cell);
      const settle = (failure: Error | null, reply?: object): void => {
        this.#abandon.delete(abandon);
        resolve(failure ? brokenOff(failure) : this.#read(reply as Reply));
      };
      const options = { replMode: true, awaitPromise: true, objectGroup: HANDED_OUT };
      enterCell(cell, () =>
        this.#session.post("Runtime.evaluate", { expression: code, ...options }, settle),
      );
    });
  }

  /** Gives up on running cells. */
  abandon(isGivenUp: (cell: string) => boolean): void {
    resetContext();
    for (const [abandon, cell] of [...this.#abandon]) {
      if (!isGivenUp(cell)) continue;
      this.#abandon.delete(abandon);
      abandon();
    }
  }

  /** Value of an expression that must not change anything, or undefined where it would or fails. */
  peek(expression: string): unknown {
    const options = { throwOnSideEffect: true, objectGroup: HANDED_OUT };
    const reply = this.#evaluateNow({ expression, ...options });
    const evaluation = reply && this.#read(reply);
    return evaluation?.status === "ok" ? evaluation.value : undefined;
  }

  /** Names declared by cells with const, let and class. */
  declaredNames(): string[] {
    let names: string[] = [];
    this.#session.post("Runtime.globalLexicalScopeNames", {}, (_failure, reply) => {
      names = reply.names;
    });
    return names;
  }

  /** Undefined when JavaScript was ended meanwhile. */
  #evaluateNow(options: Runtime.EvaluateParameterType): Reply | undefined {
    let reply: Reply | undefined;
    this.#session.post("Runtime.evaluate", options, (_failure, answer?: object) => {
      reply = answer as Reply | undefined;
    });
    return reply;
  }

  #read(reply: Reply): Evaluation {
    const thrown = reply.exceptionDetails;
    const value = this.#take(thrown?.exception ?? reply.result);
    if (thrown !== undefined || reply.result.objectId !== undefined)
      this.#session.post("Runtime.releaseObjectGroup", { objectGroup: HANDED_OUT });
    if (thrown === undefined) return { status: "ok", value };
    const { lineNumber: line, columnNumber: column } = thrown;
    const isSyntax = thrown.scriptId !== undefined && thrown.stackTrace === undefined;
    return { status: "error", error: value, ...(isSyntax ? { position: { line, column } } : {}) };
  }

  /** The JavaScript value behind a remote object. */
  #take(remote: Runtime.RemoteObject): unknown {
    const { objectId, unserializableValue, value } = remote;
    if (objectId === undefined && unserializableValue === undefined) return value;
    const argument = objectId === undefined ? { unserializableValue } : { objectId };
    const call = {
      functionDeclaration: `function (value) { ${TAKE}(value); }`,
      objectId: this.#globalId,
      arguments: [argument as Runtime.CallArgument],
    };
    this.#session.post("Runtime.callFunctionOn", call);
    const taken = this.#taken;
    this.#taken = undefined;
    return taken;
  }

  #defineTake(): void {
    const value = (taken: unknown): void => {
      this.#taken = taken;
    };
    Object.defineProperty(globalThis, TAKE, { value });
  }
}

/** V8 tells an interrupt from other reasons to break off by its words alone. */
function brokenOff(failure: Error): Evaluation {
  const { message } = failure;
  const error = message.includes("Execution was terminated")
    ? new InterruptedError()
    : new Error(`this process can run no more cells, restart the kernel: ${message}`);
  return { status: "error", error };
}
