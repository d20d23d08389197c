// The breakpoints a person has set, by path and line, and what V8 holds for them: one for each script that came of the path.

import type { InspectorLink } from "./inspector-link.js";
import type { Sources } from "./sources.js";

export interface Breakpoint {
  readonly line: number;
  /** An expression that must hold. */
  readonly condition?: string;
  /** Text to print instead of stopping, with expressions in braces. */
  readonly logMessage?: string;
}

export class Breakpoints {
  readonly #sources: Sources;
  readonly #wanted = new Map<string, readonly Breakpoint[]>();
  /** V8's ids by path, and there by place: V8 refuses to hold a place twice. */
  readonly #held = new Map<string, Map<string, string>>();
  /** Front ends send the next change before the last is answered; V8 gets them one after the other. */
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What is set, by path. */
  get all(): ReadonlyMap<string, readonly Breakpoint[]> {
    return this.#wanted;
  }

  /** Replaces the breakpoints of a path. */
  set(path: string, breakpoints: readonly Breakpoint[], link: InspectorLink | undefined) {
    return this.#inTurn(async () => {
      if (breakpoints.length === 0) this.#wanted.delete(path);
      else this.#wanted.set(path, breakpoints);
      const held = this.#held.get(path);
      this.#held.delete(path);
      if (link === undefined) return;
      for (const breakpointId of held?.values() ?? [])
        await link.post("Debugger.removeBreakpoint", { breakpointId });
      await this.#give(path, link);
    });
  }

  /** Gives V8 the breakpoints of a path in the scripts whose URL is `only`. */
  apply(path: string, link: InspectorLink, only: string): Promise<void> {
    return this.#inTurn(() => this.#give(path, link, only));
  }

  /** Gives a fresh V8 everything that is set. */
  applyAll(link: InspectorLink): Promise<void> {
    return this.#inTurn(async () => {
      this.#held.clear();
      for (const path of this.#wanted.keys()) await this.#give(path, link);
    });
  }

  clear(): void {
    this.#wanted.clear();
    this.#held.clear();
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#lastTurn.then(change);
    this.#lastTurn = turn.catch(() => undefined); // told to the one who asked
    return turn;
  }

  async #give(path: string, link: InspectorLink, only?: string): Promise<void> {
    const held = this.#held.get(path) ?? new Map<string, string>();
    this.#held.set(path, held);
    for (const breakpoint of this.#wanted.get(path) ?? []) {
      const condition = conditionOf(breakpoint);
      const all = this.#sources.breakable(path, breakpoint.line);
      for (const { url, location } of all.filter(({ url }) => (only ?? url) === url)) {
        const place = `${url}:${location.lineNumber}:${location.columnNumber}`;
        if (held.has(place)) continue;
        const options = { url, ...location, ...(condition === undefined ? {} : { condition }) };
        const { breakpointId } = await link.post("Debugger.setBreakpointByUrl", options);
        held.set(place, breakpointId);
      }
    }
  }
}

/** A log point is a condition that prints and never holds. */
function conditionOf({ condition, logMessage }: Breakpoint): string | undefined {
  if (logMessage === undefined) return condition;
  const parts = logMessage.split(/\{([^{}]*)\}/); // text and expressions by turns
  const values = parts.map((part, index) =>
    index % 2 === 0 ? JSON.stringify(part) : `String(${part})`,
  );
  const print = `(console.log(${values.join(" + ")}), false)`;
  return condition === undefined ? print : `(${condition}) && ${print}`;
}
