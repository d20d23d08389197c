// The names that a cell declares at its top level, and so leaves to later cells.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";

/** `constant` and `variable` are plain values; everything else may be value, type and namespace at once. */
export type NameKind = "constant" | "variable" | "declaration";

export interface Declared {
  readonly names: ReadonlyMap<string, NameKind>;
  /** Those that the code exports itself. */
  readonly exported: ReadonlySet<string>;
}

/** Names declared by a parsed cell. */
export function declaredNames(ts: Ts, file: TypeScript.SourceFile): Declared {
  const collector = new Collector(ts);
  for (const statement of file.statements) collector.addStatement(statement);
  return collector;
}

class Collector implements Declared {
  readonly names = new Map<string, NameKind>();
  readonly exported = new Set<string>();
  readonly #ts: Ts;

  constructor(ts: Ts) {
    this.#ts = ts;
  }

  addStatement(node: TypeScript.Statement): void {
    const ts = this.#ts;
    if (ts.isVariableStatement(node)) this.#addList(node.declarationList, isExported(ts, node));
    else if (ts.isImportDeclaration(node)) this.#addImport(node.importClause);
    else if (ts.isExportDeclaration(node)) this.#addExports(node.exportClause);
    else if (isNamed(ts, node)) this.#add(node.name, "declaration", isExported(ts, node));
    else this.#addNestedVars(node);
  }

  #add(name: TypeScript.Node | undefined, kind: NameKind, exported = false): void {
    if (name === undefined || !this.#ts.isIdentifier(name) || name.text === "") return;
    const known = this.names.get(name.text);
    this.names.set(name.text, known === undefined || known === kind ? kind : "declaration");
    if (exported) this.exported.add(name.text);
  }

  #addList({ flags, declarations }: TypeScript.VariableDeclarationList, exported: boolean): void {
    const { NodeFlags } = this.#ts;
    const isVariable =
      (flags & NodeFlags.BlockScoped) === NodeFlags.Let || !(flags & NodeFlags.BlockScoped);
    for (const { name } of declarations) {
      this.#addBinding(name, isVariable ? "variable" : "constant", exported);
    }
  }

  #addBinding(name: TypeScript.BindingName, kind: NameKind, exported: boolean): void {
    this.#add(name, kind, exported);
    const elements = this.#ts.isIdentifier(name) ? [] : name.elements;
    for (const element of elements) {
      if (!this.#ts.isOmittedExpression(element)) this.#addBinding(element.name, kind, exported);
    }
  }

  #addImport(clause: TypeScript.ImportClause | undefined): void {
    this.#add(clause?.name, "declaration");
    const bindings = clause?.namedBindings;
    if (bindings === undefined) return;
    if (this.#ts.isNamespaceImport(bindings)) this.#add(bindings.name, "declaration");
    else for (const { name } of bindings.elements) this.#add(name, "declaration");
  }

  #addExports(clause: TypeScript.NamedExportBindings | undefined): void {
    if (clause === undefined || !this.#ts.isNamedExports(clause)) return;
    for (const { name } of clause.elements) this.exported.add(name.text);
  }

  /** `var` in a block belongs to the whole cell. */
  #addNestedVars(node: TypeScript.Node): void {
    const ts = this.#ts;
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleBlock(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
      this.#addList(node, false);
    }
    ts.forEachChild(node, (child) => this.#addNestedVars(child));
  }
}

type Named =
  | TypeScript.FunctionDeclaration
  | TypeScript.ClassDeclaration
  | TypeScript.InterfaceDeclaration
  | TypeScript.TypeAliasDeclaration
  | TypeScript.EnumDeclaration
  | TypeScript.ModuleDeclaration
  | TypeScript.ImportEqualsDeclaration;

function isNamed(ts: Ts, node: TypeScript.Node): node is Named {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    (ts.isModuleDeclaration(node) && !(node.flags & ts.NodeFlags.GlobalAugmentation)) ||
    ts.isImportEqualsDeclaration(node)
  );
}

/** Exported under its own name, and not as the default. */
function isExported(ts: Ts, node: TypeScript.Node): boolean {
  const flags = ts.getCombinedModifierFlags(node as TypeScript.Declaration);
  return (flags & ts.ModifierFlags.Export) !== 0 && !(flags & ts.ModifierFlags.Default);
}
