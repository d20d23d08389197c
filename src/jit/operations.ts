// Every operation that can be fused: its CUDA code in float32, and the gradients of its arguments as expressions of the same
// kind. Those with a dot in their name exist for derivatives alone.
import type { Graph, NodeId } from "./graph.js";

export interface Operation {
  readonly code: (...args: string[]) => string;
  /** From the gradient of the result. */
  readonly gradients: (
    g: Graph,
    gradient: NodeId,
    args: readonly NodeId[],
    result: NodeId,
  ) => readonly NodeId[];
}

type Unary = (g: Graph, x: NodeId, result: NodeId) => NodeId;

/** An operation of one argument by its slope. */
const unary = (code: (x: string) => string, slope: Unary): Operation => ({
  code,
  gradients: (g, gradient, [x], result) => [g.mul(gradient, slope(g, x as NodeId, result))],
});

/** An operation of two arguments. */
const binary = (
  code: (a: string, b: string) => string,
  gradients: (g: Graph, gradient: NodeId, a: NodeId, b: NodeId) => readonly NodeId[],
): Operation => ({
  code,
  gradients: (g, gradient, [a, b]) => gradients(g, gradient, a as NodeId, b as NodeId),
});

/** Rounding to a type: gradients pass as they are. */
const rounding = (code: (x: string) => string): Operation => ({
  code,
  gradients: (_, gradient) => [gradient],
});

/** Constant almost everywhere. */
const flat = (code: (...args: string[]) => string): Operation => ({
  code,
  gradients: (g, _, args) => args.map(() => g.literal(0)),
});

const call =
  (name: string) =>
  (...args: string[]): string =>
    `${name}(${args.join(", ")})`;

const square: Unary = (g, x) => g.mul(x, x);
const oneMinus: Unary = (g, x) => g.sub(g.literal(1), x);

/** The part of a gradient that goes to the first argument of maximum(a, b): half of it when they are equal. */
const shared = (larger: "a" | "b") =>
  binary(call(larger === "a" ? "larger" : "smaller"), (g, gradient, a, b) => {
    const first = larger === "a" ? g.apply("share.larger", a, b) : g.apply("share.larger", b, a);
    return [g.mul(gradient, first), g.mul(gradient, g.sub(g.literal(1), first))];
  });

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: binary(
    (a, b) => `${a} + ${b}`,
    (_, gradient) => [gradient, gradient],
  ),
  sub: binary(
    (a, b) => `${a} - ${b}`,
    (g, gradient) => [gradient, g.neg(gradient)],
  ),
  mul: binary(
    (a, b) => `${a} * ${b}`,
    (g, gradient, a, b) => [g.mul(gradient, b), g.mul(gradient, a)],
  ),
  div: binary(
    (a, b) => `${a} / ${b}`,
    (g, gradient, a, b) => {
      const first = g.div(gradient, b);
      return [first, g.neg(g.mul(first, g.div(a, b)))];
    },
  ),
  // The exponent is a number: nothing asks for its gradient.
  pow: binary(call("powf"), (g, gradient, x, exponent) => [
    g.mul(gradient, exponent, g.apply("pow", x, g.sub(exponent, g.literal(1)))),
    g.literal(0),
  ]),
  maximum: shared("a"),
  minimum: shared("b"),
  neg: unary(
    (x) => `-${x}`,
    (g) => g.literal(-1),
  ),
  abs: unary(call("fabsf"), (g, x) => g.apply("slope.abs", x)),
  exp: unary(call("expf"), (_, __, result) => result),
  expm1: unary(call("expm1f"), (g, _, result) => g.add(result, g.literal(1))),
  log: unary(call("logf"), (g, x) => g.div(g.literal(1), x)),
  log1p: unary(call("log1pf"), (g, x) => g.div(g.literal(1), g.add(x, g.literal(1)))),
  sqrt: unary(call("sqrtf"), (g, _, result) => g.div(g.literal(0.5), result)),
  rsqrt: unary(call("rsqrtf"), (g, _, result) =>
    g.mul(g.literal(-0.5), result, square(g, result, result)),
  ),
  square: unary(
    (x) => `${x} * ${x}`,
    (g, x) => g.mul(g.literal(2), x),
  ),
  reciprocal: unary(
    (x) => `1.f / ${x}`,
    (g, _, result) => g.neg(square(g, result, result)),
  ),
  cos: unary(call("cosf"), (g, x) => g.neg(g.apply("sin", x))),
  sin: unary(call("sinf"), (g, x) => g.apply("cos", x)),
  tanh: unary(call("hyperbolic_tangent"), (g, _, result) =>
    oneMinus(g, square(g, result, result), result),
  ),
  erf: unary(call("erff"), (g, x) => {
    return g.mul(g.literal(2 / Math.sqrt(Math.PI)), g.apply("exp", g.neg(square(g, x, x))));
  }),
  sigmoid: unary(call("sigmoid"), (g, _, result) => g.mul(result, oneMinus(g, result, result))),
  relu: unary(
    (x) => `larger(${x}, 0.f)`,
    (g, x) => g.apply("slope.relu", x),
  ),
  silu: unary(call("silu"), (g, x) => {
    const s = g.apply("sigmoid", x);
    return g.mul(s, g.add(g.literal(1), g.mul(x, oneMinus(g, s, s))));
  }),
  float32: rounding((x) => x),
  bfloat16: rounding((x) => `widen(narrow<bfloat16>(${x}))`),
  float16: rounding((x) => `widen(narrow<float16>(${x}))`),
  one: flat(() => "1.f"), // to the power of 0, NaN too
  "slope.relu": flat((x) => `${x} > 0.f ? 1.f : 0.f`),
  "slope.abs": flat((x) => `${x} > 0.f ? 1.f : ${x} < 0.f ? -1.f : 0.f`),
  "share.larger": flat((a, b) => `${a} > ${b} ? 1.f : ${a} == ${b} ? 0.5f : 0.f`),
};
