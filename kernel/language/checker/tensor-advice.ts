// What JavaScript does not do with tensors, told with the method that does it: operators, `x[0]` and tensors as
// conditions. TypeScript complains of some of it in words of numbers, and of the rest not at all.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import type { TensorCode } from "./tensor-code.js";

type Node = TypeScript.Node;

interface Advice {
  readonly message: string;
  /** TypeScript's number for what comes nearest. */
  readonly code: number;
}

interface Place {
  readonly node: Node;
  /** What stands around it was rewritten with it. */
  readonly isPart: boolean;
}

const BAD_OPERATOR = 2365;
const BAD_INDEX = 2536;
const ALWAYS_TRUE = 2872;
const MAX_METHODS = 200;
const COMPARES = /^(?:[<>]=?|[!=]==?)$/;

/** Looks for what is wrong with tensors in one file. */
export class Adviser {
  readonly #ts: Ts;
  readonly #code: TensorCode;
  readonly #file: TypeScript.SourceFile;
  readonly #found = new Map<Node, TypeScript.DiagnosticWithLocation>();

  constructor(ts: Ts, code: TensorCode, file: TypeScript.SourceFile) {
    this.#ts = ts;
    this.#code = code;
    this.#file = file;
  }

  look(): TypeScript.DiagnosticWithLocation[] {
    let level: Place[] = [{ node: this.#file, isPart: false }];
    while (level.length > 0) level = level.flatMap((place) => this.#visit(place));
    return [...this.#found.values()];
  }

  /** @returns the parts of what was looked at */
  #visit({ node, isPart }: Place): Place[] {
    for (const condition of this.#conditionsOf(node)) this.#tellCondition(condition);
    const advice = this.#assignment(node) ?? this.#expression(node);
    if (advice !== undefined && !isPart) this.#tell(node, advice);
    const isInside = advice !== undefined || (isPart && this.#ts.isParenthesizedExpression(node));
    const parts: Place[] = [];
    this.#ts.forEachChild(node, (part) => {
      parts.push({ node: part, isPart: isInside });
    });
    return parts;
  }

  #tell(node: Node, { message, code }: Advice): void {
    const start = node.getStart(this.#file);
    this.#found.set(node, {
      category: this.#ts.DiagnosticCategory.Error,
      code,
      file: this.#file,
      start,
      length: node.getEnd() - start,
      messageText: message,
    });
  }

  #expression(node: Node): Advice | undefined {
    const ts = this.#ts;
    const methods = this.#code.rewrite(node);
    if (methods === undefined) return this.#asNumber(node);
    if (ts.isElementAccessExpression(node)) return indexAdvice(methods);
    const isComparison =
      ts.isBinaryExpression(node) && COMPARES.test(node.operatorToken.getText(this.#file));
    return operatorAdvice(
      isComparison ? `${methods}, or compare the number that item() gives of one element` : methods,
    );
  }

  /** `+x`, which is a number to TypeScript whatever x is. */
  #asNumber(node: Node): Advice | undefined {
    const ts = this.#ts;
    if (!ts.isPrefixUnaryExpression(node) || node.operator !== ts.SyntaxKind.PlusToken)
      return undefined;
    if (!this.#code.givesTensor(node.operand)) return undefined;
    return operatorAdvice(`${this.#code.receiver(node.operand)}.item()`);
  }

  /** `x[0] = 1`, `x += 1`, `x++`. */
  #assignment(node: Node): Advice | undefined {
    const ts = this.#ts;
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node))
      return this.#increment(node);
    if (!ts.isBinaryExpression(node)) return undefined;
    const { left, right, operatorToken } = node;
    const operator = operatorToken.getText(this.#file);
    if (operator !== "=" && !/^(?:[-+*/%&|^]|\*\*|<<|>>)=$/.test(operator)) return undefined;
    const target = this.#code.indexed(left);
    const computed = this.#code.operation(left, operator.slice(0, -1), right);
    if (target !== undefined) {
      const value = operator === "=" ? right.getText(this.#file) : (computed ?? "value");
      return indexAdvice(`${target.tensor}.setAt([${target.index}], ${value})`);
    }
    if (computed === undefined) return undefined;
    if (this.#code.isTensor(left))
      return operatorAdvice(`${left.getText(this.#file)} = ${computed}`);
    return operatorAdvice(
      `${computed}, or take a number with ${this.#code.receiver(right)}.item()`,
    );
  }

  #increment(
    node: TypeScript.PostfixUnaryExpression | TypeScript.PrefixUnaryExpression,
  ): Advice | undefined {
    const { PlusPlusToken, MinusMinusToken } = this.#ts.SyntaxKind;
    const isUp = node.operator === PlusPlusToken;
    if (!isUp && node.operator !== MinusMinusToken) return undefined;
    if (!this.#code.isTensor(node.operand)) return undefined;
    this.#code.mark(node.operand);
    const text = this.#code.receiver(node.operand);
    return operatorAdvice(`${text} = ${text}.${isUp ? "add" : "sub"}(1)`);
  }

  /** Parts of a node that must be true or false. */
  #conditionsOf(node: Node): Node[] {
    const ts = this.#ts;
    if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node))
      return this.#alternatives(node.expression);
    if (ts.isForStatement(node) && node.condition) return this.#alternatives(node.condition);
    if (ts.isConditionalExpression(node)) return this.#alternatives(node.condition);
    if (ts.isPrefixUnaryExpression(node)) return this.#alternatives(node).filter((x) => x !== node);
    if (ts.isBinaryExpression(node) && this.#isLogical(node)) return this.#leftOf(node.left);
    return [];
  }

  /** Of a chain `a && b && c` the part before `&& c`; what stands before that is looked at with it. */
  #leftOf(node: Node): Node[] {
    const isChain = this.#ts.isBinaryExpression(node) && this.#isLogical(node);
    return this.#alternatives(isChain ? node.right : node);
  }

  /** What decides a condition that is joined by `&&`, `||` and `!`. */
  #alternatives(node: Node): Node[] {
    const ts = this.#ts;
    if (ts.isParenthesizedExpression(node)) return this.#alternatives(node.expression);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      return this.#alternatives(node.operand);
    if (ts.isBinaryExpression(node) && this.#isLogical(node))
      return [...this.#alternatives(node.left), ...this.#alternatives(node.right)];
    return [node];
  }

  #isLogical({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
    const { AmpersandAmpersandToken, BarBarToken } = this.#ts.SyntaxKind;
    return kind === AmpersandAmpersandToken || kind === BarBarToken;
  }

  #tellCondition(node: Node): void {
    if (this.#found.has(node) || !this.#code.isTensor(node)) return;
    const text = this.#code.receiver(node);
    const number = `take the number of its one element with ${short(text)}.item()`;
    const byElement = "compute by element with logicalAnd(), logicalOr(), logicalNot() and where()";
    const message = `A tensor is always true as a condition; ${number}, or ${byElement}.`;
    this.#tell(node, { message, code: ALWAYS_TRUE });
  }
}

function operatorAdvice(methods: string): Advice {
  return {
    message: `JavaScript has no operators for tensors; write ${short(methods)}.`,
    code: BAD_OPERATOR,
  };
}

function indexAdvice(methods: string): Advice {
  return {
    message: `JavaScript has no indices for tensors; write ${short(methods)}.`,
    code: BAD_INDEX,
  };
}

function short(methods: string): string {
  return methods.length > MAX_METHODS ? `${methods.slice(0, MAX_METHODS)}...` : methods;
}
