// Child processes that a cell sleeps for and that share the worker's stdout or stderr, as `execSync("make", { stdio: "inherit" })`.
// What they write reaches the kernel by another pipe than what the cell prints. So that both keep their order, the worker waits
// before and after such a child until the kernel has read all there is.

import { createRequire, syncBuiltinESMExports } from "node:module";
import { type Stdio, sharesOutput } from "./children.js";

type Call = (this: unknown, ...values: unknown[]) => unknown;

const NAMES = ["spawnSync", "execSync", "execFileSync"] as const;

/** From now on; `catchUp` returns once the kernel has read everything. */
export function followBlockingChildren(catchUp: () => void): void {
  const module = createRequire(import.meta.url)("node:child_process") as Record<string, Call>;
  for (const name of NAMES) module[name] = between(module[name] as Call, catchUp);
  syncBuiltinESMExports();
}

function between(original: Call, catchUp: () => void): Call {
  return function (this: unknown, ...values: unknown[]): unknown {
    if (!values.some(isShared)) return original.apply(this, values);
    catchUp();
    try {
      return original.apply(this, values);
    } finally {
      catchUp();
    }
  };
}

/** Whether these are options of a child that shares output. */
function isShared(value: unknown): boolean {
  return sharesOutput((value as { stdio?: Stdio } | null | undefined)?.stdio);
}
