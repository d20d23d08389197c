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
  /** V8's ids by path. */
  readonly #held = new Map<string, string[]>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What is set, by path. */
  get all(): ReadonlyMap<string, readonly Breakpoint[]> {
    return this.#wanted;
  }

  /** Replaces the breakpoints of a path. */
  async set(path: string, breakpoints: readonly Breakpoint[], link: InspectorLink | undefined) {
    if (breakpoints.length === 0) this.#wanted.delete(path);
    else this.#wanted.set(path, breakpoints);
    const held = this.#held.get(path) ?? [];
    this.#held.delete(path);
    if (link === undefined) return;
    for (const breakpointId of held) await link.post("Debugger.removeBreakpoint", { breakpointId });
    await this.apply(path, link);
  }

  /** Gives V8 the breakpoints of a path, in the scripts whose URL is `only` or in all. */
  async apply(path: string, link: InspectorLink, only?: string): Promise<void> {
    for (const breakpoint of this.#wanted.get(path) ?? []) {
      for (const { url, location } of this.#sources.breakable(path, breakpoint.line)) {
        if (only !== undefined && url !== only) continue;
        const condition = conditionOf(breakpoint);
        const options = { url, ...location, ...(condition === undefined ? {} : { condition }) };
        const { breakpointId } = await link.post("Debugger.setBreakpointByUrl", options);
        this.#held.set(path, [...(this.#held.get(path) ?? []), breakpointId]);
      }
    }
  }

  /** Gives a fresh V8 everything that is set. */
  async applyAll(link: InspectorLink): Promise<void> {
    this.#held.clear();
    for (const path of this.#wanted.keys()) await this.apply(path, link);
  }

  clear(): void {
    this.#wanted.clear();
    this.#held.clear();
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
