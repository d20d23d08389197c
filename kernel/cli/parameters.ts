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
  const given = new Map(texts.map(splitParameter));
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED));
  const place = cells.findIndex((cell) => hasTag(cell, "parameters"));
  const defaults = cells[place];
  if (defaults === undefined) {
    throw new UsageError(
      "--param needs a cell tagged `parameters` in the notebook (JupyterLab: property inspector, cell tags)",
    );
  }
  const known = declarations(await loadTypeScript(), sourceOf(defaults));
  const parameters = new Map<string, unknown>();
  for (const [name, text] of given) {
    requireKnown(name, [...known.keys()]);
    parameters.set(name, parseValue(name, text, known.get(name)));
  }
  notebook.cells = [...cells.slice(0, place + 1), cellWith(parameters), ...cells.slice(place + 1)];
}

function splitParameter(text: string): readonly [name: string, value: string] {
  const [, name, value = ""] = /^([A-Za-z_$][\w$]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`--param takes NAME=VALUE, got '${text}'`);
  return [name, value];
}

/** Throws `UsageError` for a value of another type than the cell declares. */
function parseValue(name: string, text: string, type: Primitive | undefined): unknown {
  const value = parseJson(text);
  if (type === undefined || typeof value === type) return value;
  if (type === "string") return text; // that only looks like something else
  throw new UsageError(
    `--param ${name}=${text}: the cell tagged \`parameters\` declares ${name} as a ${type}`,
  );
}

/** Plain text needs no quotes on a command line. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
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

type Primitive = "number" | "string" | "boolean";

/** Variables that the cell declares at its top level, with their types where these are plain. */
function declarations(ts: Ts, source: string): Map<string, Primitive | undefined> {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest);
  return new Map(
    file.statements
      .filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations)
      .flatMap((declaration) =>
        namesIn(ts, declaration.name).map((name) => [name, typeOf(ts, declaration)] as const),
      ),
  );
}

/** Of one name: by its annotation, else by the literal it begins with. */
function typeOf(ts: Ts, declaration: TypeScript.VariableDeclaration): Primitive | undefined {
  const { name, type, initializer } = declaration;
  if (!ts.isIdentifier(name)) return undefined;
  if (type !== undefined) return primitiveOf(ts, type.kind);
  if (initializer === undefined) return undefined;
  const isSigned = ts.isPrefixUnaryExpression(initializer);
  return primitiveOf(ts, isSigned ? initializer.operand.kind : initializer.kind);
}

/** What a keyword of a type or a literal stands for. */
function primitiveOf(ts: Ts, kind: TypeScript.SyntaxKind): Primitive | undefined {
  const { SyntaxKind: Kind } = ts;
  if (kind === Kind.NumberKeyword || kind === Kind.NumericLiteral) return "number";
  if (kind === Kind.StringKeyword || kind === Kind.StringLiteral) return "string";
  if (kind === Kind.NoSubstitutionTemplateLiteral) return "string";
  if (kind === Kind.BooleanKeyword || kind === Kind.TrueKeyword || kind === Kind.FalseKeyword)
    return "boolean";
  return undefined;
}

function namesIn(ts: Ts, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : namesIn(ts, element.name),
  );
}
