// The order of rows: reproducible everywhere, shared by ranks, resumable. The generator is checked against an
// implementation in Python and against the published first outputs of xoshiro128**.

import { expect, test } from "vitest";
import { BatchOrder, type BatchOrderOptions } from "../../src/data/batch-order.js";
import { DataError } from "../../src/data/data-error.js";
import { shuffledOrder, Xoshiro128 } from "../../src/data/shuffle.js";
import { python } from "../fixtures/python.js";

const DEFAULTS = {
  numRows: 100,
  batchSize: 4,
  shuffle: true,
  seed: 7,
  dropLast: true,
  rank: 0,
  worldSize: 1,
};

function order(options: Partial<BatchOrderOptions> = {}): BatchOrder {
  return new BatchOrder({ ...DEFAULTS, ...options });
}

/** The batches from where the order stands to the end of its epoch. */
function rest(batches: BatchOrder): number[][] {
  const all: number[][] = [];
  for (let rows = batches.next(); rows !== undefined; rows = batches.next()) all.push([...rows]);
  return all;
}

test("Xoshiro128 gives the published outputs of xoshiro128** for the state 1, 2, 3, 4", () => {
  const random = new Xoshiro128(Uint32Array.of(1, 2, 3, 4));
  const outputs = Array.from({ length: 10 }, () => random.next());
  expect(outputs).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ]);
});

test("shuffledOrder() is the Fisher-Yates shuffle that Python computes from the same description", () => {
  const cases = [
    [10, 0, 0],
    [1000, 42, 0],
    [1000, 42, 1],
    [1, 3, 0],
    [257, 2 ** 53 - 1, 5],
  ] as const;
  const expected = python(
    `
M64, M32 = (1 << 64) - 1, (1 << 32) - 1
def splitmix64(x):
    while True:
        x = (x + 0x9e3779b97f4a7c15) & M64
        z = x
        z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & M64
        z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & M64
        yield z ^ (z >> 31)
rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & M32
def xoshiro(seed, epoch):
    words = splitmix64(next(splitmix64(seed)) ^ epoch)
    a, b = next(words), next(words)
    s = [a & M32, a >> 32, b & M32, b >> 32]
    while True:
        yield rotl(s[1] * 5 & M32, 7) * 9 & M32
        t = s[1] << 9 & M32
        s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
def shuffled(n, seed, epoch):
    r = xoshiro(seed, epoch)
    out = list(range(n))
    for last in range(n - 1, 0, -1):
        limit = 2**32 - 2**32 % (last + 1)
        x = next(r)
        while x >= limit: x = next(r)
        x %= last + 1
        out[last], out[x] = out[x], out[last]
    return out
print(json.dumps([shuffled(*c) for c in args[0]]))`,
    cases,
  );
  expect(cases.map(([n, seed, epoch]) => [...shuffledOrder(n, seed, epoch)])).toEqual(expected);
});

test("Xoshiro128.below() gives every number equally often", () => {
  const random = Xoshiro128.forEpoch(1, 0);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 60_000; i++) {
    const number = random.below(6);
    counts[number] = (counts[number] ?? 0) + 1;
  }
  const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, p = 0.001
});

test("every row comes once in an epoch, in another order in the next, in the same order again for the same seed", () => {
  const first = order();
  const epoch0 = rest(first).flat();
  expect([...epoch0].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  first.startNextEpoch();
  const epoch1 = rest(first).flat();
  expect(epoch1).not.toEqual(epoch0);
  const again = order();
  again.startEpoch(1);
  expect(rest(again).flat()).toEqual(epoch1);
  expect(rest(order({ seed: 8 })).flat()).not.toEqual(epoch0);
  expect(rest(order({ shuffle: false })).flat()).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test.each([
  [2, 4],
  [4, 2],
  [8, 1],
])(
  "%i ranks with batches of %i see, step by step, the rows of one rank with batches of 8",
  (worldSize, batchSize) => {
    const alone = rest(order({ batchSize: 8 }));
    const ranks = Array.from({ length: worldSize }, (_, rank) =>
      rest(order({ worldSize, batchSize, rank })),
    );
    expect(ranks.every((batches) => batches.length === alone.length)).toBe(true);
    const together = alone.map((_, step) => ranks.flatMap((batches) => batches[step] ?? []));
    expect(together).toEqual(alone);
  },
);

test("an order resumed from its state goes on as one that was not interrupted, also with other ranks and batches", () => {
  const whole = order({ batchSize: 8 });
  whole.startEpoch(3);
  whole.next();
  whole.next();
  const state = JSON.parse(JSON.stringify(whole.state()));
  const expected = rest(whole);
  const same = order({ batchSize: 8 });
  same.loadState(state);
  expect(rest(same)).toEqual(expected);
  const halves = [0, 1].map((rank) => order({ batchSize: 4, worldSize: 2, rank }));
  for (const half of halves) half.loadState(state);
  const [low = [], high = []] = halves.map(rest);
  expect(low.map((rows, step) => [...rows, ...(high[step] ?? [])])).toEqual(expected);
  const wider = order({ batchSize: 12 });
  wider.loadState(state);
  expect(rest(wider).flat().slice(0, 24)).toEqual(expected.flat().slice(0, 24));
});

test("dropLast decides about the last rows, and all ranks take equally many", () => {
  expect(order({ batchSize: 7 }).stepsPerEpoch).toBe(14);
  const kept = order({ batchSize: 7, dropLast: false });
  expect(kept.stepsPerEpoch).toBe(15);
  expect(rest(kept).at(-1)?.length).toBe(2);
  const shared = [0, 1].map(
    (rank) => rest(order({ batchSize: 8, dropLast: false, worldSize: 2, rank })).at(-1)?.length,
  );
  expect(shared).toEqual([2, 2]);
  expect(() => order({ numRows: 101, batchSize: 8, dropLast: false, worldSize: 2 })).toThrow(
    /last 5 of the 101 rows of the dataset cannot be shared equally by 2 ranks.*pass dropLast: true/,
  );
});

test("an epoch begun by one rank goes on by two only where they can share the rows left, with dropLast: false", () => {
  const state = (position: number) => ({ epoch: 1, position, seed: 7, numRows: 100 });
  const onTwo = (options: Partial<BatchOrderOptions>, position: number) =>
    [0, 1].map((rank) => {
      const batches = order({ batchSize: 4, dropLast: false, worldSize: 2, rank, ...options });
      batches.loadState(state(position));
      return rest(batches).at(-1)?.length;
    });
  expect(onTwo({}, 6)).toEqual([3, 3]);
  expect(() => onTwo({}, 3)).toThrow(
    /last 1 of the 97 rows that are left of epoch 1 cannot be shared equally by 2 ranks.*pass dropLast: true/,
  );
  expect(onTwo({ dropLast: true }, 3)).toEqual([4, 4]);
});

test("BatchOrder refuses too few rows and impossible options, with the numbers", () => {
  for (const [options, message] of [
    [
      { numRows: 7, batchSize: 4, worldSize: 2 },
      /has 7 rows, fewer than one step takes: batchSize 4 on 2 ranks is 8/,
    ],
    [{ numRows: 0, dropLast: false }, /the dataset has no rows/],
    [{ batchSize: 0 }, /batchSize 0 given/],
    [{ batchSize: 1.5 }, /batchSize 1\.5 given/],
    [{ seed: -1 }, /seed -1 given/],
    [{ rank: 2, worldSize: 2 }, /rank 2 of worldSize 2 given/],
  ] as const) {
    expect(() => order(options)).toThrow(message);
    expect(() => order(options)).toThrow(DataError);
  }
});

test("BatchOrder.loadState() refuses the state of another text, another seed and nonsense", () => {
  const state = order().state();
  expect(() => order({ numRows: 90 }).loadState(state)).toThrow(
    /seed 7 over 100 rows, this one has seed 7 over 90/,
  );
  expect(() => order({ seed: 1 }).loadState(state)).toThrow(
    /seed 7 over 100 rows, this one has seed 1/,
  );
  expect(() => order().loadState({ ...state, position: 101 })).toThrow(
    /is not one of a dataset of 100 rows/,
  );
  expect(() => order().loadState({ ...state, epoch: -1 })).toThrow(DataError);
});
