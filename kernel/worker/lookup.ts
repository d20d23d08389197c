// What the live values of a worker know: property names for completion, a description for inspection.
// Expressions are only evaluated where V8 can tell that nothing changes.

import { isHidden } from "../link/cell-globals.js";
import type { Rendered } from "../link/messages.js";
import type { Evaluator } from "./evaluator.js";
import { renderNow } from "./render.js";

const MAX_NAMES = 2000;
const MAX_SOURCE_CHARS = 2000;

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
  const source = Function.prototype.toString.call(value).slice(0, MAX_SOURCE_CHARS);
  return { bundle: { "text/plain": `${expression}: ${typeName(value)}\n${source}` }, metadata: {} };
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
