// Several linear layers of one x in one operator: numbers and gradients as those of layer after layer, put together by ATen's calls.
import {
  dequantizeNf4,
  manualSeed,
  type Nf4Weight,
  ops,
  quantizeNf4,
  randn,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";

const { aten, notebooster } = ops;
const IN = 64;

/** A layer: what it has besides its weight (out, in). */
interface Given {
  readonly out: number;
  /** 0: no adapter. */
  readonly rank: number;
  readonly scaling: number;
  readonly hasBias?: boolean;
  readonly isFrozenA?: boolean;
  readonly isUnused?: boolean;
}

interface Leaves {
  readonly x: Tensor;
  readonly layers: readonly {
    readonly weight: Tensor;
    readonly bias: Tensor | null;
    readonly a: Tensor | null;
    readonly b: Tensor | null;
  }[];
}

const CASES: Record<string, readonly Given[]> = {
  "one layer": [{ out: 24, rank: 3, scaling: 2 }],
  "three of several widths and ranks": [
    { out: 24, rank: 3, scaling: 2, hasBias: true },
    { out: 8, rank: 5, scaling: 0.5 },
    { out: 8, rank: 1, scaling: 1 },
  ],
  "one without an adapter between two": [
    { out: 24, rank: 3, scaling: 2 },
    { out: 8, rank: 0, scaling: 1, hasBias: true },
    { out: 16, rank: 2, scaling: 3 },
  ],
  "a frozen A": [
    { out: 24, rank: 3, scaling: 2, isFrozenA: true },
    { out: 8, rank: 5, scaling: 0.5 },
  ],
  "a result that nothing uses": [
    { out: 24, rank: 3, scaling: 2, isUnused: true },
    { out: 8, rank: 5, scaling: 0.5 },
  ],
};

function leavesOf(given: readonly Given[], shape: readonly number[]): Leaves {
  manualSeed(3);
  const leaf = (tensor: Tensor, isTrained = true): Tensor =>
    Object.assign(tensor, { requiresGrad: isTrained });
  return {
    x: leaf(randn(shape)),
    layers: given.map(({ out, rank, hasBias, isFrozenA }) => ({
      weight: leaf(randn([out, IN])),
      bias: hasBias === true ? leaf(randn([out])) : null,
      a: rank === 0 ? null : leaf(randn([rank, IN]), isFrozenA !== true),
      b: rank === 0 ? null : leaf(randn([out, rank])),
    })),
  };
}

/** Layer after layer. @param weights instead of their own */
function oneByOne({ x, layers }: Leaves, given: readonly Given[], weights?: Tensor[]): Tensor[] {
  return layers.map(({ weight, bias, a, b }, i) => {
    const y = aten.linear(x, weights?.[i] ?? weight, bias);
    if (a === null || b === null) return y;
    return y.add(aten.linear(aten.linear(x, a), b).mul((given[i] as Given).scaling));
  });
}

/** Goes backward from what is used, and gives all gradients. */
function gradients(results: readonly Tensor[], leaves: Leaves, given: readonly Given[]) {
  manualSeed(4);
  const losses = results.map((y) => y.mul(randn(y.shape)).sum());
  const used = losses.filter((_, i) => given[i]?.isUnused !== true);
  used.reduce((sum, loss) => sum.add(loss)).backward();
  const { x, layers } = leaves;
  const of = (tensor: Tensor | null) => tensor?.grad?.toArray() ?? null;
  return [of(x), ...layers.map(({ weight, bias, a, b }) => [weight, bias, a, b].map(of))];
}

function expectClose(found: unknown, wanted: unknown): void {
  if (typeof wanted === "number") expect(found).toBeCloseTo(wanted, 3);
  else if (!Array.isArray(wanted)) expect(found).toEqual(wanted);
  else {
    expect(found).toHaveLength(wanted.length);
    for (const [i, each] of wanted.entries()) expectClose((found as unknown[])[i], each);
  }
}

for (const [name, given] of Object.entries(CASES)) {
  const scalings = given.map(({ scaling }) => scaling);
  for (const transposed of [false, true])
    test(`${name}${transposed ? ", weights as (in, out)" : ""}: results and all gradients`, () => {
      const [mine, theirs] = [leavesOf(given, [2, 5, IN]), leavesOf(given, [2, 5, IN])];
      const of = <K extends keyof Leaves["layers"][number]>(key: K) =>
        mine.layers.map((layer) => layer[key]);
      const lying = of("weight").map((weight) => (transposed ? weight.t().contiguous() : weight));
      const options = { scalings, transposed };
      const results = notebooster.lora_linears(
        mine.x,
        lying,
        of("bias"),
        of("a"),
        of("b"),
        options,
      );
      const wanted = oneByOne(theirs, given);
      for (const [i, y] of results.entries()) expectClose(y.toArray(), wanted[i]?.toArray());
      expectClose(gradients(results, mine, given), gradients(wanted, theirs, given));
    });

  test(`${name}, over weights of four bits: results and all gradients`, () => {
    const [mine, theirs] = [leavesOf(given, [7, IN]), leavesOf(given, [7, IN])];
    const rounded = mine.layers.map(
      ({ weight }, i): Nf4Weight => quantizeNf4(weight.detach(), { doubleQuant: i === 1 }),
    );
    const of = <K extends "bias" | "a" | "b">(key: K) => mine.layers.map((layer) => layer[key]);
    const results = notebooster.nf4_linears(
      mine.x,
      rounded.map(({ packed }) => packed),
      rounded.map(({ absmax }) => absmax),
      rounded.map(({ double }) => double?.map ?? null),
      rounded.map(({ double }) => double?.scales ?? null),
      rounded.map(({ double }) => double?.offset ?? null),
      ...([of("bias"), of("a"), of("b")] as const),
      { out_features: given.map(({ out }) => out), scalings },
    );
    const wide = rounded.map((weight) => dequantizeNf4(weight, "float32"));
    const wanted = oneByOne(theirs, given, wide);
    for (const [i, y] of results.entries()) expectClose(y.toArray(), wanted[i]?.toArray());
    expectClose(gradients(results, mine, given), gradients(wanted, theirs, given));
  });
}

test("lists of different lengths are refused", () => {
  const [x, weight] = [randn([2, IN]), randn([3, IN])];
  expect(() =>
    notebooster.lora_linears(x, [weight], [null], [], [null], { scalings: [1] }),
  ).toThrow(/one member for each layer/);
});
