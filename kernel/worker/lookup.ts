// What the live values of a worker know: property names for completion, a description for inspection.
// Expressions are only evaluated where V8 can tell that nothing changes.

import { isHidden } from "../link/cell-globals.js";
import type { Rendered } from "../link/messages.js";
import type { Evaluator } from "./evaluator.js";
import { renderNow } from "./render.js";

const MAX_NAMES = 2000;
const MAX_HEAD_CHARS = 300;

/** Property names of `object`, or all global names when it is empty. */
export function completeNames(evaluator: Evaluator, object: string): string[] {
  if (object === "") {
    const names = [...evaluator.declaredNames(), ...propertyNames(globalThis)];
    return names.filter((name) => !isHidden(name));
  }
  const value = evaluator.peek(object);
  return value === undefined || value === null ? [] : propertyNames(Object(value));
}

/** Type, value and signature of an expression, or null when it has no value. */
export function inspectValue(evaluator: Evaluator, expression: string): Rendered | null {
  const value = evaluator.peek(expression);
  if (value === undefined) return null;
  if (typeof value !== "function") {
    const { bundle, metadata } = renderNow(value);
    const text = `${expression}: ${typeName(value)}\n${String(bundle["text/plain"])}`;
    return { bundle: { ...bundle, "text/plain": text }, metadata };
  }
  return { bundle: { "text/plain": `${expression}: ${headOf(value)}` }, metadata: {} };
}

/** A function or class without its body: what runs is compiled, and says nothing that its declaration does not. */
function headOf(value: object & { readonly name: string; readonly length: number }): string {
  const source = Function.prototype.toString.call(value);
  if (/^class\b/.test(source)) return /^class[^{]*/.exec(source)?.[0].trim() ?? "class";
  const { name, length } = value;
  if (/\{\s*\[native code\]\s*\}$/.test(source)) return `function ${name}, ${length} arguments`;
  return `function ${name}(${parametersIn(source).replace(/\s+/g, " ").trim()})`;
}

/** The parameters in the text of a function. */
function parametersIn(source: string): string {
  const arrow = /^(?:async\s+)?([\w$]+)\s*=>/.exec(source)?.[1];
  if (arrow !== undefined) return arrow;
  let depth = 0;
  const start = source.indexOf("(");
  for (let at = start; at < Math.min(source.length, start + MAX_HEAD_CHARS); at++) {
    if (source[at] === "(") depth += 1;
    if (source[at] === ")") depth -= 1;
    if (depth === 0) return source.slice(start + 1, at);
  }
  return "...";
}

function propertyNames(start: object): string[] {
  const names = new Set<string>();
  let object: object | null = start;
  while (object !== null && names.size < MAX_NAMES) {
    for (const name of Object.getOwnPropertyNames(object)) {
      if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) names.add(name);
    }
    object = Object.getPrototypeOf(object) as object | null;
    if (object === Object.prototype && start !== globalThis) break;
  }
  return [...names];
}

function typeName(value: unknown): string {
  if (value === null || typeof value !== "object") return typeof value;
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "object";
}
