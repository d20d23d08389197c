// Names that code imports. Those it uses as values have to be there; others may be types, of which nothing is left when
// code runs.

import type * as TypeScript from "typescript";
import type { WantedNames } from "../link/messages.js";
import { describePlace } from "./place.js";
import type { Ts } from "./typescript.js";

/** A name that is imported, or exported again. */
export interface Named {
  readonly exported: string;
  /** What the code calls it; undefined where it is only exported again. */
  readonly local: string | undefined;
  readonly node: TypeScript.Node;
}

/** What a module asks of each of those that it imports or exports again; places name `shownPath`. */
export function wantedNames(
  ts: Ts,
  file: TypeScript.SourceFile,
  shownPath: string,
): readonly WantedNames[] {
  const used = valueNames(ts, file);
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const names = ts.isImportDeclaration(statement)
      ? importedNames(ts, statement)
      : exportedAgain(ts, statement);
    const placeOf = ({ node }: Named) => describePlace(file, node.getStart(file), shownPath);
    const places = names.map((name) => [name.exported, placeOf(name)] as const);
    return [
      {
        specifier: moduleSpecifier.text,
        ...byUse(names, used),
        places: Object.fromEntries(places),
      },
    ];
  });
}

/** Names of exports, those whose local names are `used` as values apart. */
export function byUse(
  names: readonly Named[],
  used: ReadonlySet<string>,
): Pick<WantedNames, "values" | "others"> {
  const isValue = ({ local }: Named) => local !== undefined && used.has(local);
  const textOf = ({ exported }: Named) => exported;
  return {
    values: names.filter(isValue).map(textOf),
    others: names.filter((name) => !isValue(name)).map(textOf),
  };
}

/** Names that a declaration imports as values, `default` among them. */
export function importedNames(
  ts: Ts,
  { importClause: clause }: TypeScript.ImportDeclaration,
): readonly (Named & { readonly name: TypeScript.Identifier })[] {
  if (clause === undefined || clause.isTypeOnly) return [];
  const { name, namedBindings: named } = clause;
  const whole = name && [{ exported: "default", local: name.text, name, node: name }];
  const elements = named && ts.isNamedImports(named) ? named.elements : [];
  const single = elements
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map((node) => ({
      exported: (node.propertyName ?? node.name).text,
      local: node.name.text,
      name: node.name,
      node,
    }));
  return [...(whole ?? []), ...single];
}

/** Names that `export { x } from` takes from another module. */
export function exportedAgain(
  ts: Ts,
  { exportClause: clause, isTypeOnly }: TypeScript.ExportDeclaration,
): readonly Named[] {
  if (isTypeOnly || clause === undefined || !ts.isNamedExports(clause)) return [];
  return clause.elements
    .filter((element) => !element.isTypeOnly)
    .map((node) => ({
      exported: (node.propertyName ?? node.name).text,
      local: undefined,
      node,
    }));
}

/** Names that a file uses other than as types, as names of properties, or to export them again. */
export function valueNames(ts: Ts, file: TypeScript.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: TypeScript.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node)) names.add(node.text);
    const property = propertyName(ts, node);
    ts.forEachChild(node, (child) => {
      if (child !== property && !isType(ts, child, node)) collect(child);
    });
  };
  collect(file);
  return names;
}

function isType(ts: Ts, node: TypeScript.Node, parent: TypeScript.Node): boolean {
  const isBase = ts.isHeritageClause(parent) && parent.token === ts.SyntaxKind.ExtendsKeyword;
  if (isBase) return false; // types alone can only be bases of interfaces
  return ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

/** The identifier in a node that names a property and nothing else. */
function propertyName(ts: Ts, node: TypeScript.Node): TypeScript.Node | undefined {
  const name = namePart(ts, node);
  return name !== undefined && ts.isIdentifier(name) ? name : undefined;
}

function namePart(ts: Ts, node: TypeScript.Node): TypeScript.Node | undefined {
  if (ts.isBindingElement(node)) return node.propertyName;
  if (ts.isShorthandPropertyAssignment(node)) return undefined;
  const isMember = ts.isObjectLiteralElement(node) || ts.isClassElement(node);
  const isNamed = isMember || ts.isPropertyAccessExpression(node) || ts.isEnumMember(node);
  return isNamed ? node.name : undefined;
}
