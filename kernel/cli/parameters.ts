// Parameters of a run, by papermill's convention: values given on the command line go into a cell of their own right after
// the one tagged `parameters`, whose defaults they replace.

import { randomUUID } from "node:crypto";
import type { Notebook } from "./notebook.js";
import { UsageError } from "./usage-error.js";

const INJECTED = "injected-parameters";

/** `name=value` with the value as JSON where it is JSON, else as text; throws `UsageError`. */
export function parseParameter(text: string): readonly [name: string, value: unknown] {
  const [, name, value = ""] = /^([A-Za-z_$][\w$]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--param takes NAME=VALUE, got '${text}'`);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value]; // plain text needs no quotes on a command line
  }
}

/** Puts the parameters into the notebook, in place of those of an earlier run. */
export function injectParameters(
  notebook: Notebook,
  parameters: ReadonlyMap<string, unknown>,
): void {
  if (parameters.size === 0) return;
  const cells = notebook.cells.filter((cell) => !hasTag(cell.metadata, INJECTED));
  const defaults = cells.findIndex((cell) => hasTag(cell.metadata, "parameters"));
  if (defaults < 0) {
    throw new UsageError(
      "--param needs a cell tagged `parameters` in the notebook (JupyterLab: property inspector, cell tags)",
    );
  }
  const lines = [...parameters].map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`);
  const injected = {
    id: randomUUID().slice(0, 8),
    cell_type: "code",
    source: lines.join("\n"),
    metadata: { tags: [INJECTED] },
    outputs: [],
    execution_count: null,
  };
  notebook.cells = [...cells.slice(0, defaults + 1), injected, ...cells.slice(defaults + 1)];
}

function hasTag(metadata: Record<string, unknown>, tag: string): boolean {
  return Array.isArray(metadata["tags"]) && metadata["tags"].includes(tag);
}
