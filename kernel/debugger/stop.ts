// One stop of a worker: its frames in the person's code and what can be seen from each. Frame numbers are never used
// twice, because JupyterLab keeps a frame selected by its number.

import type { Debugger } from "node:inspector";
import { type DapBody, DebugError } from "./dap.js";
import type { Place } from "./sources.js";
import type { Variables } from "./variables.js";

type CallFrame = Debugger.CallFrame;

interface Frame {
  readonly id: number;
  readonly call: CallFrame;
  readonly place: Place;
}

/** Scopes of V8 by the name a person reads, in this order; V8's global scope is left out for the cells' variables. */
const SCOPES: readonly (readonly [string, readonly string[]])[] = [
  ["Locals", ["local", "block", "catch", "with", "eval"]],
  ["Closure", ["closure"]],
  ["Module", ["module"]],
];

let numFrames = 0;

export class Stop {
  readonly reason: string;
  /** The exception that stopped it, as text. */
  readonly exception: string | undefined;
  readonly #frames: readonly Frame[];

  /** `place` finds a frame's place, or undefined for code that is not the person's. */
  constructor(
    reason: string,
    event: Debugger.PausedEventDataType,
    place: (frame: CallFrame) => Place | undefined,
  ) {
    this.reason = reason;
    const thrown = event.data as { description?: string } | undefined;
    this.exception = reason === "exception" ? String(thrown?.description) : undefined;
    this.#frames = event.callFrames.flatMap((call) => {
      const found = place(call);
      return found === undefined ? [] : [{ id: ++numFrames, call, place: found }];
    });
  }

  /** Where it stopped; undefined when no code of the person's is on the stack. */
  get place(): Place | undefined {
    return this.#frames[0]?.place;
  }

  /** V8's id of a frame, the topmost one without a number. */
  callFrameId(id: number | undefined): string {
    return this.#frame(id).call.callFrameId;
  }

  stackFrames(): DapBody[] {
    return this.#frames.map(({ id, call, place: { source, line, column } }) => {
      const name =
        call.functionName || (source.name.startsWith("cell ") ? source.name : "(module)");
      return { id, name, source, line, column };
    });
  }

  /** Scopes of a frame, innermost first, and last the variables of all cells. */
  async scopes(id: number, variables: Variables, globals: number): Promise<DapBody[]> {
    const chain = this.#frame(id).call.scopeChain;
    const scopes: DapBody[] = [];
    for (const [name, types] of SCOPES) {
      const parts = chain.filter(({ type }) => types.includes(type)).map(({ object }) => object);
      if (parts.length === 0) continue;
      const variablesReference = variables.refer(await variables.merge(parts));
      scopes.push({ name, variablesReference, expensive: false });
    }
    return [...scopes, { name: "Globals", variablesReference: globals, expensive: false }];
  }

  #frame(id: number | undefined): Frame {
    const frame = id === undefined ? this.#frames[0] : this.#frames.find((each) => each.id === id);
    if (frame === undefined)
      throw new DebugError(`there is no frame ${id}: the worker has gone on`);
    return frame;
  }
}
