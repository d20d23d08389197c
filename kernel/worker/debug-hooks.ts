// What the debugger asks of the values in a worker: a line of text for each, their parts a page at a time, a rich view.
// Nothing here runs getters or proxies of the person's objects. Called through the inspector, also while paused.

import { inspect, types } from "node:util";
import { renderNow } from "./render.js";

const HOOKS = "__notebooster_debug";
const MAX_TEXT_CHARS = 200;
const INTERNAL = /^__notebooster_/;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Installs the hooks as a hidden global; `flush` sends text that cells have printed. */
export function installDebugHooks(flush: () => void): void {
  const ownGlobals = new Set(Object.getOwnPropertyNames(globalThis));
  const value = {
    flush,
    texts: (...values: unknown[]) => values.map(text),
    size,
    page,
    rich: (shown: unknown) => renderNow(shown),
    globals: (lexical: object) => withGlobals(lexical, ownGlobals),
    merge,
  };
  Object.defineProperty(globalThis, HOOKS, { value: Object.freeze(value) });
}

/** One line for a value. */
function text(value: unknown): string {
  const options = { depth: 1, breakLength: Infinity, maxArrayLength: 8, maxStringLength: 100 };
  const line = tensorText(value) ?? inspect(value, { ...options, customInspect: false });
  const flat = line.replace(/\s+/g, " ");
  return flat.length > MAX_TEXT_CHARS ? `${flat.slice(0, MAX_TEXT_CHARS)}…` : flat;
}

/** Shape and type of a tensor: its values may lie on a GPU. */
function tensorText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  if (value.constructor?.name !== "Tensor") return undefined;
  try {
    const { shape, dtype } = value as { shape?: readonly number[]; dtype?: string };
    return shape && dtype ? `Tensor [${shape.join(", ")}] ${dtype}` : undefined;
  } catch {
    return "Tensor (freed)"; // reading a freed tensor throws
  }
}

/** How many parts a value has. */
function size(value: object): number {
  if (types.isProxy(value)) return 0;
  if (Array.isArray(value) || isTyped(value)) return value.length;
  if (types.isMap(value) || types.isSet(value)) return value.size;
  return keysOf(value).length;
}

/** Parts `start` up to `end` as the properties of a new object; accessors stay accessors. */
function page(value: object, { start, end }: Range): object {
  const parts = Object.create(null) as Record<PropertyKey, unknown>;
  if (types.isProxy(value)) return parts;
  if (Array.isArray(value) || isTyped(value)) {
    for (let i = start; i < Math.min(end, value.length); i += 1) copyProperty(value, i, parts);
  } else if (types.isMap(value) || types.isSet(value)) {
    fillFromCollection(value, { start, end }, parts);
  } else {
    for (const key of keysOf(value).slice(start, end)) copyProperty(value, key, parts);
  }
  return parts;
}

function fillFromCollection(
  collection: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>,
  { start, end }: Range,
  parts: Record<PropertyKey, unknown>,
): void {
  let index = 0;
  for (const [key, value] of collection.entries()) {
    if (index >= end) return;
    const name = types.isMap(collection) ? `${text(key)} =>` : String(index);
    if (index >= start) parts[name in parts ? `${name} (${index})` : name] = value;
    index += 1;
  }
}

function copyProperty(from: object, key: PropertyKey, to: object): void {
  const descriptor = Object.getOwnPropertyDescriptor(from, key);
  if (descriptor) Object.defineProperty(to, key, { ...descriptor, configurable: true });
}

function keysOf(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) => typeof key === "symbol" || !INTERNAL.test(key));
}

function isTyped(value: object): value is Uint8Array {
  return ArrayBuffer.isView(value) && !types.isDataView(value);
}

/** The properties of several objects, of the first that has them. */
function merge(...objects: object[]): object {
  const all = Object.create(null) as object;
  for (const object of objects) {
    for (const key of keysOf(object)) if (!(key in all)) copyProperty(object, key, all);
  }
  return all;
}

/** Variables of cells together with what they put on globalThis. */
function withGlobals(lexical: object, ownGlobals: ReadonlySet<string>): object {
  const all = Object.create(null) as object;
  for (const key of keysOf(lexical)) copyProperty(lexical, key, all);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!ownGlobals.has(name) && !INTERNAL.test(name)) copyProperty(globalThis, name, all);
  }
  return all;
}
