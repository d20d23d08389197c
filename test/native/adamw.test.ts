// The library's AdamW and its clipping against torch.optim.AdamW in float64: groups, schedules, missing gradients, masters.
import {
  AdamW,
  type AdamWOptions,
  BoostedOptimizer,
  CosineAnnealingWarmupLR,
  clipGradNorm,
  noGrad,
  Parameter,
  type ParameterState,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

const SHAPES = [[5, 7], [33], [2, 3, 4], [40, 1000]];
const STEPS = 6;
/** Parameter 1 gets no gradient at step 2: its own count of steps falls behind. */
const hasGradient = (index: number, step: number): boolean => index !== 1 || step !== 2;
const OPTIONS: AdamWOptions = { lr: 0.02, betas: [0.8, 0.95], eps: 1e-6, weightDecay: 0.1 };
const SECOND = { lr: 0.005, weightDecay: 0 };
const SCHEDULE = { totalSteps: 8, warmupSteps: 2, etaMin: 1e-3 };

/** Multiples of 1/64 from -2 to 2, which bfloat16 holds exactly. */
const value = (i: number, seed: number): number => (((i * 7919 + seed * 104729) % 257) - 128) / 64;
const filled = (shape: readonly number[], seed: number): Tensor => {
  const count = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Array.from({ length: count }, (_, i) => value(i, seed)),
    { shape: [...shape] },
  );
};

const TORCH = `
import math, torch
shapes, steps, skipped, first, second, schedule, max_norm = args
def filled(shape, seed):
    i = torch.arange(math.prod(shape), dtype=torch.int64)
    return (((i * 7919 + seed * 104729) % 257 - 128).double() / 64).reshape(shape)
params = [filled(s, n).requires_grad_() for n, s in enumerate(shapes)]
options = dict(lr=first["lr"], betas=first["betas"], eps=first["eps"], weight_decay=first["weightDecay"])
optimizer = torch.optim.AdamW([{"params": params[:2]}, {"params": params[2:], "lr": second["lr"], "weight_decay": second["weightDecay"]}], **options)
base = [group["lr"] for group in optimizer.param_groups]
def rate(step, lr):
    warm, total, low = schedule["warmupSteps"], schedule["totalSteps"], schedule["etaMin"]
    if step < warm: return lr * step / warm
    return low + (lr - low) * (1 + math.cos(math.pi * min(1, (step - warm) / (total - warm)))) / 2
norms = []
for step in range(steps):
    for group, lr in zip(optimizer.param_groups, base): group["lr"] = rate(step, lr)
    for n, p in enumerate(params):
        p.grad = None if [n, step] == skipped else filled(p.shape, 100 * step + n + 10)
    if max_norm: norms.append(torch.nn.utils.clip_grad_norm_(params, max_norm).item())
    optimizer.step()
print(json.dumps([[p.flatten().tolist() for p in params], norms]))
`;

interface Trained {
  readonly parameters: Parameter[];
  readonly optimizer: AdamW;
  readonly norms: number[];
}

interface Setting {
  readonly dtype?: "float32" | "bfloat16";
  readonly hasMasters?: boolean;
  readonly isLrTensor?: boolean;
  readonly maxNorm?: number;
}

function prepare({ dtype = "float32", hasMasters = false, isLrTensor = false }: Setting) {
  const parameters = SHAPES.map((shape, n) => new Parameter(filled(shape, n).to(dtype)));
  const lr = (rate: number | Tensor | undefined) =>
    isLrTensor ? tensor([rate as number]) : (rate as number);
  const groups = [
    { parameters: parameters.slice(0, 2), lr: lr(OPTIONS.lr) },
    { parameters: parameters.slice(2), ...SECOND, lr: lr(SECOND.lr) },
  ];
  const optimizer = new AdamW(groups, OPTIONS);
  const schedule = new CosineAnnealingWarmupLR(optimizer, SCHEDULE);
  if (hasMasters) optimizer.useMasterWeights(new Map());
  return { parameters, optimizer, schedule };
}

function setGradients(parameters: readonly Parameter[], step: number): void {
  for (const [n, parameter] of parameters.entries()) {
    const grad = filled(parameter.shape, 100 * step + n + 10).to(parameter.dtype);
    parameter.grad = hasGradient(n, step) ? grad : null;
  }
}

function train(setting: Setting): Trained {
  const { parameters, optimizer, schedule } = prepare(setting);
  const boosted = new BoostedOptimizer(optimizer, { sync: undefined, maxNorm: setting.maxNorm });
  const norms: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    setGradients(parameters, step);
    boosted.step();
    norms.push(boosted.gradNorm);
    schedule.step();
    boosted.zeroGrad();
  }
  return { parameters, optimizer, norms };
}

type Reference = [parameters: number[][], norms: number[]];
const references = new Map<number, Reference>(); // starting Python takes longer than the steps
function reference(maxNorm = 0): Reference {
  const args = [SHAPES, STEPS, [1, 2], OPTIONS, SECOND, SCHEDULE, maxNorm];
  const found = references.get(maxNorm) ?? (python(TORCH, ...args) as Reference);
  references.set(maxNorm, found);
  return found;
}
const numbers = (x: Tensor): number[] => Array.from(x.to("float32").toTypedArray(), Number);
const bits = (x: unknown): string =>
  typeof x === "number" ? String(x) : Buffer.from((x as Tensor).toBytes()).toString("hex");

function expectClose(tensors: readonly Tensor[], wanted: number[][], tolerance: number): void {
  for (const [n, x] of tensors.entries()) {
    const found = numbers(x);
    const error = Math.hypot(...found.map((v, i) => v - (wanted[n]?.[i] as number)));
    expect(error / Math.hypot(...found)).toBeLessThan(tolerance);
  }
}

test.each([
  ["a number", false],
  ["a tensor", true],
])("six steps of two groups under a schedule whose rate is %s equal torch's", (_, isLrTensor) => {
  const { parameters } = train({ isLrTensor });
  expectClose(parameters, reference()[0], 1e-6);
});

test("clipping within the step equals clip_grad_norm_, and reports the norm before", () => {
  const { parameters, norms } = train({ maxNorm: 3 });
  const [wanted, wantedNorms] = reference(3);
  expectClose(parameters, wanted, 1e-6);
  for (const [i, norm] of norms.entries())
    expect(Math.abs(norm / (wantedNorms[i] as number) - 1)).toBeLessThan(1e-6);
  const [parameter] = prepare({}).parameters as [Parameter];
  parameter.grad = filled(parameter.shape, 3);
  const before = clipGradNorm([parameter], 0.5);
  expect(before).toBeGreaterThan(1);
  expect(Math.hypot(...numbers(parameter.grad))).toBeCloseTo(0.5, 5);
});

test("bfloat16 parameters follow their float32 masters; without masters they are rounded each step", () => {
  const { parameters, optimizer } = train({ dtype: "bfloat16", hasMasters: true });
  const [wanted] = reference();
  const masters = parameters.map((p) => optimizer.stateOf(p)?.["master"] as Tensor);
  expectClose(masters, wanted, 1e-6);
  for (const [n, parameter] of parameters.entries())
    expect(bits(parameter)).toBe(bits((masters[n] as Tensor).to("bfloat16")));
  const plain = train({ dtype: "bfloat16" }).parameters;
  expectClose(plain, wanted, 2e-2);
});

test("a state that is loaded goes on bit-identically, missing gradients included", () => {
  const setting = { dtype: "bfloat16", hasMasters: true } as const;
  const whole = prepare(setting);
  const resumed = prepare(setting);
  for (let step = 0; step < STEPS; step++) {
    if (step === 4) copyState(whole, resumed);
    for (const { parameters, optimizer, schedule } of step < 4 ? [whole] : [whole, resumed]) {
      setGradients(parameters, step);
      optimizer.step();
      schedule.step();
    }
  }
  for (const [n, parameter] of whole.parameters.entries()) {
    const other = resumed.parameters[n] as Parameter;
    const state = resumed.optimizer.stateOf(other) as ParameterState;
    expect(bits(other)).toBe(bits(parameter));
    for (const [key, saved] of Object.entries(whole.optimizer.stateOf(parameter) ?? {}))
      expect(bits(state[key]), key).toBe(bits(saved));
  }
});

function copyState(from: ReturnType<typeof prepare>, to: ReturnType<typeof prepare>): void {
  to.schedule.loadState(from.schedule.state());
  for (const [n, parameter] of from.parameters.entries()) {
    const copy = to.parameters[n] as Parameter;
    noGrad(() => copy.copy_(parameter));
    to.optimizer.loadState(copy, from.optimizer.stateOf(parameter) as ParameterState);
  }
}

test("gradients need not be contiguous, and parameters of several dtypes may share an optimizer", () => {
  const make = () =>
    [filled([6, 4], 1), filled([8], 2).to("bfloat16")].map((x) => new Parameter(x));
  const [plain, odd] = [make(), make()] as [Parameter[], Parameter[]];
  const grads = [filled([6, 4], 3), filled([8], 4).to("bfloat16")];
  for (const [n, p] of plain.entries()) p.grad = grads[n] as Tensor;
  for (const [n, p] of odd.entries()) p.grad = grads[n] as Tensor;
  (odd[0] as Parameter).grad = (grads[0] as Tensor).transpose(0, 1).contiguous().transpose(0, 1);
  for (const parameters of [plain, odd]) new AdamW(parameters, OPTIONS).step();
  expect(odd.map(bits)).toEqual(plain.map(bits));
  expect(bits(plain[0])).not.toBe(bits(filled([6, 4], 1)));
});
