// Every operator by name: `ops.aten.topk(x, 5, { dim: -1 })`. Arguments are positional, then one plain object with
// options; defaults and overloads follow the operator's schema. Types are generated from the schemas (generated/).
import { requireValue, text } from "../arguments/checks.js";
import { answerForMissing } from "../arguments/missing-names.js";
import { native } from "../native/native.js";
import { findOperator, type Result } from "./dispatch.js";
import type { Aten } from "./generated/aten.js";
import type { OwnOperators } from "./generated/own.js";
import { invoke, Tensor } from "./tensor.js";

/** What an operator returns: a tensor, a number, text, a list of them, or nothing. */
export type OperatorResult = Result<Tensor>;
/** An operator: positional arguments, then one object with options. */
export type Operator = (...args: unknown[]) => OperatorResult;

/** Names of `ops.aten`. */
export type AtenName = keyof Aten;

/** Those of ATen whose name begins with an underscore: PyTorch may change them. */
export type PrivateOperators = Readonly<Record<`_${string}`, Operator>>;

/** Looked up on first use; an unknown name throws and names similar ones. */
export interface Operators {
  /** PyTorch's operators. */
  readonly aten: Aten & PrivateOperators;
  /** Our fused kernels (native/kernels), for CPU and CUDA. */
  readonly notebooster: OwnOperators;
}

/** Every operator by name: `ops.aten.topk(x, 5, { dim: -1 })`. */
export const ops: Operators = { aten: namespace("aten"), notebooster: namespace("notebooster") };

answerForMissing(ops, {
  read: (name) => (AWAITED.has(name) ? undefined : noNamespace(name)),
  write: noNamespace,
});

/** What `await` and JSON.stringify ask every object for. */
const AWAITED = new Set(["then", "toJSON"]);

/** Calls an operator of `aten` whose name is computed and that returns one tensor. */
export function call(name: AtenName, ...args: unknown[]): Tensor {
  const result = invoke(findOperator(name), args);
  if (!(result instanceof Tensor)) throw new TypeError(`${name} does not return one tensor`);
  return result;
}

/** The schemas of an operator's overloads, as PyTorch prints them. */
export function schemas(name: string): string[] {
  requireValue("schemas: name", name, text);
  return native.operatorSchemas(findOperator(name));
}

function noNamespace(name: string): string {
  return `there is no ops.${name}; operators are in ops.aten and ops.notebooster, as in ops.aten.topk(x, 5)`;
}

/** `T` is what the schemas of the namespace say. */
function namespace<T extends object>(prefix: string): T {
  const known = new Map<string | symbol, Operator>();
  const get = (_: object, name: string | symbol) => {
    const found = known.get(name);
    if (found !== undefined || typeof name !== "string") return found;
    const operator = bind(`${prefix}::${name}`);
    known.set(name, operator);
    return operator;
  };
  const ownKeys = (): string[] =>
    native
      .operatorNames()
      .filter((name) => name.startsWith(`${prefix}::`))
      .map((name) => name.slice(prefix.length + 2));
  const getOwnPropertyDescriptor = () => ({ enumerable: true, configurable: true });
  const handler: ProxyHandler<Record<string, Operator>> = {
    get,
    ownKeys,
    getOwnPropertyDescriptor,
  };
  const text = (): string =>
    `ops.${prefix}: ${ownKeys().length} operators, called by name: ops.${prefix}.NAME(...); printed alone, one shows its arguments`;
  return new Proxy(printedAs({}, text), handler) as T;
}

function bind(fullName: string): Operator {
  const operator = findOperator(fullName);
  const call: Operator = (...args) => invoke(operator, args);
  return printedAs(call, () => native.operatorSchemas(operator).join("\n"));
}

/** Node's `util.inspect`, and with it console.log and cells, finds how a value prints under this symbol. */
function printedAs<T extends object>(value: T, text: () => string): T {
  const inspect = Symbol.for("nodejs.util.inspect.custom");
  return Object.defineProperty(value, inspect, { value: text, configurable: true });
}
