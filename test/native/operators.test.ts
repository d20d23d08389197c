// Each call of operator-cases.ts by us against Python torch: values, shapes, dtypes and gradients of the function
// `ops.aten.NAME`, the method of the tensor and the in-place form.
import {
  backward,
  type DType,
  manualSeed,
  noGrad,
  type Operator,
  ops,
  Tensor,
  tensor,
  zeros,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { type Argument, CASES, type Input } from "./operator-cases.js";
import { mulberry } from "./random-indices.js";

/** One result: a tensor as {dtype, shape, values}, anything else as itself. */
type Result =
  | { dtype: string; shape: number[]; values: number[] }
  | number
  | boolean
  | string
  | null;
interface Reference {
  results: Result[];
  /** Of each floating-point input, for the sum of squares of all results; null when nothing is differentiable. */
  gradients: ((number | string)[] | null)[] | null;
  /** The first argument after NAME_ ran on it; null when there is no such form for these arguments. */
  inPlace: Result | null;
}

const NUMBERS = CASES.map(([, positional], seed) =>
  inputsOf(positional).map((x, k) => numbers(x, seed * 7 + k)),
);

const REFERENCE = python(
  `
import torch
from math import isfinite
aten = torch.ops.aten
DTYPES = {"normal": torch.float32, "positive": torch.float32, "unit": torch.float32, "int": torch.int64, "bool": torch.bool}
def build(x, numbers, made):
  if isinstance(x, list): return [build(y, numbers, made) for y in x]
  if isinstance(x, dict) and "dtype" in x: return getattr(torch, x["dtype"])
  if not isinstance(x, dict): return x
  t = torch.tensor(next(numbers), dtype=DTYPES[x["kind"]]).reshape(x["shape"])
  if t.dtype == torch.float32: t.requires_grad_()
  made.append(t)
  return t
def flat(out): return [y for x in out for y in flat(x)] if isinstance(out, (list, tuple)) else [out]
def plain(x): return [y if isfinite(y) else str(y).replace("inf", "Infinity") for y in x.detach().double().reshape(-1).tolist()]
def record(x):
  if not isinstance(x, torch.Tensor): return x
  return {"dtype": str(x.dtype)[6:], "shape": list(x.shape), "values": plain(x)}
def arguments(case, numbers):
  made = []
  source = iter(numbers)
  return [build(x, source, made) for x in case[1]], {k: build(v, source, made) for k, v in (case[2] if len(case) > 2 else {}).items()}, made
def in_place(case, numbers):
  operator = getattr(aten, case[0] + "_", None)
  if operator is None: return None
  positional, keywords, _ = arguments(case, numbers)
  try:
    with torch.no_grad(): operator(*positional, **keywords)
  except (RuntimeError, TypeError): return None
  return record(positional[0])
results = []
for case, numbers in zip(args[0], args[1]):
  positional, keywords, made = arguments(case, numbers)
  out = flat(getattr(aten, case[0])(*positional, **keywords))
  loss = [(x * x).sum() for x in out if isinstance(x, torch.Tensor) and x.is_floating_point() and x.requires_grad]
  try:
    if loss: sum(loss).backward()
  except RuntimeError as error:
    if "is not implemented" not in str(error): raise
    loss = []
  gradients = [plain(x.grad) if x.grad is not None else None for x in made] if loss else None
  results.append({"results": [record(x) for x in out], "gradients": gradients, "inPlace": in_place(case, numbers)})
print(json.dumps(results))`,
  CASES,
  NUMBERS,
) as Reference[];

const TABLE = CASES.map((one, k) => ({
  name: one[0],
  positional: one[1],
  keywords: one[2] ?? {},
  numbers: NUMBERS[k] as number[][],
  wanted: REFERENCE[k] as Reference,
}));

test("the table holds at least 150 operators, 100 with gradients and 60 with in-place forms", () => {
  const count = (keep: (row: (typeof TABLE)[number]) => boolean) =>
    new Set(TABLE.filter(keep).map(({ name }) => name)).size;
  expect(count(() => true)).toBeGreaterThanOrEqual(150);
  expect(count(({ wanted }) => wanted.gradients !== null)).toBeGreaterThanOrEqual(100);
  expect(count(({ wanted }) => wanted.inPlace !== null)).toBeGreaterThanOrEqual(60);
});

describe("operators equal Python torch's", () => {
  test.each(TABLE)("$name $keywords", ({ name, positional, keywords, numbers, wanted }) => {
    const operator = aten(name);
    const [args, options, made] = build(positional, keywords, numbers);
    const results = flat(operator(...args, options));
    expectResults(results, wanted.results);
    expectGradients(results, made, wanted.gradients);

    const method = args[0] instanceof Tensor && methodOf(args[0], camelCase(name));
    if (method) expectResults(flat(method(...args.slice(1), camelKeys(options))), wanted.results);

    if (wanted.inPlace === null) return;
    const [again, sameOptions] = build(positional, keywords, numbers);
    const target = again[0] as Tensor;
    expect(noGrad(() => aten(`${name}_`)(...again, sameOptions))).toBe(target);
    expectResults([target], [wanted.inPlace]);
  });
});

test("random operators give Python's numbers for the same seed", () => {
  const calls: [string, unknown[]][] = [
    ["rand", [[3]]],
    ["randn", [[2, 3]]],
    ["randint", [2, 9, [4]]],
    ["randperm", [6]],
    ["bernoulli", [zeros([5]).add(0.5)]],
    ["normal", [zeros([3]), 1]],
    ["dropout", [zeros([6]).add(1), 0.5, true]],
    ["multinomial", [zeros([5]).add(0.2), 3]],
  ];
  const theirs = python(`
import torch
def half(n): return torch.zeros(n) + 0.5
calls = [("rand", [[3]]), ("randn", [[2, 3]]), ("randint", [2, 9, [4]]), ("randperm", [6]), ("bernoulli", [half(5)]),
  ("normal", [torch.zeros(3), 1]), ("dropout", [torch.ones(6), 0.5, True]), ("multinomial", [torch.zeros(5) + 0.2, 3])]
torch.manual_seed(5)
print(json.dumps([getattr(torch.ops.aten, name)(*a).tolist() for name, a in calls]))`);
  manualSeed(5);
  expect(calls.map(([name, args]) => (aten(name)(...args) as Tensor).toArray())).toEqual(theirs);
});

test("out, as an option, is written to and returned; several results have several", () => {
  const x = tensor([3, 1, 2], { dtype: "float32" });
  const out = zeros([3]);
  expect(x.add(1, { out })).toBe(out);
  expect(out.toArray()).toEqual([4, 2, 3]);
  const [values, indices] = [zeros([2]), zeros([2], { dtype: "int64" })];
  const found = x.topk(2, { values, indices });
  expect(found[0] === values && found[1] === indices).toBe(true);
  expect(indices.toArray()).toEqual([0, 2]);
});

function aten(name: string): Operator {
  return ops.aten[name as `_${string}`] as Operator;
}

/** x.where(condition, y) has its tensor second. */
function methodOf(x: Tensor, name: string): ((...args: unknown[]) => unknown) | undefined {
  if (name === "where") return undefined;
  const method = (x as unknown as Record<string, unknown>)[name];
  return typeof method === "function" ? method.bind(x) : undefined;
}

function build(
  positional: readonly Argument[],
  keywords: Readonly<Record<string, Argument>>,
  values: number[][],
): [unknown[], Record<string, unknown>, Tensor[]] {
  const made: Tensor[] = [];
  const one = (x: Argument): unknown => {
    if (Array.isArray(x)) return x.map(one);
    if (x === null || typeof x !== "object") return x;
    if ("dtype" in x) return x.dtype;
    made.push(toTensor(x as Input, values[made.length] as number[]));
    return made.at(-1);
  };
  const args = positional.map(one);
  return [args, Object.fromEntries(Object.entries(keywords).map(([k, v]) => [k, one(v)])), made];
}

function toTensor({ kind, shape }: Input, values: number[]): Tensor {
  const dtype: DType = kind === "int" ? "int64" : kind === "bool" ? "bool" : "float32";
  const made = tensor(values, { dtype }).reshape(shape);
  if (dtype === "float32") made.requiresGrad = true;
  return made;
}

function flat(result: unknown): unknown[] {
  return Array.isArray(result) ? result.flatMap(flat) : [result];
}

function expectResults(actual: unknown[], wanted: Result[]): void {
  expect(actual.length).toBe(wanted.length);
  for (const [k, one] of wanted.entries()) {
    const ours = actual[k];
    if (one === null || typeof one !== "object") {
      if (typeof one === "number") expect(ours).toBeCloseTo(one, 5);
      else expect(ours).toBe(one);
      continue;
    }
    const x = ours as Tensor;
    expect([x.dtype, x.shape]).toEqual([one.dtype, one.shape]);
    expectClose(numbersOf(x), one.values);
  }
}

function expectGradients(results: unknown[], made: Tensor[], wanted: Reference["gradients"]): void {
  const parts = results.filter(
    (x): x is Tensor => x instanceof Tensor && x.requiresGrad && x.dtype.includes("float"),
  );
  if (wanted === null) return;
  backward(parts.map((x) => x.mul(x).sum().to("float32")).reduce((a, b) => a.add(b)));
  for (const [k, x] of made.entries()) {
    const gradient = wanted[k] ?? null;
    if (gradient === null) expect(x.grad).toBe(null);
    else expectClose(numbersOf(x.grad as Tensor), gradient);
  }
}

function numbersOf(x: Tensor): number[] {
  return Array.from(x.detach().to("float64").contiguous().toTypedArray() as Float64Array);
}

function expectClose(actual: number[], wanted: (number | string)[]): void {
  expect(actual.length).toBe(wanted.length);
  for (const [k, x] of actual.entries()) {
    const goal = Number(wanted[k]); // "nan" and "Infinity" come as text
    if (Number.isNaN(goal) || Math.abs(goal) === Number.POSITIVE_INFINITY) expect(x).toBe(goal);
    else expect(Math.abs(x - goal)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(goal));
  }
}

function inputsOf(positional: readonly Argument[]): Input[] {
  return positional.flatMap((x) => {
    if (Array.isArray(x)) return inputsOf(x);
    return x !== null && typeof x === "object" && "kind" in x ? [x as Input] : [];
  });
}

/** Numbers with four digits, so that both sides read the same ones. */
function numbers({ shape, kind, below = 2 }: Input, seed: number): number[] {
  const random = mulberry(seed + 1);
  const rounded = (x: number) => Math.round(x * 1e4) / 1e4;
  const draw = {
    normal: () => rounded(Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.2832 * random())),
    positive: () => rounded(0.2 + 2 * random()),
    unit: () => rounded(0.05 + 0.9 * random()),
    int: () => Math.floor(random() * below),
    bool: () => Number(random() < 0.5),
  }[kind];
  return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw);
}

function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function camelKeys(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [camelCase(key), value]));
}
