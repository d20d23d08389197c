// The System format (github.com/systemjs/systemjs, "System.register"), which local modules are compiled to.

import { Script } from "node:vm";
import type { Namespace } from "./local-module.js";

interface Registered {
  readonly setters: readonly ((namespace: Namespace) => void)[];
  readonly execute: () => unknown;
}

export type Export = (names: string | Namespace, value?: unknown) => unknown;
type Declare = (add: Export, context: object) => Registered;

/** Runs `System.register(specifiers, declare)` and returns what it was given. */
export function evaluate(
  code: string,
  url: string,
): { specifiers: readonly string[]; declare: Declare } {
  let found: { specifiers: readonly string[]; declare: Declare } | undefined;
  const system = {
    register: (specifiers: readonly string[], declare: Declare) => {
      found = { specifiers, declare };
    },
  };
  const head = "(function (System) {";
  const script = new Script(`${head}${code}\n})`, { filename: url, columnOffset: -head.length });
  (script.runInThisContext() as (given: object) => void)(system);
  if (found === undefined) throw new Error(`${url} was not compiled to the System format`);
  return found;
}
