// Rounding to bfloat16 at random: the kernels, the mean of what they draw, and training without float32 masters.
import path from "node:path";
import {
  AdamW,
  Booster,
  Linear,
  LlamaForCausalLM,
  noGrad,
  type Optimizer,
  ops,
  Parameter,
  PlanError,
  SGD,
  type Tensor,
  TorchDDPPlugin,
  tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import "../fixtures/two-threads.js";

const { adamw_, round_at_random_ } = ops.notebooster;
const flat = (x: Tensor): number[] => Array.from(x.to("float32").toTypedArray(), Number);
const counts = (step: number): Tensor => tensor(step, { dtype: "float32" });
const grid = (numel: number, seed: number): Tensor =>
  tensor(Array.from({ length: numel }, (_, i) => Math.sin(i * 0.7 + seed)));

interface Drawn {
  readonly step?: number;
  readonly seed?: number;
  readonly begin?: number;
  readonly draw?: number;
}

function rounded(source: Tensor, { step = 3, seed = 5, begin = 0, draw = 0 }: Drawn = {}): Tensor {
  const target = zeros([...source.shape], { dtype: "bfloat16" });
  round_at_random_([target], [source], [counts(step)], { seeds: [seed], begins: [begin], draw });
  return target;
}

test("a number becomes one of its two neighbours, the upper one as often as it is near", () => {
  const numEach = 20_000;
  for (const [part, draw] of [0.1, 0.25, 0.5, 0.9, 0.999].flatMap((part) =>
    [0, 1, 2, 7].map((draw) => [part, draw] as const),
  ))
    for (const sign of [1, -1]) {
      const given = tensor(new Float32Array(numEach).fill(sign * (1 + part / 128)));
      const drawn = flat(rounded(given, { draw }));
      const ups = drawn.filter((one) => one === sign * (1 + 1 / 128)).length;
      expect(drawn.filter((one) => one === sign).length).toBe(numEach - ups);
      const spread = Math.sqrt(numEach * part * (1 - part));
      expect(Math.abs(ups - part * numEach), `${part} ${draw}`).toBeLessThan(4.5 * spread);
    }
});

test("what bfloat16 has stays as it is: infinities, NaN, zeros and the smallest number among them", () => {
  const kept = [0, -0, 1.5, -2, 2 ** -126, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const source = tensor(Float32Array.from([...kept, Number.NaN]));
  for (const step of [1, 2, 3])
    expect(flat(rounded(source, { step }))).toEqual([...kept, Number.NaN]);
});

test("weights, updates, places and an element's tensors draw apart; the same draws the same", () => {
  const source = tensor(new Float32Array(4096).fill(1 + 0.5 / 128));
  const ways: Drawn[] = [{}, { step: 4 }, { seed: 6 }, { begin: 4096 }, { draw: 1 }, { draw: 2 }];
  const ups = ways.map((way) => flat(rounded(source, way)).map((one) => Number(one !== 1)));
  for (const [i, a] of ups.entries())
    for (const b of ups.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(0.08);
  expect(flat(rounded(source))).toEqual(flat(rounded(source)));
});

/** 0 where two lists have nothing to do with each other, within 1 / sqrt(length). */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) =>
    mean(x.map((one, i) => (one - mx) * ((y[i] as number) - my)));
  return (
    product(a, b, meanA, meanB) /
    Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB))
  );
}

test("a slice draws what its place in the whole weight draws, beyond 2^32 elements too", () => {
  const source = grid(1000, 2);
  for (const first of [0, 2 ** 32 - 500]) {
    const whole = flat(rounded(source, { begin: first }));
    const parts = [
      [0, 37],
      [37, 500],
      [500, 1000],
    ].flatMap(([from, to]) =>
      flat(rounded(source.slice(0, from, to).clone(), { begin: first + (from as number) })),
    );
    expect(parts).toEqual(whole);
  }
  expect(flat(rounded(source, { begin: 2 ** 32 }))).not.toEqual(flat(rounded(source)));
});

test.each([1, 37, 70_001])(
  "adamw_ of %i numbers without masters is adamw_ in float32, each result rounded at random",
  (numel) => {
    const options = { lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.1 };
    const grad = [grid(numel, 3).to("bfloat16")];
    const narrow = [grid(numel, 1), grid(numel, 4), grid(numel, 5).abs()].map((x) => [
      x.to("bfloat16"),
    ]);
    const wide = narrow.map(([x]) => [(x as Tensor).to("float32")]);
    const [steps, seeds, begins] = [[counts(7)], [3], [129]];
    const step = { ...options, steps, grad_scale: counts(0.5) };
    const [p, m, v] = narrow as [Tensor[], Tensor[], Tensor[]];
    adamw_(p, [], grad, m, v, { ...step, draw_steps: steps, seeds, begins });
    const [wideP, wideM, wideV] = wide as [Tensor[], Tensor[], Tensor[]];
    adamw_(wideP, [], grad, wideM, wideV, step);
    for (const [draw, [ours, theirs]] of [
      [p, wideP],
      [m, wideM],
      [v, wideV],
    ].entries())
      expect(flat(ours?.[0] as Tensor)).toEqual(
        flat(rounded(theirs?.[0] as Tensor, { step: 7, seed: 3, begin: 129, draw })),
      );
  },
);

test("the kernels refuse what they cannot round", () => {
  const one = (dtype: "float32" | "bfloat16" | "float16") => [zeros([3], { dtype })];
  const draws = { draw_steps: [counts(1)], seeds: [1], begins: [0] };
  const options = { lr: 1, beta1: 0.9, beta2: 0.9, eps: 1e-8, weight_decay: 0 };
  const adamw = (p: Tensor[], masters: Tensor[], moment: Tensor[], rest: object = {}) =>
    adamw_(p, masters, one("bfloat16"), moment, moment, { ...options, ...draws, ...rest });
  const both = /rounded at random must be bfloat16 and have no `masters`/;
  expect(() => adamw(one("float16"), [], one("float16"))).toThrow(both);
  expect(() => adamw(one("bfloat16"), one("float32"), one("bfloat16"))).toThrow(both);
  expect(() => adamw(one("bfloat16"), [], one("float32"))).toThrow(/`exp_avgs` must be contiguous/);
  expect(() => adamw(one("bfloat16"), [], one("bfloat16"), { seeds: [] })).toThrow(
    /must hold one number/,
  );
  expect(() => rounded(zeros([2]).to("bfloat16"))).toThrow(/`sources` must be contiguous/);
  expect(() => rounded(zeros([2]), { draw: 8 })).toThrow(/`draw` must be 0 to 7, got 8/);
});

test("updates smaller than a weight's last bit move it, where rounding to nearest leaves it as it is", async () => {
  const run = async (masterWeights: boolean, isBoosted = true): Promise<number> => {
    const model = new Linear(64, 64, { bias: false });
    noGrad(() => model.weight.fill_(1));
    const booster = new Booster({
      plugin: new TorchDDPPlugin({ device: "cpu" }),
      mixedPrecision: "bf16",
      masterWeights,
    });
    const rates = { lr: 1e-4, weightDecay: 0 };
    if (isBoosted) {
      const made = new AdamW(model.parameters(), rates);
      const { optimizer } = await booster.boost({ model, optimizer: made });
      for (let i = 0; i < 50; i++) stepWith(model.weight, optimizer);
    } else {
      model.to("bfloat16");
      const optimizer = new AdamW(model.parameters(), rates);
      for (let i = 0; i < 50; i++) stepWith(model.weight, optimizer);
    }
    return model.weight.detach().to("float32").mean().item();
  };
  const wanted = 1 - 50 * 1e-4;
  expect(await run(true, false)).toBe(1); // 1e-4 is a fortieth of the distance to the next number
  expect(Math.abs((await run(false)) - wanted)).toBeLessThan(2e-4);
});

function stepWith(weight: Parameter, optimizer: Optimizer): void {
  weight.grad = zeros([...weight.shape], { dtype: weight.dtype }).add(1);
  optimizer.step();
}

test("a weight and what is remembered of it are rounded apart", () => {
  const weight = new Parameter(zeros([4096], { dtype: "bfloat16" }));
  const optimizer = new SGD([weight], { lr: 1, momentum: 0.9 });
  optimizer.useStochasticRounding(true);
  for (let i = 0; i < 2; i++) {
    weight.grad = zeros([4096], { dtype: "bfloat16" }).add(1 / 3); // from the second step on between two numbers
    noGrad(() => weight.zero_());
    optimizer.step(); // now the weight is the momentum's negative, before both are rounded
  }
  const { momentumBuffer } = optimizer.stateOf(weight) as { momentumBuffer: Tensor };
  const isSame = noGrad(() => weight.add(momentumBuffer).eq(0).to("float32").mean().item());
  expect(isSame).toBeLessThan(0.9);
});

test("masters of an optimizer that remembers nothing else are not lost without a word", async () => {
  const make = async (masterWeights: boolean) => {
    const model = new Linear(8, 8);
    const plugin = new TorchDDPPlugin({ device: "cpu" });
    const booster = new Booster({ plugin, mixedPrecision: "bf16", masterWeights });
    return {
      booster,
      parts: await booster.boost({ model, optimizer: new SGD(model.parameters()) }),
    };
  };
  const [wide, narrow] = [await make(true), await make(false)];
  stepWith(wide.parts.model.weight, wide.parts.optimizer);
  const root = path.join(scratchFolder(), "checkpoints");
  await wide.booster.saveCheckpoint(root, wide.parts, { step: 1 });
  const before = narrow.parts.model.weight.toBytes();
  await expect(narrow.booster.loadCheckpoint(root, narrow.parts)).rejects.toThrow(
    /holds the weights in float32, weight is bfloat16 without a float32 master and would lose numbers; boost with masterWeights/,
  );
  expect(narrow.parts.model.weight.toBytes()).toEqual(before);
});

const SIZES = {
  ...{ vocabSize: 64, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2 },
  numAttentionHeads: 4,
};

test("weights and state are in bfloat16, and a model boosted again has masters and float32 state, or gives them up", async () => {
  const model = new LlamaForCausalLM(SIZES, { seed: 1 });
  const made = new AdamW(model.parameters());
  const ids = tensor([[1, 5, 9, 2, 7, 3]]);
  for (const masterWeights of [false, true, false]) {
    const plugin = new TorchDDPPlugin({ device: "cpu" });
    const booster = new Booster({ plugin, mixedPrecision: "bf16", masterWeights });
    const { optimizer } = await booster.boost({ model, optimizer: made });
    booster.backward(model.forward({ inputIds: ids, labels: ids }), optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    const state = made.stateOf(model.embeddingWeight) ?? {};
    expect("master" in state).toBe(masterWeights);
    const dtype = masterWeights ? "float32" : "bfloat16";
    for (const name of ["expAvg", "expAvgSq"]) expect((state[name] as Tensor).dtype).toBe(dtype);
    expect(model.embeddingWeight.dtype).toBe("bfloat16");
  }
  expect(made.stateOf(model.embeddingWeight)?.["step"]).toBe(3);
});

test("masterWeights: false is refused where weights are not in bfloat16, and for optimizers that cannot round", async () => {
  for (const mixedPrecision of ["fp32", "fp16"] as const)
    expect(() => new Booster({ mixedPrecision, masterWeights: false })).toThrow(PlanError);
  const booster = new Booster({ mixedPrecision: "bf16", masterWeights: false });
  const model = new Linear(2, 2);
  const own = new AdamW(model.parameters());
  const foreign: Optimizer = {
    paramGroups: own.paramGroups,
    step: () => own.step(),
    stepScaled: (by) => own.stepScaled(by),
    zeroGrad: () => own.zeroGrad(),
    stateOf: (parameter) => own.stateOf(parameter),
    describeState: (parameter) => own.describeState(parameter),
    loadState: (parameter, state) => own.loadState(parameter, state),
    useMasterWeights: (originals) => own.useMasterWeights(originals),
  };
  await expect(booster.boost({ model, optimizer: foreign })).rejects.toThrow(
    /Object has no updates that are rounded at random, which masterWeights: false asks for; leave masterWeights out/,
  );
  expect(model.weight.dtype).toBe("float32");
});
