// After every await of the person's code the worker may refuse to go on: that is how an interrupt ends waiting code.

import type * as TypeScript from "typescript";
import { RESUME } from "../link/cell-globals.js";
import type { Ts } from "./typescript.js";

/** Whether an await may stand in the code of `node`, which is a function. */
export function isAsyncFunction(ts: Ts, node: TypeScript.SignatureDeclaration): boolean {
  const modifiers = ts.canHaveModifiers(node) ? node.modifiers : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
}

/**
 * `node` with its own await, if it is one, going through the worker; what is inside is left alone, and so is an await that may
 * not stand where it is: V8 says so.
 */
export function checkAwait(
  ts: Ts,
  factory: TypeScript.NodeFactory,
  node: TypeScript.Node,
): TypeScript.Node {
  if (ts.isAwaitExpression(node)) return isMisplaced(ts, node) ? node : resume(ts, factory, node);
  if (!ts.isForOfStatement(node) || node.awaitModifier === undefined) return node;
  const { awaitModifier, initializer, expression, statement } = node;
  const check = factory.createExpressionStatement(resume(ts, factory, factory.createVoidZero()));
  const body = factory.createBlock([check, statement], true);
  return factory.updateForOfStatement(node, awaitModifier, initializer, expression, body);
}

function isMisplaced(ts: Ts, node: TypeScript.Node): boolean {
  const owner = ts.findAncestor(ts.getOriginalNode(node), ts.isFunctionLike);
  return owner !== undefined && !isAsyncFunction(ts, owner);
}

/** A transformer for whole files: every await goes through the worker. */
export function checkAwaits(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const visit = (node: TypeScript.Node): TypeScript.Node =>
      checkAwait(ts, context.factory, ts.visitEachChild(node, visit, context));
    return ts.visitEachChild(file, visit, context);
  };
}

function resume(
  ts: Ts,
  factory: TypeScript.NodeFactory,
  value: TypeScript.Expression,
): TypeScript.Expression {
  const name = factory.createIdentifier(RESUME);
  return ts.setTextRange(factory.createCallExpression(name, undefined, [value]), value);
}
