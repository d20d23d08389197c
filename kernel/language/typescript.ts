// The TypeScript compiler, loaded once and late: it takes longer to load than the kernel to start.

import type * as TypeScript from "typescript";

export type Ts = typeof TypeScript;

let loading: Promise<Ts> | undefined;

/** The compiler; the first call starts to load it. */
export function loadTypeScript(): Promise<Ts> {
  loading ??= import("typescript").then((module) => module.default as unknown as Ts);
  return loading;
}
