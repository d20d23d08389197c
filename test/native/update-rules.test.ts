// Twenty steps of each update rule beside its authors' or PyTorch's: matrices, vectors, numbers and convolution kernels; gradients
// scaled in the step, steps skipped between, a resumption in the middle, masters of 16-bit weights.
import { readFileSync } from "node:fs";
import {
  GaLoreAdamW,
  GaLoreAdamW8bit,
  Lion,
  noGrad,
  type Optimizer,
  Parameter,
  type ParameterState,
  type Tensor,
  tensor,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { CASES, type Case, GALORE, type Make, PROGRAM } from "./update-rule-cases.js";

const SHAPES: readonly (readonly number[])[] = [[6, 5], [5, 9], [7], [], [3, 2, 3, 3]];
const STEPS = 20;
/** Multiples of 1/64 from -2 to 2, which bfloat16 holds exactly. */
const value = (i: number, seed: number): number => (((i * 7919 + seed * 104729) % 257) - 128) / 64;
const filled = (shape: readonly number[], seed: number): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i, seed)),
    { shape: [...shape] },
  );

const inPython = CASES.flatMap(({ torch }) => (torch === undefined ? [] : [torch]));
const computed = python(PROGRAM, SHAPES, STEPS, inPython) as number[][][];
const stored = JSON.parse(
  readFileSync(new URL("../fixtures/optimizer-references.json", import.meta.url), "utf8"),
) as Record<string, number[][]>;

function referenceOf({ name, torch }: Case): number[][] {
  const found = torch === undefined ? stored[name] : computed[inPython.indexOf(torch)];
  if (found === undefined) throw new Error(`no reference for ${name}`);
  return found;
}

describe.each(CASES)("$name steps as its reference", (one) => {
  const expected = referenceOf(one);

  test("in float32", () => {
    const parameters = begin();
    const optimizer = one.make(parameters);
    for (let step = 0; step < STEPS; step++) take(parameters, optimizer, step);
    expectNear(parameters, expected, one);
  });

  test("with gradients scaled in the step, steps skipped between and a resumption in the middle", () => {
    const parameters = begin();
    let optimizer = one.make(parameters);
    const skips = (skipped: number) => tensor(skipped, { dtype: "float32" });
    for (let step = 0; step < STEPS; step++) {
      if (step % 3 < 2) {
        for (const each of parameters) each.grad = each.detach().mul(Number.NaN);
        optimizer.stepScaled({ skipIf: skips(1) });
      }
      if (step === 10) optimizer = resumed(parameters, optimizer, one.make);
      const gradScale = tensor(0.125, { dtype: "float32" });
      take(parameters, optimizer, step, { times: 8, by: { gradScale, skipIf: skips(0) } });
    }
    expectNear(parameters, expected, one);
  });

  test("of bfloat16 weights, in their masters", () => {
    const parameters = begin("bfloat16");
    const optimizer = one.make(parameters);
    optimizer.useMasterWeights(new Map());
    for (let step = 0; step < STEPS; step++) take(parameters, optimizer, step);
    const masters = parameters.map((each) => optimizer.stateOf(each)?.["master"] as Tensor);
    expectNear(masters, expected, one);
    for (const [i, each] of parameters.entries())
      expect(each.detach().toBytes()).toEqual(masters[i]?.to("bfloat16").toBytes());
  });
});

test("16-bit weights without masters are stepped in float32 and rounded", () => {
  const parameter = new Parameter(tensor([1, 2, 3], { dtype: "bfloat16" }));
  const optimizer = new Lion([parameter], { lr: 0.25 });
  parameter.grad = tensor([1, -1, 0], { dtype: "bfloat16" });
  optimizer.step();
  expect(parameter.detach().float().toArray()).toEqual([0.75, 2.25, 3]);
});

test("GaLoreAdamW8bit with float32 moments steps as GaLoreAdamW, and nearly so with 8-bit ones", () => {
  const options = { ...GALORE, rank: 3, eps: 1e-12, weightDecay: 0.1 };
  const [exact, same, near] = [
    (p: readonly Parameter[]) => new GaLoreAdamW(p, options),
    (p: readonly Parameter[]) => new GaLoreAdamW8bit(p, options),
    (p: readonly Parameter[]) => new GaLoreAdamW8bit(p, { ...options, min8bitSize: 0 }),
  ].map((make) => {
    const parameters = begin();
    const optimizer = make(parameters);
    for (let step = 0; step < STEPS; step++) take(parameters, optimizer, step);
    return parameters.map((each) => each.detach());
  }) as [Tensor[], Tensor[], Tensor[]];
  for (const [i, wanted] of exact.entries()) {
    expect(furthest(same[i] as Tensor, wanted)).toBeLessThan(1e-5);
    expect(furthest(near[i] as Tensor, wanted)).toBeLessThan(0.03);
  }
  expect(furthest(near[0] as Tensor, exact[0] as Tensor)).toBeGreaterThan(1e-5);
});

function begin(dtype: "float32" | "bfloat16" = "float32"): Parameter[] {
  return SHAPES.map((shape, n) => new Parameter(filled(shape, n).to(dtype)));
}

interface How {
  /** What the gradient is multiplied by before the step. */
  readonly times?: number;
  readonly by?: Parameters<Optimizer["stepScaled"]>[0];
}

function take(
  parameters: readonly Parameter[],
  optimizer: Optimizer,
  step: number,
  { times = 1, by = {} }: How = {},
): void {
  for (const [n, each] of parameters.entries())
    each.grad = filled(each.shape, 100 * step + n + 10)
      .mul(times)
      .to(each.dtype);
  optimizer.stepScaled(by);
}

/** The state in another optimizer, as copies. */
function resumed(parameters: readonly Parameter[], from: Optimizer, make: Make): Optimizer {
  const optimizer = make(parameters);
  for (const each of parameters) optimizer.loadState(each, from.stateOf(each) as ParameterState);
  return optimizer;
}

function expectNear(
  found: readonly Tensor[],
  expected: number[][],
  { tolerance = 2e-5 }: Case,
): void {
  for (const [n, each] of found.entries()) {
    const wanted = tensor(expected[n] as number[], { shape: [...each.shape] });
    expect(furthest(each, wanted), `shape [${each.shape.join(", ")}]`).toBeLessThan(tolerance);
  }
}

function furthest(a: Tensor, b: Tensor): number {
  return noGrad(() => a.detach().sub(b).abs().max().item());
}
