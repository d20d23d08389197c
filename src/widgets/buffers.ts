// Binary values in the state of a widget travel beside the JSON: each is taken out and named by its path.
// Source: ipywidgets packages/schema/messages.md, protocol 2.1.

export type Path = readonly (string | number)[];

export interface Split {
  /** The value with bytes left out: null in lists, absent in objects. */
  readonly json: unknown;
  readonly paths: Path[];
  readonly buffers: Uint8Array[];
}

/** Takes the bytes out of `value`. */
export function takeBuffers(value: unknown): Split {
  const paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const visit = (part: unknown, path: Path): unknown => {
    if (part instanceof Uint8Array) {
      paths.push(path);
      buffers.push(part);
      return undefined;
    }
    if (Array.isArray(part))
      return part.map((item, index) => visit(item, [...path, index]) ?? null);
    if (typeof part !== "object" || part === null) return part;
    const entries = Object.entries(part).map(([key, item]) => [key, visit(item, [...path, key])]);
    return Object.fromEntries(entries) as unknown;
  };
  return { json: visit(value, []), paths, buffers };
}

/** Puts bytes back into `state`, which is changed. */
export function putBuffers(
  state: object,
  paths: readonly Path[],
  buffers: readonly Uint8Array[],
): void {
  for (const [index, path] of paths.entries()) {
    const last = path.at(-1);
    let owner = state as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) owner = owner[key] as Record<string | number, unknown>;
    if (last !== undefined) owner[last] = buffers[index];
  }
}
