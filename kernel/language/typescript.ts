// The TypeScript compiler, loaded once and late: it takes longer to load than the kernel to start.

import { createRequire } from "node:module";
import type * as TypeScript from "typescript";

export type Ts = typeof TypeScript;

let loading: Promise<Ts> | undefined;

/** The compiler; the first call loads it. An `import()` would first look for names in its 9 MB, for 0.8 s. */
export function loadTypeScript(): Promise<Ts> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Ts> {
  return createRequire(import.meta.url)("typescript") as Ts;
}
