// Top-level declarations that a later cell may declare again. V8's REPL mode allows that only between
// declarations of one kind, so top-level const, var and functions all become let, functions hoisted to
// the top as ever. The price: that a const is not assigned to is left to type checking.

import type * as TypeScript from "typescript";
import { IMPORT } from "../link/cell-globals.js";
import type { Ts } from "./typescript.js";

/** A transformer to run after TypeScript's own, on plain JavaScript. */
export function loosenTopLevel(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => new TopLevel(ts, context).transform(file);
}

class TopLevel {
  readonly #ts: Ts;
  readonly #context: TypeScript.TransformationContext;
  readonly #factory: TypeScript.NodeFactory;
  readonly #functions = new Map<string, TypeScript.Statement>();
  readonly #names = new Set<string>();

  constructor(ts: Ts, context: TypeScript.TransformationContext) {
    this.#ts = ts;
    this.#context = context;
    this.#factory = context.factory;
  }

  transform(file: TypeScript.SourceFile): TypeScript.SourceFile {
    const body = file.statements.flatMap((statement) => this.#statement(statement));
    for (const name of this.#functions.keys()) this.#names.delete(name);
    const declared = [...this.#names].map((name) => this.#factory.createVariableDeclaration(name));
    const hoisted = declared.length > 0 ? [this.#let(declared)] : [];
    return this.#factory.updateSourceFile(file, [...hoisted, ...this.#functions.values(), ...body]);
  }

  #statement(statement: TypeScript.Statement): TypeScript.Statement[] {
    const ts = this.#ts;
    if (ts.isExportDeclaration(statement)) return []; // the empty one that marks a module
    if (ts.isImportDeclaration(statement)) return [this.#import(statement)];
    if (ts.isFunctionDeclaration(statement) && statement.name) {
      this.#functions.set(statement.name.text, this.#functionVariable(statement, statement.name));
      return [];
    }
    if (ts.isVariableStatement(statement) && !this.#isVar(statement.declarationList)) {
      const variable = this.#let(statement.declarationList.declarations);
      return [ts.setTextRange(variable, statement)];
    }
    return [ts.visitNode(statement, this.#visit) as TypeScript.Statement];
  }

  /** The import that JSX turns into; those of the person are gone already. */
  #import(node: TypeScript.ImportDeclaration): TypeScript.Statement {
    const f = this.#factory;
    const bindings = node.importClause?.namedBindings;
    const elements = bindings && this.#ts.isNamedImports(bindings) ? bindings.elements : [];
    const names = elements.map(({ propertyName, name }) =>
      f.createBindingElement(undefined, propertyName as TypeScript.Identifier | undefined, name),
    );
    const call = f.createCallExpression(f.createIdentifier(IMPORT), undefined, [
      node.moduleSpecifier,
    ]);
    const pattern = f.createObjectBindingPattern(names);
    const value = f.createAwaitExpression(call);
    return this.#let([f.createVariableDeclaration(pattern, undefined, undefined, value)]);
  }

  #functionVariable(
    node: TypeScript.FunctionDeclaration,
    name: TypeScript.Identifier,
  ): TypeScript.Statement {
    const { asteriskToken, parameters, body } = node;
    const modifiers = node.modifiers?.filter((modifier) => this.#ts.isModifier(modifier));
    const value = this.#factory.createFunctionExpression(
      modifiers,
      asteriskToken,
      undefined,
      undefined,
      parameters,
      undefined,
      body ?? this.#factory.createBlock([]),
    );
    this.#ts.setTextRange(value, node);
    const declaration = this.#factory.createVariableDeclaration(name, undefined, undefined, value);
    return this.#ts.setTextRange(this.#let([declaration]), node);
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.Node => {
    const ts = this.#ts;
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
    if (ts.isVariableStatement(node) && this.#isVar(node.declarationList)) {
      const value = this.#assignments(node.declarationList);
      const plain = value
        ? this.#factory.createExpressionStatement(value)
        : this.#factory.createEmptyStatement();
      return ts.setTextRange(plain, node);
    }
    if (ts.isVariableDeclarationList(node) && this.#isVar(node)) {
      return this.#assignments(node) ?? this.#factory.createIdentifier("undefined");
    }
    return this.#loop(node) ?? ts.visitEachChild(node, this.#visit, this.#context);
  };

  /** A for-in or for-of whose head declares with var. */
  #loop(node: TypeScript.Node): TypeScript.Node | undefined {
    const ts = this.#ts;
    if (ts.isForInStatement(node) && this.#isVarHead(node.initializer)) {
      const target = this.#loopTarget(node.initializer);
      return this.#factory.updateForInStatement(node, target, node.expression, this.#body(node));
    }
    if (ts.isForOfStatement(node) && this.#isVarHead(node.initializer)) {
      const { awaitModifier, expression } = node;
      const target = this.#loopTarget(node.initializer);
      return this.#factory.updateForOfStatement(
        node,
        awaitModifier,
        target,
        expression,
        this.#body(node),
      );
    }
    return undefined;
  }

  #isVar(list: TypeScript.VariableDeclarationList): boolean {
    return (list.flags & this.#ts.NodeFlags.BlockScoped) === 0;
  }

  #isVarHead(head: TypeScript.ForInitializer): head is TypeScript.VariableDeclarationList {
    return this.#ts.isVariableDeclarationList(head) && this.#isVar(head);
  }

  #loopTarget(head: TypeScript.VariableDeclarationList): TypeScript.Expression {
    const [declaration] = head.declarations; // the grammar allows exactly one
    return declaration
      ? this.#target(declaration.name)
      : this.#factory.createIdentifier("undefined");
  }

  #body(node: TypeScript.IterationStatement): TypeScript.Statement {
    return this.#ts.visitNode(node.statement, this.#visit) as TypeScript.Statement;
  }

  /** The list as one expression of assignments, or undefined when nothing is assigned. */
  #assignments(list: TypeScript.VariableDeclarationList): TypeScript.Expression | undefined {
    const parts: TypeScript.Expression[] = [];
    for (const { name, initializer } of list.declarations) {
      const target = this.#target(name);
      if (initializer) parts.push(this.#assign(target, initializer));
    }
    if (parts.length === 0) return undefined;
    const all = parts.reduce((left, right) => this.#factory.createComma(left, right));
    return this.#factory.createParenthesizedExpression(all);
  }

  #assign(target: TypeScript.Expression, value: TypeScript.Expression): TypeScript.Expression {
    return this.#factory.createAssignment(target, value);
  }

  /** A binding name as an assignment target, its names noted for declaration. */
  #target(name: TypeScript.BindingName): TypeScript.Expression {
    const ts = this.#ts;
    if (ts.isIdentifier(name)) {
      this.#names.add(name.text);
      return name;
    }
    if (ts.isArrayBindingPattern(name)) {
      return this.#factory.createArrayLiteralExpression(
        name.elements.map((element) =>
          ts.isOmittedExpression(element) ? element : this.#arrayElement(element),
        ),
      );
    }
    return this.#factory.createObjectLiteralExpression(
      name.elements.map((element) => this.#property(element)),
    );
  }

  #arrayElement(element: TypeScript.BindingElement): TypeScript.Expression {
    const target = this.#withDefault(element);
    return element.dotDotDotToken ? this.#factory.createSpreadElement(target) : target;
  }

  #property(element: TypeScript.BindingElement): TypeScript.ObjectLiteralElementLike {
    const target = this.#withDefault(element);
    if (element.dotDotDotToken) return this.#factory.createSpreadAssignment(target);
    const key = element.propertyName ?? (element.name as TypeScript.Identifier);
    return this.#factory.createPropertyAssignment(key, target);
  }

  #withDefault(element: TypeScript.BindingElement): TypeScript.Expression {
    const target = this.#target(element.name);
    return element.initializer ? this.#assign(target, element.initializer) : target;
  }

  #let(declarations: readonly TypeScript.VariableDeclaration[]): TypeScript.Statement {
    const list = this.#factory.createVariableDeclarationList(declarations, this.#ts.NodeFlags.Let);
    return this.#factory.createVariableStatement(undefined, list);
  }
}
