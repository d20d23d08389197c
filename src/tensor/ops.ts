// Every operator of ATen by name: `ops.aten.topk(x, 5, { dim: -1 })`. Arguments are positional, then one plain
// object with keyword arguments; defaults and overloads follow the operator's schema.
import { type Handle, native, type OperatorRef } from "../native/native.js";
import { Generator } from "./random.js";
import { Tensor } from "./tensor.js";

export type OperatorResult = Tensor | number | boolean | string | null | OperatorResult[];
export type Operator = (...args: unknown[]) => OperatorResult;

/** Operators of one namespace, looked up on first use; an unknown name throws with that name. */
export type Namespace = Readonly<Record<string, Operator>>;

/** `aten`: PyTorch's operators. `notebooster`: our fused kernels (native/kernels), for CPU and CUDA. */
export const ops: { readonly aten: Namespace; readonly notebooster: Namespace } = {
  aten: namespace("aten"),
  notebooster: namespace("notebooster"),
};

/** An operator that returns one tensor, by its name in `aten` or with its namespace ("notebooster::rope"). */
export function call(name: string, ...args: unknown[]): Tensor {
  const [prefix, short] = name.includes("::")
    ? (name.split("::") as [string, string])
    : ["aten", name];
  const result = operator(prefix, short)(...args);
  if (!(result instanceof Tensor)) throw new TypeError(`${name} does not return one tensor`);
  return result;
}

/** An operator of `aten` that returns several tensors. */
export function callMany(name: string, ...args: unknown[]): Tensor[] {
  const results = operator("aten", name)(...args);
  if (!Array.isArray(results) || !results.every((result) => result instanceof Tensor)) {
    throw new TypeError(`aten::${name} does not return several tensors`);
  }
  return results;
}

/** The schemas of an operator's overloads, as PyTorch prints them. */
export function schemas(name: string): string[] {
  return native.operatorSchemas(native.findOperator(name.includes("::") ? name : `aten::${name}`));
}

function namespace(prefix: string): Namespace {
  return new Proxy({} as Record<string, Operator>, {
    get: (_, name) => (typeof name === "string" ? operator(prefix, name) : undefined),
    ownKeys: () =>
      native
        .operatorNames()
        .filter((name) => name.startsWith(`${prefix}::`))
        .map((name) => name.slice(prefix.length + 2)),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

const known = new Map<string, Operator>();

function operator(prefix: string, name: string): Operator {
  const full = `${prefix}::${name}`;
  let found = known.get(full);
  if (found === undefined) {
    found = bind(native.findOperator(full));
    known.set(full, found);
  }
  return found;
}

function bind(ref: OperatorRef): Operator {
  return (...args) => {
    const last = args.at(-1);
    const keywords = isKeywords(last) ? last : undefined;
    const positional = keywords === undefined ? args : args.slice(0, -1);
    return fromNative(
      native.callOperator(ref, positional.map(toNative), keywords && mapValues(keywords)),
    );
  };
}

function isKeywords(value: unknown): value is Record<string, unknown> {
  return (
    value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype
  );
}

function mapValues(keywords: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(keywords).map(([key, value]) => [key, toNative(value)]));
}

function toNative(value: unknown): unknown {
  return value instanceof Generator ? value.ref : value;
}

function fromNative(value: unknown): OperatorResult {
  if (Array.isArray(value)) return value.map(fromNative);
  if (value !== null && typeof value === "object")
    return new Tensor((value as { handle: Handle }).handle);
  return value as OperatorResult;
}
