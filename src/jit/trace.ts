// What a function computes, found by calling it with stand-ins for its tensors: they have the pointwise methods of Tensor,
// which write down what they were asked for, and refuse everything else. Numbers are passed as they are, so that ordinary
// JavaScript may compute with them; those that meet a tensor become arguments of the kernel.
import { describeValue } from "../arguments/describe-value.js";
import type { DType } from "../tensor/dtype.js";
import { Tensor } from "../tensor/tensor.js";
import { FLOAT_TYPES, type FloatType, Graph, type NodeId } from "./graph.js";
import { JitError, placeOfCall } from "./jit-error.js";
import { OPERATIONS } from "./operations.js";

export type JitArgument = Tensor | number;
export type JitResult = Tensor | readonly Tensor[];
export type JitBody = (...args: never[]) => JitResult;

/** A computation and the tensors it is of. */
export interface Trace {
  readonly graph: Graph;
  /** Tensors by the graph's inputs: arguments, and others the function uses from outside. */
  readonly inputs: ReadonlyMap<NodeId, Tensor>;
  readonly outputs: readonly NodeId[];
  /** Whether the function returns an array. */
  readonly isList: boolean;
}

type Method = (tracer: Tracer, self: NodeId, ...args: unknown[]) => NodeId;

/**
 * Calls `body` with stand-ins for `args`.
 * @throws JitError naming what is not pointwise, and where
 */
export function trace(body: JitBody, args: readonly JitArgument[]): Trace {
  const tracer = new Tracer();
  const standIns = args.map((arg, index) => {
    if (typeof arg === "number") return arg;
    if (arg instanceof Tensor) return tracer.standIn(tracer.use(arg));
    throw new JitError(
      `jit: argument ${index + 1} must be a tensor or a number, got ${describeValue(arg)}`,
    );
  });
  const result = body(...(standIns as never[]));
  const isList = Array.isArray(result);
  const outputs = [result].flat().map((output) => tracer.outputOf(output));
  return { graph: tracer.graph, inputs: tracer.inputs, outputs, isList };
}

/** Stand-ins of all traces; a function may keep one by mistake. */
const known = new WeakMap<object, { tracer: Tracer; node: NodeId }>();

class Tracer {
  readonly graph = new Graph();
  readonly inputs = new Map<NodeId, Tensor>();

  /** The input that stands for a tensor, the same one each time. */
  use(tensor: Tensor): NodeId {
    for (const [node, seen] of this.inputs) if (seen === tensor) return node;
    const node = this.graph.input(floatType(tensor.dtype), tensor.shape.length === 0);
    this.inputs.set(node, tensor);
    return node;
  }

  standIn(node: NodeId): Tensor {
    const handler: ProxyHandler<object> = { get: (_, property) => this.#property(node, property) };
    const proxy = new Proxy({}, handler);
    known.set(proxy, { tracer: this, node });
    return proxy as Tensor;
  }

  /** A number or tensor that meets a traced one. */
  operand(value: unknown): NodeId {
    if (typeof value === "number") return this.graph.scalar(value);
    if (value instanceof Tensor) return this.use(value);
    return this.#nodeOf(value, "an operand must be a tensor or a number");
  }

  outputOf(value: unknown): NodeId {
    const node = this.#nodeOf(
      value,
      "the function must return a tensor computed from its arguments, or an array of such",
    );
    if (this.graph.needed([node]).some((id) => this.graph.node(id).kind === "input")) return node;
    throw new JitError("jit: a result does not depend on any tensor");
  }

  #nodeOf(value: unknown, rule: string): NodeId {
    const found = typeof value === "object" && value !== null ? known.get(value) : undefined;
    if (found?.tracer === this) return found.node;
    const given =
      found === undefined
        ? describe(value)
        : "a tensor of an earlier call, kept outside of the function";
    throw new JitError(`jit: ${rule}, got ${given}${placeOfCall()}`);
  }

  #property(node: NodeId, property: string | symbol): unknown {
    if (property === "dtype") return this.graph.node(node).dtype;
    if (property === "then") return undefined; // asked by `await` of everything
    if (typeof property === "symbol") {
      if (property !== Symbol.toPrimitive) return undefined;
      throw new JitError(
        `jit: what the function does must not depend on the numbers in its tensors${placeOfCall()}`,
      );
    }
    const method = METHODS.get(property);
    if (method !== undefined)
      return (...args: unknown[]) => this.standIn(method(this, node, ...args));
    throw new JitError(
      `jit: ${REASONS[property] ?? `${property}() is not pointwise`}${placeOfCall()}; it may use ${[...METHODS.keys()].join(", ")}`,
    );
  }
}

const ELSEWHERE =
  "a tensor of the function went into an operator that is not one of its own pointwise methods";
const REASONS: Readonly<Record<string, string>> = {
  handle: ELSEWHERE,
  constructor: ELSEWHERE, // asked for the name of what is no tensor
  shape: "the shape is not known: one kernel serves all shapes",
};

const SPECIAL: readonly [string, Method][] = [
  ["add", (t, self, other, alpha) => t.graph.add(self, scaled(t, t.operand(other), alpha))],
  ["sub", (t, self, other, alpha) => t.graph.sub(self, scaled(t, t.operand(other), alpha))],
  ["div", (t, self, other, ...rest) => quotient(t, self, other, ...none("div", rest))],
  ["pow", (t, self, exponent) => power(t.graph, self, exponent)],
  ["gelu", (t, self, options) => gelu(t.graph, self, options)],
  ["to", (t, self, target) => t.graph.cast(self, castTarget(target))],
];
const BINARY = ["mul", "maximum", "minimum"];
const UNARY = [
  "neg",
  "abs",
  "exp",
  "expm1",
  "log",
  "log1p",
  "sqrt",
  "rsqrt",
  "square",
  "reciprocal",
].concat(["cos", "sin", "tanh", "erf", "sigmoid", "relu", "silu"]);

const METHODS: ReadonlyMap<string, Method> = new Map([
  ...SPECIAL,
  ...BINARY.map((name): [string, Method] => [
    name,
    (t, self, other, ...rest) => t.graph.apply(name, self, t.operand(other), ...none(name, rest)),
  ]),
  ...UNARY.map((name): [string, Method] => [
    name,
    (t, self, ...rest) => t.graph.apply(name, self, ...none(name, rest)),
  ]),
]);

/** `alpha` is a number or `{ alpha }`, as Tensor takes it. */
function scaled({ graph }: Tracer, node: NodeId, alpha: unknown): NodeId {
  const factor = alpha instanceof Object && "alpha" in alpha ? alpha.alpha : (alpha ?? 1);
  return factor === 1 ? node : graph.mul(node, graph.scalar(requireNumber("alpha", factor)));
}

/** Hendrycks and Gimpel 2016; "tanh" is their approximation. */
function gelu(graph: Graph, x: NodeId, options: unknown): NodeId {
  const number = (value: number): NodeId => graph.literal(value);
  const given = (options as { approximate?: unknown } | undefined)?.approximate ?? "none";
  if (given === "none") {
    const erf = graph.apply("erf", graph.mul(x, number(Math.SQRT1_2)));
    return graph.mul(graph.mul(x, number(0.5)), graph.add(erf, number(1)));
  }
  if (given === "tanh") {
    // (1 + tanh(u)) / 2 = sigmoid(2 u)
    const twice = 2 * Math.sqrt(2 / Math.PI);
    const slope = graph.add(graph.mul(x, x, number(twice * 0.044715)), number(twice));
    return graph.mul(x, graph.apply("sigmoid", graph.mul(x, slope)));
  }
  throw new JitError(
    `jit: gelu's approximate must be "none" or "tanh", got ${describe(given)}${placeOfCall()}`,
  );
}

/** Exponents that need no powf, as in ATen's pow. */
const POWERS: ReadonlyMap<number, (g: Graph, x: NodeId) => NodeId> = new Map([
  [0, (g, x) => g.apply("one", x)],
  [1, (_, x) => x],
  [2, (g, x) => g.mul(x, x)],
  [3, (g, x) => g.mul(x, x, x)],
  [4, (g, x) => g.apply("square", g.mul(x, x))],
  [0.5, (g, x) => g.apply("sqrt", x)],
  [-0.5, (g, x) => g.apply("rsqrt", x)],
  [-1, (g, x) => g.apply("reciprocal", x)],
  [-2, (g, x) => g.apply("reciprocal", g.mul(x, x))],
]);

function power(graph: Graph, x: NodeId, given: unknown): NodeId {
  const exponent = requireNumber("pow's exponent", given);
  const common = POWERS.get(exponent);
  if (common !== undefined) return common(graph, x);
  return graph.apply("pow", x, graph.scalar(exponent));
}

/** By a number: times its reciprocal, as ATen does on GPUs. */
function quotient(tracer: Tracer, dividend: NodeId, divisor: unknown): NodeId {
  const { graph } = tracer;
  if (typeof divisor === "number") return graph.mul(dividend, graph.scalar(1 / divisor));
  return graph.div(dividend, tracer.operand(divisor));
}

function castTarget(target: unknown): FloatType {
  const dtype =
    typeof target === "string" ? target : (target as { dtype?: unknown } | undefined)?.dtype;
  const device = typeof target === "object" && target !== null && "device" in target;
  if (!device && FLOAT_TYPES.includes(dtype as FloatType)) return dtype as FloatType;
  throw new JitError(
    `jit: to() must name one of ${FLOAT_TYPES.join(", ")} and no device, got ${describe(target)}${placeOfCall()}`,
  );
}

function floatType(dtype: DType): FloatType {
  if (FLOAT_TYPES.includes(dtype as FloatType)) return dtype as FloatType;
  throw new JitError(`jit: tensors must be ${FLOAT_TYPES.join(", ")}, got ${dtype}`);
}

function requireNumber(what: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new JitError(`jit: ${what} must be a number, got ${describe(value)}${placeOfCall()}`);
}

function none(name: string, args: readonly unknown[]): [] {
  if (args.every((arg) => arg === undefined)) return [];
  throw new JitError(
    `jit: ${name}() with further arguments cannot be fused, got ${describe(args[0])}${placeOfCall()}`,
  );
}

function describe(value: unknown): string {
  if (!(value instanceof Object)) return typeof value === "string" ? `"${value}"` : String(value);
  return known.has(value) ? "a tensor of the function" : `a ${value.constructor.name}`;
}

// Every method writes an operation that has code.
for (const name of [...BINARY, ...UNARY]) {
  if (!(name in OPERATIONS)) throw new Error(`src/jit/operations.ts lacks ${name}`);
}
