// Module syntax to what an evaluation outside any module can run: imports become awaited calls of an
// injected importer, `export` is dropped, import(), import.meta and the end of every await go through
// injected names.

import type * as TypeScript from "typescript";
import { IMPORT, META } from "../link/cell-globals.js";
import { checkAwait } from "./awaits.js";
import { byUse, exportedAgain, importedNames, type Named, valueNames } from "./imported-names.js";
import type { Ts } from "./typescript.js";

/** A transformer to run before TypeScript's own, on the person's code. */
export function removeModuleSyntax(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => new ModuleSyntax(ts, context, file).transform();
}

/** What an import of a whole module binds: the module's `value` to `name`, and single names of it. */
interface Bindings {
  readonly value: TypeScript.Expression;
  readonly name: TypeScript.Identifier;
  readonly elements: readonly TypeScript.BindingElement[];
}

class ModuleSyntax {
  readonly #ts: Ts;
  readonly #factory: TypeScript.NodeFactory;
  readonly #context: TypeScript.TransformationContext;
  readonly #file: TypeScript.SourceFile;
  readonly #valueNames: ReadonlySet<string>;

  constructor(ts: Ts, context: TypeScript.TransformationContext, file: TypeScript.SourceFile) {
    this.#ts = ts;
    this.#context = context;
    this.#factory = context.factory;
    this.#file = file;
    this.#valueNames = valueNames(ts, file);
  }

  transform(): TypeScript.SourceFile {
    const statements = this.#file.statements.flatMap((statement) => this.#statement(statement));
    return this.#factory.updateSourceFile(this.#file, statements);
  }

  #statement(statement: TypeScript.Statement): TypeScript.Statement[] {
    const ts = this.#ts;
    if (ts.isImportDeclaration(statement)) return this.#import(statement);
    if (ts.isExportDeclaration(statement)) return this.#reExport(statement);
    const visited = ts.visitNode(statement, this.#visit) as TypeScript.Statement;
    if (ts.isExportAssignment(visited)) {
      const plain = this.#factory.createExpressionStatement(visited.expression);
      return [ts.setTextRange(plain, statement)];
    }
    return [this.#withoutExport(visited)];
  }

  #import(node: TypeScript.ImportDeclaration): TypeScript.Statement[] {
    const clause = node.importClause;
    if (clause?.isTypeOnly) return [];
    const names = importedNames(this.#ts, node);
    const elements = names.map(({ exported, name }) => this.#binding(exported, name));
    const value = this.#await(node.moduleSpecifier, names);
    const named = clause?.namedBindings;
    if (named && this.#ts.isNamespaceImport(named))
      return [this.#namespace(node, { value, name: named.name, elements })];
    if (elements.length === 0) return [this.#locate(value, node)];
    const pattern = this.#factory.createObjectBindingPattern(elements);
    return [this.#constant(pattern, value, node)];
  }

  #namespace(
    node: TypeScript.ImportDeclaration,
    { value, name, elements }: Bindings,
  ): TypeScript.Statement {
    const declare = (to: TypeScript.BindingName, from: TypeScript.Expression) =>
      this.#factory.createVariableDeclaration(to, undefined, undefined, from);
    const declarations = [declare(name, value)];
    if (elements.length > 0) {
      declarations.push(declare(this.#factory.createObjectBindingPattern(elements), name));
    }
    const list = this.#factory.createVariableDeclarationList(
      declarations,
      this.#ts.NodeFlags.Const,
    );
    return this.#ts.setTextRange(this.#factory.createVariableStatement(undefined, list), node);
  }

  #reExport(node: TypeScript.ExportDeclaration): TypeScript.Statement[] {
    if (node.isTypeOnly || node.moduleSpecifier === undefined) return [];
    const names = exportedAgain(this.#ts, node);
    return [this.#locate(this.#await(node.moduleSpecifier, names), node)];
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.Node => {
    const ts = this.#ts;
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      const load = this.#factory.createIdentifier("require");
      const call = this.#factory.createCallExpression(load, undefined, [
        node.moduleReference.expression,
      ]);
      return this.#constant(node.name, call, node);
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      return this.#factory.createIdentifier(META);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const importer = this.#factory.createIdentifier(IMPORT);
      const visited = ts.visitEachChild(node, this.#visit, this.#context);
      return this.#factory.updateCallExpression(visited, importer, undefined, visited.arguments);
    }
    const visited = ts.visitEachChild(node, this.#visit, this.#context);
    return checkAwait(ts, this.#factory, visited);
  };

  #withoutExport(node: TypeScript.Statement): TypeScript.Statement {
    const { SyntaxKind } = this.#ts;
    const strip = (modifiers: readonly TypeScript.ModifierLike[] | undefined) =>
      modifiers?.filter(
        ({ kind }) => kind !== SyntaxKind.ExportKeyword && kind !== SyntaxKind.DefaultKeyword,
      );
    const { factory: f } = this.#context;
    const ts = this.#ts;
    if (ts.isVariableStatement(node)) {
      return f.updateVariableStatement(node, strip(node.modifiers), node.declarationList);
    }
    if (ts.isEnumDeclaration(node)) {
      return f.updateEnumDeclaration(node, strip(node.modifiers), node.name, node.members);
    }
    if (ts.isModuleDeclaration(node)) {
      return f.updateModuleDeclaration(node, strip(node.modifiers), node.name, node.body);
    }
    if (ts.isFunctionDeclaration(node)) return this.#plainFunction(node, strip(node.modifiers));
    return ts.isClassDeclaration(node) ? this.#plainClass(node, strip(node.modifiers)) : node;
  }

  #plainFunction(
    node: TypeScript.FunctionDeclaration,
    modifiers: readonly TypeScript.ModifierLike[] | undefined,
  ): TypeScript.FunctionDeclaration {
    const { asteriskToken, typeParameters, parameters, type, body } = node;
    const name = node.name ?? this.#factory.createIdentifier("defaultExport");
    const copy = this.#factory.createFunctionDeclaration(
      modifiers,
      asteriskToken,
      name,
      typeParameters,
      parameters,
      type,
      body,
    );
    return this.#ts.setTextRange(this.#ts.setOriginalNode(copy, node), node);
  }

  #plainClass(
    node: TypeScript.ClassDeclaration,
    modifiers: readonly TypeScript.ModifierLike[] | undefined,
  ): TypeScript.ClassDeclaration {
    const { typeParameters, heritageClauses, members } = node;
    const name = node.name ?? this.#factory.createIdentifier("DefaultExport");
    return this.#factory.updateClassDeclaration(
      node,
      modifiers,
      name,
      typeParameters,
      heritageClauses,
      members,
    );
  }

  /** Imports `names`: those that the cell uses as values apart from others, which may be types. */
  #await(specifier: TypeScript.Expression, names: readonly Named[]): TypeScript.AwaitExpression {
    const f = this.#factory;
    const { values, others } = byUse(names, this.#valueNames);
    const lists = [values, others].map((list) =>
      f.createArrayLiteralExpression(list.map((name) => f.createStringLiteral(name))),
    );
    const call = f.createCallExpression(f.createIdentifier(IMPORT), undefined, [
      specifier,
      ...(names.length === 0 ? [] : lists),
    ]);
    return f.createAwaitExpression(call);
  }

  #binding(exported: string, local: TypeScript.Identifier): TypeScript.BindingElement {
    const name = this.#factory.createStringLiteral(exported);
    return this.#factory.createBindingElement(undefined, name, local);
  }

  #constant(
    name: TypeScript.BindingName,
    value: TypeScript.Expression,
    from: TypeScript.Node,
  ): TypeScript.Statement {
    const declaration = this.#factory.createVariableDeclaration(name, undefined, undefined, value);
    const list = this.#factory.createVariableDeclarationList(
      [declaration],
      this.#ts.NodeFlags.Const,
    );
    return this.#ts.setTextRange(this.#factory.createVariableStatement(undefined, list), from);
  }

  #locate(expression: TypeScript.Expression, from: TypeScript.Node): TypeScript.Statement {
    return this.#ts.setTextRange(this.#factory.createExpressionStatement(expression), from);
  }
}
