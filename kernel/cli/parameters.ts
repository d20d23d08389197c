// Parameters of a run, by papermill's convention: values given on the command line go into a cell of their own right after
// the one tagged `parameters`, whose defaults they replace. A name that has no default there is refused.

import { randomUUID } from "node:crypto";
import type * as TypeScript from "typescript";
import { nearest } from "../../src/arguments/nearest.js";
import { loadTypeScript, type Ts } from "../language/typescript.js";
import { type Cell, type Notebook, sourceOf } from "./notebook.js";
import { hasTag } from "./tags.js";
import { UsageError } from "./usage-error.js";

const INJECTED = "injected-parameters";

/**
 * Puts the parameters, each `name=value` with the value as JSON where it is JSON, else as text, into the notebook, in place of
 * those of an earlier run; throws `UsageError`.
 */
export async function injectParameters(
  notebook: Notebook,
  texts: readonly string[],
): Promise<void> {
  if (texts.length === 0) return;
  const parameters = new Map(texts.map(parseParameter));
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED));
  const place = cells.findIndex((cell) => hasTag(cell, "parameters"));
  const defaults = cells[place];
  if (defaults === undefined) {
    throw new UsageError(
      "--param needs a cell tagged `parameters` in the notebook (JupyterLab: property inspector, cell tags)",
    );
  }
  const known = declaredNames(await loadTypeScript(), sourceOf(defaults));
  for (const name of parameters.keys()) requireKnown(name, known);
  notebook.cells = [...cells.slice(0, place + 1), cellWith(parameters), ...cells.slice(place + 1)];
}

function parseParameter(text: string): readonly [name: string, value: unknown] {
  const [, name, value = ""] = /^([A-Za-z_$][\w$]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--param takes NAME=VALUE, got '${text}'`);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value]; // plain text needs no quotes on a command line
  }
}

function requireKnown(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const [near] = nearest(name, known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new UsageError(
    `--param ${name}: the cell tagged \`parameters\` declares no ${name}${hint} It declares: ${known.join(", ") || "nothing"}`,
  );
}

function cellWith(parameters: ReadonlyMap<string, unknown>): Cell {
  const lines = [...parameters].map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`);
  return {
    id: randomUUID().slice(0, 8),
    cell_type: "code",
    source: lines.join("\n"),
    metadata: { tags: [INJECTED] },
    outputs: [],
    execution_count: null,
  };
}

/** Variables that the cell declares at its top level. */
function declaredNames(ts: Ts, source: string): string[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest);
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name }) => namesIn(ts, name));
}

function namesIn(ts: Ts, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(ts, element.name),
  );
}
