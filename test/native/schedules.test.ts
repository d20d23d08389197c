// Learning rate schedules beside those of transformers, warm-up and what lies beyond the last step included.
import {
  AdamW,
  CosineAnnealingWarmupLR,
  getScheduler,
  LambdaLR,
  type LRScheduler,
  Parameter,
  tensor,
  zeros,
} from "notebooster";
import { beforeAll, expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const adamw = (lr = 0.1) => new AdamW([new Parameter(zeros([2]))], { lr });
const [numWarmupSteps, numTrainingSteps] = [4, 11];
const STEPS = 16;

type Case = readonly [
  name: string,
  torch: readonly [name: string, warmup: number | null, training: number | null, specific?: object],
  make: (optimizer: AdamW) => LRScheduler,
];

const CASES: readonly Case[] = [
  ["constant", ["constant", null, null], (o) => getScheduler("constant", o)],
  [
    "constant_with_warmup",
    ["constant_with_warmup", 4, null],
    (o) => getScheduler("constant_with_warmup", o, { numWarmupSteps }),
  ],
  [
    "linear",
    ["linear", 4, 11],
    (o) => getScheduler("linear", o, { numWarmupSteps, numTrainingSteps }),
  ],
  [
    "linear that only warms up",
    ["linear", 11, 11],
    (o) => getScheduler("linear", o, { numWarmupSteps: 11, numTrainingSteps: 11 }),
  ],
  [
    "cosine",
    ["cosine", 4, 11],
    (o) => getScheduler("cosine", o, { numWarmupSteps, numTrainingSteps }),
  ],
  [
    "cosine without warm-up in three waves",
    ["cosine", 0, 11, { num_cycles: 3 }],
    (o) => getScheduler("cosine", o, { numWarmupSteps: 0, numTrainingSteps, numCycles: 3 }),
  ],
  [
    "polynomial",
    ["polynomial", 4, 11],
    (o) => getScheduler("polynomial", o, { numWarmupSteps, numTrainingSteps }),
  ],
  [
    "polynomial of power 2 to a rate of its own",
    ["polynomial", 4, 11, { power: 2, lr_end: 0.01 }],
    (o) =>
      getScheduler("polynomial", o, { numWarmupSteps, numTrainingSteps, power: 2, lrEnd: 0.01 }),
  ],
];

const TRANSFORMERS = `
import torch, warnings
from transformers import get_cosine_with_min_lr_schedule_with_warmup, get_scheduler
warnings.simplefilter("ignore")
def rates(make):
    optimizer = torch.optim.AdamW([torch.nn.Parameter(torch.zeros(2))], lr=0.1)
    schedule = make(optimizer)
    found = []
    for _ in range(args[1]):
        found.append(optimizer.param_groups[0]["lr"])
        schedule.step()
    return found
named = lambda name, warmup, training, specific={}: rates(lambda o: get_scheduler(name, o, warmup, training, specific))
low = rates(lambda o: get_cosine_with_min_lr_schedule_with_warmup(o, 4, 11, min_lr=0.02))
print(json.dumps([[named(*case) for case in args[0]], low]))`;

let references: number[][];
let toMinimum: number[];
beforeAll(() => {
  [references, toMinimum] = python(
    TRANSFORMERS,
    CASES.map(([, torch]) => torch),
    STEPS,
  ) as [number[][], number[]];
});

function rates(make: Case[2], steps = STEPS): number[] {
  const optimizer = adamw();
  const schedule = make(optimizer);
  return Array.from({ length: steps }, () => {
    const rate = optimizer.paramGroups[0]?.lr as number;
    expect(schedule.lastLr()).toEqual([rate]);
    schedule.step();
    return rate;
  });
}

/** Allows for the last bits of a cosine and of products in another order. */
function expectRates(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [step, rate] of found.entries())
    expect(Math.abs(rate - (wanted[step] as number)), `step ${step}`).toBeLessThan(1e-16);
}

test.each(CASES.map(([name], n) => [name, n] as const))(
  "the schedule %s has the rates of transformers at every step",
  (_, n) => {
    const [, , make] = CASES[n] as Case;
    expectRates(rates(make), references[n] as number[]);
  },
);

test("CosineAnnealingWarmupLR has the rates of transformers' cosine until the end, then stays there", () => {
  const plain = rates((o) => new CosineAnnealingWarmupLR(o, { totalSteps: 11, warmupSteps: 4 }));
  expectRates(plain.slice(0, 12), (references[4] as number[]).slice(0, 12));
  expect(plain[0]).toBe(0);
  expect(plain.slice(12)).toEqual([0, 0, 0, 0]);
  const options = { totalSteps: 11, warmupSteps: 4, etaMin: 0.02 };
  const low = rates((o) => new CosineAnnealingWarmupLR(o, options));
  expectRates(low.slice(0, 12), toMinimum.slice(0, 12));
  expect(low.slice(12)).toEqual([0.02, 0.02, 0.02, 0.02]);
});

test("LambdaLR multiplies each group's own rate, a tensor in place", () => {
  const rate = tensor([0.5]);
  const groups = [
    { parameters: [new Parameter(zeros([1]))], lr: rate },
    { parameters: [new Parameter(zeros([1]))] },
  ];
  const optimizer = new AdamW(groups, { lr: 0.1 });
  const schedule = new LambdaLR(optimizer, (step) => 0.5 ** step);
  schedule.step();
  schedule.step();
  expect(schedule.lastLr()).toEqual([0.125, 0.025]);
  expect(optimizer.paramGroups[0]?.lr).toBe(rate);
  expect(rate.item()).toBe(0.125);
});

test("a schedule goes on where its state was saved", () => {
  const make: Case[2] = (o) => getScheduler("cosine", o, { numWarmupSteps, numTrainingSteps });
  const whole = rates(make, 10);
  const first = make(adamw());
  for (let step = 0; step < 6; step++) first.step();
  const optimizer = adamw(7);
  make(optimizer).loadState(JSON.parse(JSON.stringify(first.state())));
  expect(optimizer.paramGroups[0]?.lr).toBe(whole[6]);
});

/** Wrong on purpose. */
const wrong = (value: unknown) => value as never;

const REFUSED: readonly [refused: () => unknown, says: string | RegExp][] = [
  [
    () => new CosineAnnealingWarmupLR(adamw(), { totalSteps: 5, warmupSteps: 5 }),
    "new CosineAnnealingWarmupLR: warmupSteps must be below totalSteps, got 5 and 5",
  ],
  [
    () => new CosineAnnealingWarmupLR(adamw(), wrong({})),
    /totalSteps must be a whole number of at least 1, got undefined/,
  ],
  [
    () => new CosineAnnealingWarmupLR(adamw(), { totalSteps: 5, etaMin: Number.NaN }),
    /etaMin must be a number of at least 0, got NaN/,
  ],
  [
    () => new CosineAnnealingWarmupLR(wrong([]), { totalSteps: 5 }),
    "new CosineAnnealingWarmupLR: optimizer must be an optimizer, got []",
  ],
  [() => new LambdaLR(adamw(), wrong(0.9)), "new LambdaLR: factor must be a function, got 0.9"],
  [
    () => new LambdaLR(adamw(), () => Number.NaN),
    "LambdaLR: the rate after 0 steps must be a number of at least 0, got NaN",
  ],
  [
    () => getScheduler(wrong("cosin"), adamw(), wrong({})),
    /name must be "constant" or .* or "polynomial", got "cosin"/,
  ],
  [
    () => getScheduler("cosine", adamw(), wrong({ numTrainingSteps: 10 })),
    'getScheduler("cosine"): numWarmupSteps must be a whole number of at least 0, got undefined',
  ],
  [
    () => getScheduler("constant", adamw(), wrong({ numWarmupSteps: 3 })),
    /getScheduler\("constant"\) has no option numWarmupSteps/,
  ],
  [
    () => getScheduler("linear", adamw(), { numWarmupSteps: 9, numTrainingSteps: 3 }),
    /numWarmupSteps must be at most numTrainingSteps, got 9 and 3/,
  ],
  [
    () =>
      getScheduler("polynomial", adamw(), { numWarmupSteps: 1, numTrainingSteps: 3, lrEnd: 0.2 }),
    /lrEnd must be below the optimizer's rate, 0\.1, got 0\.2/,
  ],
];

test.each(REFUSED.map(([refused, says]) => [String(says), refused, says] as const))(
  "a schedule refuses: %s",
  (_, refused, says) => {
    expect(refused).toThrow(says);
  },
);
