// Schedules beside those of the same names in PyTorch and Colossal-AI, to the end of training and beyond it.
import { readFileSync } from "node:fs";
import {
  AdamW,
  ConstantLR,
  CosineAnnealingLR,
  ExponentialLR,
  FlatAnnealingLR,
  FlatAnnealingWarmupLR,
  LinearLR,
  LinearWarmupLR,
  type LRScheduler,
  MultiplicativeLR,
  MultiStepLR,
  MultiStepWarmupLR,
  OneCycleLR,
  Parameter,
  PolynomialLR,
  PolynomialWarmupLR,
  SGD,
  StepLR,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

type Schedules = Readonly<Record<string, (optimizer: SGD) => LRScheduler>>;

const warmup = { totalSteps: 12, warmupSteps: 4 };
const OF_COLOSSAL: Schedules = {
  CosineAnnealingLR: (o) => new CosineAnnealingLR(o, { totalSteps: 12, etaMin: 0.01 }),
  LinearWarmupLR: (o) => new LinearWarmupLR(o, warmup),
  MultiStepWarmupLR: (o) =>
    new MultiStepWarmupLR(o, { warmupSteps: 4, milestones: [2, 6, 9], gamma: 0.5 }),
  PolynomialLR: (o) => new PolynomialLR(o, { totalSteps: 12, endLr: 0.01, power: 2 }),
  PolynomialWarmupLR: (o) => new PolynomialWarmupLR(o, { ...warmup, power: 0.5 }),
  OneCycleLR: (o) => new OneCycleLR(o, { totalSteps: 12 }),
};
const OF_TORCH: Schedules = {
  "SequentialLR(o, [ConstantLR(o, 1.0, 0), CosineAnnealingLR(o, 4)], [8])": (o) =>
    new FlatAnnealingLR(o, { totalSteps: 12 }),
  "SequentialLR(o, [LambdaLR(o, lambda k: (k + 1) / 4), ConstantLR(o, 1.0, 0), CosineAnnealingLR(o, 5, eta_min=0.01)], [4, 7])":
    (o) => new FlatAnnealingWarmupLR(o, { ...warmup, pctStart: 0.4, etaMin: 0.01 }),
  "CosineAnnealingLR(o, 12, eta_min=0.01)": (o) =>
    new CosineAnnealingLR(o, { totalSteps: 12, etaMin: 0.01 }),
  "StepLR(o, 3)": (o) => new StepLR(o, { stepSize: 3 }),
  "StepLR(o, 5, gamma=0.5)": (o) => new StepLR(o, { stepSize: 5, gamma: 0.5 }),
  "MultiStepLR(o, [2, 7, 7, 9])": (o) => new MultiStepLR(o, { milestones: [2, 7, 7, 9] }),
  "ExponentialLR(o, 0.9)": (o) => new ExponentialLR(o, { gamma: 0.9 }),
  "MultiplicativeLR(o, lambda k: 1 / (k + 1))": (o) => new MultiplicativeLR(o, (k) => 1 / (k + 1)),
  "ConstantLR(o)": (o) => new ConstantLR(o),
  "ConstantLR(o, factor=0.5, total_iters=3)": (o) =>
    new ConstantLR(o, { factor: 0.5, totalIters: 3 }),
  "LinearLR(o)": (o) => new LinearLR(o),
  "LinearLR(o, 0.2, 0.5, 7)": (o) =>
    new LinearLR(o, { startFactor: 0.2, endFactor: 0.5, totalIters: 7 }),
  "PolynomialLR(o, 12, power=3)": (o) =>
    new PolynomialLR(o, { totalSteps: 12, endLr: 0, power: 3 }),
  "OneCycleLR(o, 0.1, 12)": (o) => new OneCycleLR(o, { totalSteps: 12 }),
  "OneCycleLR(o, 0.1, 12, three_phase=True, anneal_strategy='linear', pct_start=0.4, div_factor=10, final_div_factor=100, base_momentum=0.7, max_momentum=0.8)":
    (o) =>
      new OneCycleLR(o, {
        ...{ totalSteps: 12, threePhase: true, annealStrategy: "linear", pctStart: 0.4 },
        ...{ divFactor: 10, finalDivFactor: 100, baseMomentum: 0.7, maxMomentum: 0.8 },
      }),
};

const TORCH = `
import torch, warnings
from torch.optim.lr_scheduler import *
warnings.simplefilter("ignore")
def rates(call):
    o = torch.optim.SGD([torch.nn.Parameter(torch.zeros(2))], lr=0.1, momentum=0.9)
    schedule = eval(call, globals(), {"o": o})
    found = []
    for _ in range(12):
        found.append([o.param_groups[0]["lr"], o.param_groups[0]["momentum"]])
        o.step()
        schedule.step()
    return found
print(json.dumps([rates(call) for call in args[0]]))`;

const stored = JSON.parse(
  readFileSync(new URL("../fixtures/optimizer-references.json", import.meta.url), "utf8"),
) as Record<string, number[]>;
const computed = python(TORCH, Object.keys(OF_TORCH)) as [rate: number, momentum: number][][];

function sgd(): SGD {
  return new SGD([new Parameter(zeros([2]))], { lr: 0.1, momentum: 0.9 });
}

function rates(make: (optimizer: SGD) => LRScheduler, steps = 12): [number, number][] {
  const optimizer = sgd();
  const schedule = make(optimizer);
  return Array.from({ length: steps }, () => {
    const { lr, momentum } = optimizer.paramGroups[0] as { lr: number; momentum: number };
    schedule.step();
    return [lr, momentum];
  });
}

test.each(Object.keys(OF_COLOSSAL))("%s has the rates of Colossal-AI", (name) => {
  const found = rates(OF_COLOSSAL[name] as never);
  for (const [step, rate] of (stored[name] as number[]).entries())
    expect(found[step]?.[0], `step ${step}`).toBeCloseTo(rate, 14);
});

test.each(Object.entries(OF_TORCH))("%s has the rates and momenta of PyTorch", (call, make) => {
  const found = rates(make);
  for (const [step, pair] of (computed[Object.keys(OF_TORCH).indexOf(call)] ?? []).entries())
    for (const i of [0, 1] as const)
      expect(found[step]?.[i], `step ${step}`).toBeCloseTo(pair[i], 14);
});

test.each<[name: string, last: number, make: Schedules[string] | undefined]>([
  ["CosineAnnealingLR", 0.01, OF_COLOSSAL["CosineAnnealingLR"]],
  ["FlatAnnealingLR", 0, (o) => new FlatAnnealingLR(o, { totalSteps: 12 })],
  ["FlatAnnealingWarmupLR", 0, (o) => new FlatAnnealingWarmupLR(o, warmup)],
  ["LinearWarmupLR", 0, OF_COLOSSAL["LinearWarmupLR"]],
  ["PolynomialLR", 0.01, OF_COLOSSAL["PolynomialLR"]],
  ["PolynomialWarmupLR", 1e-4, OF_COLOSSAL["PolynomialWarmupLR"]],
  ["OneCycleLR", 0.1 / 25 / 1e4, OF_COLOSSAL["OneCycleLR"]],
])("%s stays at its last rate after its steps", (_, last, make) => {
  for (const [rate] of rates(make as Schedules[string], 40).slice(12))
    expect(rate).toBeCloseTo(last, 14);
});

test("at the groups' own rates for all steps, FlatAnnealingLR never falls", () => {
  const found = rates((o) => new FlatAnnealingLR(o, { totalSteps: 12, pctStart: 1 }), 20);
  expect(found.every(([rate]) => rate === 0.1)).toBe(true);
});

test.each(Object.entries({ ...OF_COLOSSAL, ...OF_TORCH }))(
  "%s goes on from its state",
  (_, make) => {
    const whole = rates(make);
    const first = make(sgd());
    for (let step = 0; step < 5; step++) first.step();
    const optimizer = sgd();
    make(optimizer).loadState(JSON.parse(JSON.stringify(first.state())));
    const { lr, momentum } = optimizer.paramGroups[0] as { lr: number; momentum: number };
    expect([lr, momentum]).toEqual(whole[5]);
  },
);

test("OneCycleLR cycles the first of AdamW's betas, and nothing when told so", () => {
  const betas = (cycleMomentum: boolean) => {
    const optimizer = new AdamW([new Parameter(zeros([2]))]);
    new OneCycleLR(optimizer, { totalSteps: 10, cycleMomentum });
    return optimizer.paramGroups[0]?.betas;
  };
  expect(betas(true)).toEqual([0.95, 0.999]);
  expect(betas(false)).toEqual([0.9, 0.999]);
});
