// Code written for Python's operators on tensors, and the methods that say the same: `2 * x + y[0]` as
// `x.mul(2).add(y.at(0))`.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";

type Node = TypeScript.Node;

const DECLARED_IN = /[\\/]src[\\/]tensor[\\/](?:tensor|parameter)\.d\.ts$/;
const MAX_OPERAND = 40;

/** Method for an operator between a tensor and anything, and where the tensor stands on the right of a number. */
const METHODS: Readonly<Record<string, readonly [method: string, swapped?: string]>> = {
  "+": ["add", "add"],
  "-": ["sub", "rsub"],
  "*": ["mul", "mul"],
  "/": ["div"],
  "%": ["remainder"],
  "**": ["pow"],
  "&": ["bitwiseAnd", "bitwiseAnd"],
  "|": ["bitwiseOr", "bitwiseOr"],
  "^": ["bitwiseXor", "bitwiseXor"],
  "<<": ["bitwiseLeftShift"],
  ">>": ["bitwiseRightShift"],
  "<": ["lt", "gt"],
  "<=": ["le", "ge"],
  ">": ["gt", "lt"],
  ">=": ["ge", "le"],
  "==": ["eq", "eq"],
  "===": ["eq", "eq"],
  "!=": ["ne", "ne"],
  "!==": ["ne", "ne"],
};
const EQUALITY = /^[!=]==?$/;

export class TensorCode {
  readonly #ts: Ts;
  readonly #checker: TypeScript.TypeChecker;
  readonly #file: TypeScript.SourceFile;
  readonly #types = new Map<Node, TypeScript.Type>();
  readonly #rewritten = new Map<Node, string | undefined>();
  /** Where operations and operands that were rewritten begin and end. */
  readonly #starts = new Set<number>();
  readonly #ends = new Set<number>();

  constructor(ts: Ts, checker: TypeScript.TypeChecker, file: TypeScript.SourceFile) {
    this.#ts = ts;
    this.#checker = checker;
    this.#file = file;
  }

  /** The methods for an operation that JavaScript does not do with tensors; undefined for all other code. */
  rewrite(node: Node): string | undefined {
    const pending: Node[] = [];
    for (let next = node; !this.#rewritten.has(next); next = next.left) {
      pending.push(next);
      if (!this.#ts.isBinaryExpression(next)) break;
    }
    for (const next of pending.reverse()) this.#rewritten.set(next, this.#rewriteNow(next));
    return this.#rewritten.get(node);
  }

  /** `x` and `0` of `x[0]`, if this is a tensor and no name of a property. */
  indexed(node: Node): { readonly tensor: string; readonly index: string } | undefined {
    if (!this.#ts.isElementAccessExpression(node) || !this.isTensor(node.expression))
      return undefined;
    if (!this.#isIndex(node.argumentExpression)) return undefined;
    this.mark(node, node.expression, node.argumentExpression);
    const index = this.#argument(node.argumentExpression);
    return { tensor: this.receiver(node.expression), index };
  }

  /** Whether something that begins at `start` is, or begins with, an operation or operand that was rewritten. */
  hasRewritten(start: number): boolean {
    return this.#starts.has(start);
  }

  /** Whether what lies from `start` to `end` is one. */
  isRewritten(start: number, end: number): boolean {
    return this.#starts.has(start) && this.#ends.has(end);
  }

  /** Notes operands that advice is given for. */
  mark(...nodes: readonly Node[]): void {
    for (const node of nodes) {
      this.#starts.add(node.getStart(this.#file));
      this.#ends.add(node.getEnd());
    }
  }

  /** Whether code gives a tensor, or would if it were written with methods. */
  givesTensor(node: Node): boolean {
    return this.isTensor(node) || this.rewrite(node) !== undefined;
  }

  /** Whether the type of a node is a tensor's: each member of a union, or, for `some`, one of them. */
  isTensor(node: Node, some = false): boolean {
    if (this.#isOperation(node) || this.#ts.isLiteralExpression(node)) return false;
    const type = this.#typeOf(node);
    if (!type.isUnion()) return this.#isTensorType(type);
    return type.types[some ? "some" : "every"]((member) => this.#isTensorType(member));
  }

  /** Code in front of `.method()`. */
  receiver(node: Node): string {
    const ts = this.#ts;
    const known = this.rewrite(node);
    if (known !== undefined) return known;
    const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
    const text = this.#text(inner, "x");
    return ts.isLeftHandSideExpression(inner) ? text : `(${text})`;
  }

  /** Method call for `left operator right` with a tensor in it; undefined where JavaScript does what is written. */
  operation(left: Node, operator: string, right: Node): string | undefined {
    const methods = METHODS[operator];
    if (methods === undefined || !this.#isMisused(left, operator, right)) return undefined;
    this.mark(left, right);
    const [method, swapped] = methods;
    if (this.#hasTensor(left)) return `${this.receiver(left)}.${method}(${this.#argument(right)})`;
    if (swapped !== undefined) return `${this.receiver(right)}.${swapped}(${this.#argument(left)})`;
    return `tensor(${this.#argument(left)}).${method}(${this.#argument(right)})`;
  }

  #rewriteNow(node: Node): string | undefined {
    const ts = this.#ts;
    if (ts.isParenthesizedExpression(node)) return this.rewrite(node.expression);
    if (ts.isElementAccessExpression(node)) return this.#rewriteIndex(node);
    if (ts.isBinaryExpression(node)) return this.#rewriteBinary(node);
    if (ts.isPrefixUnaryExpression(node)) return this.#rewriteUnary(node);
    return undefined;
  }

  #rewriteIndex(node: Node): string | undefined {
    const found = this.indexed(node);
    return found && `${found.tensor}.at(${found.index})`;
  }

  #rewriteBinary(node: TypeScript.BinaryExpression): string | undefined {
    return this.operation(node.left, node.operatorToken.getText(this.#file), node.right);
  }

  #rewriteUnary(node: TypeScript.PrefixUnaryExpression): string | undefined {
    const { operator, operand } = node;
    const { MinusToken, TildeToken } = this.#ts.SyntaxKind;
    if (operator !== MinusToken && operator !== TildeToken) return undefined;
    if (!this.givesTensor(operand)) return undefined;
    this.mark(node, operand);
    return `${this.receiver(operand)}.${operator === MinusToken ? "neg" : "bitwiseNot"}()`;
  }

  #isMisused(left: Node, operator: string, right: Node): boolean {
    const isLeft = this.#hasTensor(left);
    if (!isLeft && !this.#hasTensor(right)) return false;
    const both = isLeft && this.#hasTensor(right);
    if (EQUALITY.test(operator)) return this.#isMisusedEquality(left, operator, right);
    return operator !== "+" || both || !this.#mayBeText(isLeft ? right : left);
  }

  /** Whether two things are the same object, or nothing at all, may well be asked. */
  #isMisusedEquality(left: Node, operator: string, right: Node): boolean {
    const isLeft = this.givesTensor(left);
    const isRight = this.givesTensor(right);
    if (isLeft && isRight) return operator.length === 2;
    return (isLeft || isRight) && this.#isNumber(isLeft ? right : left);
  }

  /** An operation gives a number, a boolean or text; asking for its type would be asking for every part again. */
  #isOperation(node: Node): node is TypeScript.BinaryExpression {
    if (!this.#ts.isBinaryExpression(node)) return false;
    return METHODS[this.#ts.tokenToString(node.operatorToken.kind) ?? ""] !== undefined;
  }

  #isNumber(node: Node): boolean {
    if (this.#isOperation(node)) return !this.#mayBeText(node);
    const { NumberLike, BooleanLike } = this.#ts.TypeFlags;
    return (this.#typeOf(node).flags & (NumberLike | BooleanLike)) !== 0;
  }

  #mayBeText(node: Node): boolean {
    let part = node;
    while (this.#isOperation(part)) {
      if (part.operatorToken.kind !== this.#ts.SyntaxKind.PlusToken) return false;
      if (this.#mayBeText(part.right)) return true;
      part = part.left;
    }
    return this.#mayBe(part, this.#ts.TypeFlags.StringLike);
  }

  #hasTensor(node: Node): boolean {
    return this.isTensor(node, true) || this.rewrite(node) !== undefined;
  }

  #isIndex(node: Node): boolean {
    if (this.#ts.isStringLiteral(node)) return node.text === ":" || node.text === "...";
    const { StringLike, ESSymbolLike } = this.#ts.TypeFlags;
    return !this.#mayBe(node, StringLike | ESSymbolLike);
  }

  /** Whether the type of a node has one of these flags, or is not known. */
  #mayBe(node: Node, flags: TypeScript.TypeFlags): boolean {
    const { Any, Unknown } = this.#ts.TypeFlags;
    const type = this.#typeOf(node);
    const types = type.isUnion() ? type.types : [type];
    return types.some((member) => (member.flags & (flags | Any | Unknown)) !== 0);
  }

  #isTensorType(type: TypeScript.Type): boolean {
    const known = this.#checker.getBaseConstraintOfType(type) ?? type;
    const file = known.getSymbol()?.declarations?.[0]?.getSourceFile().fileName ?? "";
    if (/^(?:Tensor|Parameter)$/.test(known.getSymbol()?.name ?? "") && DECLARED_IN.test(file))
      return true;
    return known.isClass() && (known.getBaseTypes() ?? []).some((base) => this.#isTensorType(base));
  }

  #typeOf(node: Node): TypeScript.Type {
    const type = this.#types.get(node) ?? this.#checker.getTypeAtLocation(node);
    this.#types.set(node, type);
    return type;
  }

  #argument(node: Node): string {
    return this.rewrite(node) ?? this.#text(node, "y");
  }

  /** Code as it stands, or `short` for it where it is long. */
  #text(node: Node, short: string): string {
    const text = node.getText(this.#file);
    return text.length > MAX_OPERAND || text.includes("\n") ? short : text;
  }
}
