// What TypeScript finds wrong in a cell, in the person's own lines. Code in notebooks may leave types out, so that a
// type is implicitly `any` is no problem.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import { withoutChain } from "./cell-chain.js";
import type { Problem } from "./messages.js";

/** The family of messages about types that are implicitly `any`. */
const IMPLICIT_ANY = { from: 7005, to: 7057 };
/** An unreachable statement and an unused label: no problems of types. */
const UNREACHABLE = new Set([7027, 7028]);
const ASSIGNED_IMPORT = 2632;

/** Source of a cell inside the file that was checked. */
export interface Window {
  readonly code: string;
  readonly offset: number;
  /** Names that earlier cells declared with const. */
  readonly constants: ReadonlySet<string>;
}

/** Problems inside `window`, in order. */
export function problemsIn(
  ts: Ts,
  diagnostics: readonly TypeScript.Diagnostic[],
  window: Window,
): Problem[] {
  return diagnostics
    .filter(
      ({ code, category }) => category === ts.DiagnosticCategory.Error && !isImplicitAny(code),
    )
    .flatMap((diagnostic) => describe(ts, diagnostic, window) ?? [])
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function isImplicitAny(code: number): boolean {
  return code >= IMPLICIT_ANY.from && code <= IMPLICIT_ANY.to && !UNREACHABLE.has(code);
}

function describe(
  ts: Ts,
  { start = 0, length = 1, code, messageText }: TypeScript.Diagnostic,
  window: Window,
): Problem | undefined {
  const at = start - window.offset;
  if (at < 0 || at > window.code.length) return undefined;
  const before = window.code.slice(0, at).split("\n");
  const column = (before.at(-1) ?? "").length;
  const lineLength = (window.code.split("\n")[before.length - 1] ?? "").length;
  return {
    line: before.length,
    column: column + 1,
    length: Math.max(1, Math.min(length, lineLength - column)),
    message: reword(ts.flattenDiagnosticMessageText(messageText, "\n"), code, window),
    code,
  };
}

/** Constants, functions and classes of earlier cells are imports only to TypeScript. */
function reword(message: string, code: number, { constants }: Window): string {
  const plain = withoutChain(message);
  if (code !== ASSIGNED_IMPORT) return plain;
  const name = /'(.+?)'/.exec(plain)?.[1] ?? "";
  const what = constants.has(name) ? "constant" : "function, class, enum, namespace or import";
  return plain.replace("it is an import", `it is a ${what}`);
}
