// A value as bounded plain text: util.inspect at the greatest depth whose size stays reasonable.
// No getters are run, no proxies are asked, and nothing is coloured.

import { type InspectOptions, inspect, types } from "node:util";

const MAX_NODES = 3000;
const MAX_DEPTH = 4;
const MAX_ITEMS = 100;
const MAX_CHARS = 50_000;
const OWN_FRAMES =
  /\n\s+at (?:[^\n]*\()?(?:cell:|node:|file:[^\n]*\/dist\/kernel\/|new Promise )[^\n]*/g;

/** Text for `value`; never throws. */
export function renderPlain(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  try {
    return cut(withoutFrames(inspectBounded(value)));
  } catch (hostile) {
    const why = hostile instanceof Error ? hostile.name : typeof hostile;
    return `[a value that cannot be shown: its own inspection threw ${why}]`;
  }
}

function inspectBounded(value: unknown): string {
  const options: InspectOptions = {
    colors: false,
    maxArrayLength: MAX_ITEMS,
    maxStringLength: MAX_CHARS,
    breakLength: 100,
  };
  const keys = isWalkable(value) && !isIndexed(value) ? Object.keys(value) : [];
  if (keys.length <= MAX_ITEMS)
    return inspect(value, { ...options, depth: affordableDepth(value) });
  const first = pick(value as object, keys.slice(0, MAX_ITEMS));
  const text = inspect(first, { ...options, depth: affordableDepth(first) });
  return `${text}\n... ${keys.length - MAX_ITEMS} more properties`;
}

function affordableDepth(value: unknown): number {
  let depth = MAX_DEPTH;
  while (depth > 0 && countNodes(value, depth) > MAX_NODES) depth -= 1;
  return depth;
}

/** An object of the same class with some of the properties of `value`, getters not run. */
function pick(value: object, keys: readonly string[]): object {
  const copy = Object.create(Object.getPrototypeOf(value)) as object;
  for (const key of keys) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor) Object.defineProperty(copy, key, descriptor);
  }
  return copy;
}

/** How many values inspect would visit, counted no further than just past the limit. */
function countNodes(value: unknown, depth: number): number {
  if (!isWalkable(value)) return 1;
  let total = 1;
  for (const child of childrenOf(value)) {
    total += depth > 0 ? countNodes(child, depth - 1) : 1;
    if (total > MAX_NODES) break;
  }
  return total;
}

function isWalkable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !types.isProxy(value);
}

function isIndexed(value: object): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function* childrenOf(value: object): Generator<unknown> {
  if (ArrayBuffer.isView(value)) return;
  if (Array.isArray(value)) yield* value.slice(0, MAX_ITEMS);
  else if (types.isMap(value) || types.isSet(value)) yield* takeFirst(value.values());
  else
    for (const key of Object.keys(value)) yield Object.getOwnPropertyDescriptor(value, key)?.value;
}

function* takeFirst(values: Iterator<unknown>): Generator<unknown> {
  for (let i = 0; i < MAX_ITEMS; i += 1) {
    const next = values.next();
    if (next.done) return;
    yield next.value;
  }
}

/** Stack frames of compiled cells and of the machinery tell a person nothing; those of their files stay. */
function withoutFrames(text: string): string {
  return text.replace(OWN_FRAMES, "");
}

function cut(text: string): string {
  if (text.length <= MAX_CHARS) return text;
  return `${text.slice(0, MAX_CHARS)}\n... ${text.length - MAX_CHARS} more characters`;
}
