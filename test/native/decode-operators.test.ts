// What one new token takes at fixed shapes, attention and products, beside the same from operators of PyTorch's one after another.
import { arange, noGrad, ops, randn, type Tensor, tensor, zeros } from "notebooster";
import { expect, test } from "vitest";
import "../fixtures/two-threads.js";

interface Case {
  readonly batch?: number;
  readonly heads?: number;
  readonly kvHeads?: number;
  readonly dim?: number;
  readonly turned?: number;
  readonly interleaved?: boolean;
  readonly rowsOfAngles?: number;
  readonly isPadded?: boolean;
  readonly softCap?: number;
  readonly window?: number;
  readonly scale?: number;
  readonly place?: number;
}

const CASES: Record<string, Case> = {
  "whole heads": {},
  "no rotation": { turned: 0 },
  "grouped queries": { heads: 6, kvHeads: 2 },
  "one key head": { heads: 5, kvHeads: 1, dim: 20, turned: 20 },
  "a part of each head": { dim: 24, turned: 8 },
  "neighbours as pairs": { dim: 24, turned: 16, interleaved: true },
  "angles of each row": { rowsOfAngles: 2, isPadded: true },
  "a window": { window: 3 },
  "a window of one": { window: 1 },
  "bent scores": { softCap: 0.7, scale: 0.5 },
  "the first token": { place: 0 },
  "a full cache": { place: 11 },
  "odd sizes": { batch: 1, heads: 3, kvHeads: 3, dim: 14, turned: 6, isPadded: true, window: 5 },
  "wide heads": { heads: 2, kvHeads: 1, dim: 256, turned: 256 },
};
const ROOM = 12;

/** Pairs (i, i + n / 2), or neighbours that come to lie there, turned. */
function turned(x: Tensor, [cos, sin]: readonly [Tensor, Tensor], isInterleaved: boolean): Tensor {
  const n = cos.shape[1] as number;
  const rotating = x.slice(-1, 0, n);
  const halves = isInterleaved
    ? [0, 1].map((first) => rotating.slice(-1, first, n, 2))
    : [rotating.slice(-1, 0, n / 2), rotating.slice(-1, n / 2, n)];
  const [low, high] = halves as [Tensor, Tensor];
  const angles = [cos, sin].map((each) => each.view(-1, 1, 1, n).slice(-1, 0, n / 2));
  const [c, s] = angles as [Tensor, Tensor];
  const parts = [low.mul(c).sub(high.mul(s)), high.mul(c).add(low.mul(s)), x.slice(-1, n)];
  return ops.aten.cat(parts, -1) as Tensor;
}

test.each(Object.keys(CASES))(
  "one new token with %s attends as operators one by one let it",
  (name) => {
    const given = CASES[name] as Case;
    const { batch = 2, heads = 4, kvHeads = 4, dim = 16, turned: width = dim, place = 6 } = given;
    const { interleaved = false, rowsOfAngles = 1, softCap = 0, window = ROOM } = given;
    const { scale = dim ** -0.5 } = given;
    noGrad(() => {
      const q = randn([batch, 1, heads, dim]).transpose(1, 2);
      const [k, v] = [randn([batch, kvHeads, 1, dim]), randn([batch, kvHeads, 1, dim])];
      const stored = () => randn([batch, kvHeads, ROOM, dim]);
      const [keys, values] = [stored(), stored()];
      const angles = randn([rowsOfAngles, width / 2]);
      const both = ops.aten.cat([angles, angles], -1) as Tensor;
      const tables = [both.cos(), both.sin()] as const;
      const hidden = given.isPadded ? [0, 0, 1] : [1, 1, 1];
      const mask = zeros([batch, ROOM], { dtype: "int64" }).add(1);
      mask
        .select(0, 0)
        .slice(0, 0, 3)
        .copy_(tensor(BigInt64Array.from(hidden, BigInt)));

      const [newKeys, newValues] = [keys.clone(), values.clone()];
      const turn = (x: Tensor) => (width === 0 ? x : turned(x, tables, interleaved));
      newKeys.slice(2, place, place + 1).copy_(turn(k));
      newValues.slice(2, place, place + 1).copy_(v);
      const wide = (x: Tensor) => x.repeatInterleave(heads / kvHeads, 1);
      let scores = turn(q).matmul(wide(newKeys).transpose(-1, -2)).mul(scale);
      if (softCap > 0) scores = scores.div(softCap).tanh().mul(softCap);
      const places = arange(0, ROOM);
      const near = places.lessEqual(place).logicalAnd(places.greater(place - window));
      const seen = near.logicalAnd(mask.bool()).view(batch, 1, 1, ROOM);
      const shares = scores.maskedFill(seen.logicalNot(), Number.NEGATIVE_INFINITY).softmax(-1);
      const expected = shares.matmul(wide(newValues));

      const attended = ops.notebooster.decode_attention(
        ...([q, k, v, keys, values, tensor(BigInt64Array.of(BigInt(place)))] as const),
        {
          ...(width > 0 && { cos: tables[0], sin: tables[1], interleaved }),
          ...(given.isPadded && { mask }),
          ...(softCap > 0 && { soft_cap: softCap }),
          ...(given.window !== undefined && { window }),
          ...(given.scale !== undefined && { scale }),
        },
      );
      expect(attended.shape).toEqual([batch, heads, 1, dim]);
      expect(largest(attended.sub(expected))).toBeLessThan(2e-6);
      expect(largest(keys.sub(newKeys))).toBeLessThan(1e-6);
      expect(largest(values.sub(newValues))).toBe(0);
    });
  },
);

test("a token to which all is hidden gets zeros, and what does not fit is refused", () => {
  const heads = () => randn([1, 2, 1, 8]);
  const cache = () => randn([1, 2, 5, 8]);
  const place = tensor(BigInt64Array.of(2n));
  const [k, v] = [heads(), heads()];
  const mask = zeros([1, 5], { dtype: "int64" });
  const { decode_attention: decode } = ops.notebooster;
  expect(largest(decode(heads(), k, v, cache(), cache(), place, { mask }))).toBe(0);
  expect(() => decode(randn([1, 3, 1, 8]), k, v, cache(), cache(), place)).toThrow(
    "`q` must have a multiple of the 2 heads that `k` and `keys` have, got 3 and 2",
  );
  expect(() => decode(randn([1, 2, 2, 8]), k, v, cache(), cache(), place)).toThrow(
    "`q` must be (B, heads, 1, D) for `keys` (B, Hkv, room, D) = [1, 2, 5, 8]",
  );
  expect(() => decode(heads(), k, v, cache(), cache(), zeros([1]))).toThrow(
    "`place` must be int64 on cpu, got Float on cpu",
  );
  expect(() => decode(heads().requiresGrad_(), k, v, cache(), cache(), place)).toThrow(
    "decode_attention has no gradient: it is for generating under noGrad",
  );
});

test("products of one x are those of each weight, gated or added to what they branched off from", () => {
  noGrad(() => {
    const x = randn([3, 1, 10]);
    const weights = [randn([4, 10]), randn([4, 10]), randn([7, 10])] as const;
    const [first, second, third] = weights;
    const biases = [randn([4]), randn([4]), randn([7])] as const;
    const residual = randn([3, 1, 4]);
    const product = (i: 0 | 1 | 2, bias?: Tensor) => {
      const y = x.matmul(weights[i].t());
      return bias === undefined ? y : y.add(bias);
    };
    const { decode_linear: decode } = ops.notebooster;
    const same = (given: readonly Tensor[], expected: readonly Tensor[]) => {
      expect(given.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
      for (const [i, each] of given.entries())
        expect(largest(each.sub(expected[i] as Tensor))).toBeLessThan(1e-5);
    };
    same(decode(x, [...weights], []), [product(0), product(1), product(2)]);
    same(
      decode(x, [...weights], [...biases]),
      ([0, 1, 2] as const).map((i) => product(i, biases[i])),
    );
    const gate = product(0);
    same(decode(x, [first, second], [], { gated: true }), [
      gate.mul(gate.sigmoid()).mul(product(1)),
    ]);
    same(decode(x, [first], [], { residual }), [product(0).add(residual)]);
    expect(() => decode(x, [first, third], [], { gated: true })).toThrow(
      "`gated` takes two weights of one shape",
    );
    expect(() => decode(x, [third], [], { residual })).toThrow(
      "`residual` must be as large as the result, (3, 7) in rows, got [3, 4]",
    );
  });
  const [weight, frozen] = [randn([4, 4]).requiresGrad_(), randn([4, 4])];
  for (const weights of [[weight], [frozen, weight]])
    expect(() => ops.notebooster.decode_linear(randn([1, 4]), weights, [])).toThrow(
      "decode_linear has no gradient: it is for generating under noGrad",
    );
});

function largest(x: Tensor): number {
  return Number(x.abs().max().item());
}
