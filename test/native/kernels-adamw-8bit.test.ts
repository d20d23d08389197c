// adamw_8bit_ beside the formula it is one pass of: moments widened by tables of Python's, adamw_ in float32, and the nearest of the
// tables' values found by bucketize. The same bits: codes, scales, weights.
import { AdamW8bit, type DType, ops, Parameter, type Tensor, tensor, zeros } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

const TABLES = `
import numpy
def values(is_signed):
    found = [0.0, 1.0]
    for exponent in range(7):
        edges = numpy.linspace(0.1, 1, 2 ** (exponent if is_signed else exponent + 1) + 1)
        middles = (edges[1:] + edges[:-1]) / 2 * 10.0 ** (exponent - 6)
        found += [*middles, *(-middles if is_signed else [])]
    return sorted(found)
def table(is_signed):
    wide = numpy.array(values(is_signed))
    return [wide.tolist(), ((wide[1:] + wide[:-1]) / 2).tolist()]
print(json.dumps([table(True), table(False)]))
`;
type Table = readonly [values: number[], midpoints: number[]];
const [SIGNED, UNSIGNED] = python(TABLES) as [Table, Table];

const { adamw_, adamw_8bit_, round_at_random_ } = ops.notebooster;
const OPTIONS = { lr: 0.01, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1 };
const BLOCK = 256;
const grid = (numel: number, seed: number, size = 1) =>
  Array.from(
    { length: numel },
    (_, i) => size * ((((i + 1) * 7919 + seed * 104729) % 65537) / 32768 - 1),
  );
const f32 = (numbers: number[]) => tensor(numbers, { dtype: "float32" });
const flat = (x: Tensor) => x.to("float32").reshape([-1]).toArray() as number[];

/** A weight in the middle of its training; one of its blocks has no moments, and one so small ones that they are subnormal. */
function start(numel: number) {
  const code = (i: number) => (i * 97 + Math.floor(i / BLOCK)) % 256;
  const codes = (shift: number) =>
    tensor(Array.from({ length: numel }, (_, i) => code(i + shift))).to("uint8");
  const scales = (seed: number) =>
    f32(
      grid(Math.ceil(numel / BLOCK), seed).map((x, i) => [Math.abs(x), 0, 1e-40][i] ?? Math.abs(x)),
    );
  const grads = grid(numel, 2).map((x, i) =>
    i >= BLOCK && i < 3 * BLOCK ? x * (i % 2) * 1e-20 : x,
  );
  return {
    grad: f32(grads),
    weight: f32(grid(numel, 1)),
    codes: [codes(0), codes(5)] as const,
    scales: [scales(3), scales(4)] as const,
  };
}

function widened(codes: Tensor, absmax: Tensor, [values]: Table): Tensor {
  const all = absmax.reshape([-1, 1]).expand([-1, BLOCK]).reshape([-1]).narrow(0, 0, codes.numel);
  return f32(values).indexSelect(0, codes.to("int32")).mul(all);
}

function nearest(moment: Tensor, [, midpoints]: Table): [codes: number[], absmax: number[]] {
  const missing = Math.ceil(moment.numel / BLOCK) * BLOCK - moment.numel;
  const blocks = ops.aten.constant_pad_nd(moment, [0, missing], 0).view([-1, BLOCK]);
  const absmax = blocks.abs().amax([1]);
  const scaled = blocks.div(absmax.clampMin(2 ** -126).unsqueeze(1));
  const codes = ops.aten.bucketize(scaled, f32(midpoints), { out_int32: true }).reshape([-1]);
  return [flat(codes.narrow(0, 0, moment.numel)), flat(absmax)];
}

type Case = readonly [
  dtype: DType,
  gradType: DType,
  how: "alone" | "with masters" | "rounded at random",
];
const CASES: readonly Case[] = [
  ["float32", "float32", "alone"],
  ["bfloat16", "bfloat16", "with masters"],
  ["bfloat16", "float32", "with masters"],
  ["float16", "float16", "with masters"],
  ["bfloat16", "bfloat16", "alone"],
  ["bfloat16", "bfloat16", "rounded at random"],
];

test.each(CASES)(
  "adamw_8bit_ of %s by %s gradients, %s, is adamw_ between widened and nearest codes",
  (dtype, gradType, how) => {
    for (const numel of [1, 37, 5 * BLOCK, 130 * BLOCK + 19]) {
      const { weight, grad: exactGrad, codes, scales } = start(numel);
      const [target, grad] = [weight.to(dtype).clone(), exactGrad.to(gradType)];
      const master = how === "with masters" ? [weight.clone()] : [];
      const options = { ...OPTIONS, steps: [f32([7]).reshape([])], grad_scale: f32([0.25]) };
      const draws = { draw_steps: options.steps, seeds: [3], begins: [512] };
      const wide = master[0]?.clone() ?? target.to("float32").clone();
      const [m, v] = [widened(codes[0], scales[0], SIGNED), widened(codes[1], scales[1], UNSIGNED)];
      adamw_([wide], [], [grad.to("float32")], [m], [v], options);
      const [own, absmax] = [codes.map((x) => x.clone()), scales.map((x) => x.clone())] as [
        Tensor[],
        Tensor[],
      ];
      const lists = [...own, ...absmax].map((x) => [x]) as [Tensor[], Tensor[], Tensor[], Tensor[]];
      const isRounded = how === "rounded at random";
      adamw_8bit_([target], master, [grad], ...lists, { ...options, ...(isRounded && draws) });
      expect(own.map(flat)).toEqual([nearest(m, SIGNED)[0], nearest(v, UNSIGNED)[0]]);
      expect(absmax.map(flat)).toEqual([nearest(m, SIGNED)[1], nearest(v, UNSIGNED)[1]]);
      if (master[0]) expect(flat(master[0])).toEqual(flat(wide));
      const rounded = zeros([numel], { dtype: "bfloat16" });
      if (isRounded)
        round_at_random_([rounded], [wide], options.steps, { seeds: [3], begins: [512], draw: 0 });
      expect(flat(target)).toEqual(flat(isRounded ? rounded : wide.to(dtype)));
    }
  },
);

function called({ weight, grad, codes, scales }: ReturnType<typeof start>, rest: object = {}) {
  const [[m, v], [mScale, vScale]] = [codes, scales];
  adamw_8bit_([weight], [], [grad], [m], [v], [mScale], [vScale], { ...OPTIONS, ...rest });
  return [weight, m, v, mScale, vScale].map(flat);
}

test("adamw_8bit_ keeps NaN and infinity within their block, and changes nothing where found_inf is set", () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const given = start(2 * BLOCK + 5);
    given.grad.narrow(0, 3, 1).fill_(bad);
    const [weight, m, , mScale, vScale] = called(given);
    expect([mScale, vScale].map((scale) => scale?.[0])).toEqual([bad, bad]);
    expect(m?.slice(0, 5)).toEqual(
      Number.isNaN(bad) ? Array(5).fill(255) : [127, 127, 127, 255, 127],
    );
    expect(
      [...(mScale?.slice(1) ?? []), ...(weight?.slice(BLOCK) ?? [])].every(Number.isFinite),
    ).toBe(true);
  }
  const skipped = called(start(300), { found_inf: f32([1]) });
  const { weight, codes, scales } = start(300);
  expect(skipped).toEqual([weight, ...codes, ...scales].map(flat));
});

test("adamw_8bit_ refuses codes and scales that do not fit", () => {
  const call = (changed: Partial<ReturnType<typeof start>>) => () =>
    called({ ...start(300), ...changed });
  const { codes, scales } = start(300);
  expect(call({ codes: [codes[0].to("float32"), codes[1]] })).toThrow(
    /`exp_avgs` must be contiguous uint8/,
  );
  expect(call({ codes: [codes[0], codes[1].narrow(0, 0, 299)] })).toThrow(
    /`exp_avg_sqs` must be contiguous uint8/,
  );
  expect(call({ scales: [scales[0].narrow(0, 0, 1), scales[1]] })).toThrow(
    /`exp_avg_absmaxes` must hold, on cpu, 2 contiguous float32 numbers, one for each 256 elements/,
  );
  expect(call({ scales: [scales[0], scales[1].to("bfloat16")] })).toThrow(
    /`exp_avg_sq_absmaxes` must hold/,
  );
});

test("an update by AdamW8bit allocates nothing, with masters and where steps may be skipped", () => {
  const optimizer = new AdamW8bit([new Parameter(zeros([64, 72])), new Parameter(zeros([5]))]);
  const { stateBytes, updateBytes } = optimizer.stepMemory({
    ...{ dtypeOf: () => "bfloat16", masters: true, skips: true, device: "cpu" },
    ...{ rangeOf: () => undefined, onHost: undefined },
  });
  expect(stateBytes).toBeGreaterThan(2 * 64 * 72);
  expect(updateBytes).toBe(0);
});

test("a weight of one element that is rounded at random has codes, and its scales stay in float32", () => {
  const weight = new Parameter(zeros([1], { dtype: "bfloat16" }));
  const optimizer = new AdamW8bit([weight], { min8bitSize: 0 });
  optimizer.useStochasticRounding(true);
  weight.grad = tensor([0.5]).to("bfloat16");
  optimizer.step();
  const state = optimizer.stateOf(weight) as Record<string, Tensor>;
  expect([state["expAvg"], state["expAvgAbsmax"]].map((x) => x?.dtype)).toEqual([
    "uint8",
    "float32",
  ]);
  expect(flat(state["expAvgAbsmax"] as Tensor)[0]).toBeCloseTo(0.05, 6);
});
