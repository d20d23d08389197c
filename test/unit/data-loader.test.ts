// The loader over real tensors: what a batch is, what is freed when, and where a loop goes on.

import { expect, test } from "vitest";
import { DataError } from "../../dist/src/data/data-error.js";
import { DataLoader } from "../../dist/src/data/data-loader.js";
import { TextDataset } from "../../dist/src/data/text-dataset.js";
import { TrainingInterrupted } from "../../dist/src/data/training-interrupted.js";
import { keep, numLiveTensors, scope } from "../../dist/src/tensor/scope.js";

const dataset = TextDataset.fromTokens(
  Int32Array.from({ length: 100 }, (_, i) => i),
  10,
);

/** First token of each row, which names the row. */
function firstTokens(batch: { readonly inputIds: { toArray(): unknown } }): number[] {
  return (batch.inputIds.toArray() as bigint[][]).map((row) => Number(row[0]));
}

test("a batch is (B, T) int64 with the rows' ids, and its labels are its inputs", () => {
  const loader = new DataLoader({ dataset, batchSize: 2 });
  for (const { inputIds, labels } of loader.take(1)) {
    expect([inputIds.shape, inputIds.dtype, labels.shape]).toEqual([[2, 10], "int64", [2, 10]]);
    const [first, second] = [0, 10].map((begin) => Array.from({ length: 10 }, (_, i) => begin + i));
    expect((inputIds.toArray() as unknown as bigint[][]).map((row) => row.map(Number))).toEqual([
      first,
      second,
    ]);
    expect(labels.toArray()).toEqual(inputIds.toArray());
  }
});

test("a loop left early goes on with the next batch; a finished one begins the next epoch", () => {
  const loader = new DataLoader({ dataset, batchSize: 4, shuffle: true, seed: 3 });
  expect([loader.length, loader.stepsPerEpoch]).toEqual([2, 2]);
  const seen: number[] = [];
  for (const batch of loader) {
    seen.push(...firstTokens(batch));
    break;
  }
  expect(loader.length).toBe(1);
  for (const batch of loader) seen.push(...firstTokens(batch));
  expect(new Set(seen).size).toBe(8);
  expect(loader.state()).toMatchObject({ epoch: 1, position: 0 });
});

test("DataLoader.take() crosses epochs, and a loader resumed from its state goes on with the same batches", () => {
  const options = { dataset, batchSize: 4, shuffle: true, seed: 9 };
  const whole: number[][] = [];
  for (const batch of new DataLoader(options).take(7)) whole.push(firstTokens(batch));
  const before = new DataLoader(options);
  for (const batch of before.take(3)) expect(firstTokens(batch)).toEqual(whole.shift());
  const after = new DataLoader(options);
  after.loadState(JSON.parse(JSON.stringify(before.state())));
  const rest: number[][] = [];
  for (const batch of after.take(4)) rest.push(firstTokens(batch));
  expect(rest).toEqual(whole);
});

test("the state taken in the last batch of an epoch resumes with the first batch of the next", () => {
  const options = { dataset, batchSize: 5, shuffle: true, seed: 2 };
  const loader = new DataLoader(options);
  let state = loader.state();
  for (const _ of loader) state = loader.state();
  const resumed = new DataLoader(options);
  resumed.loadState(state);
  const next = (from: DataLoader) => {
    for (const batch of from.take(1)) return firstTokens(batch);
    return [];
  };
  expect(next(resumed)).toEqual(next(loader));
});

test("DataLoader.distributed() gives each rank its share of the same steps", () => {
  const options = { dataset, shuffle: true, seed: 4 };
  const alone = new DataLoader({ ...options, batchSize: 4 });
  const ranks = [0, 1].map((rank) =>
    new DataLoader({ ...options, batchSize: 2 }).distributed({ rank, worldSize: 2 }),
  );
  const rowsOf = (loader: DataLoader) => {
    const rows: number[][] = [];
    for (const batch of loader) rows.push(firstTokens(batch));
    return rows;
  };
  const [low = [], high = []] = ranks.map(rowsOf);
  expect(low.map((rows, step) => [...rows, ...(high[step] ?? [])])).toEqual(rowsOf(alone));
});

test("what a step makes is freed when the next begins, kept tensors are not, and leaving the loop frees the last", () => {
  const loader = new DataLoader({ dataset, batchSize: 2 });
  using _outer = scope();
  const before = numLiveTensors();
  const live: number[] = [];
  const kept: { readonly isDisposed: boolean }[] = [];
  let last = { isDisposed: false };
  for (const { inputIds } of loader.take(20)) {
    for (let i = 0; i < 5; i++) last = inputIds.add(i);
    live.push(numLiveTensors() - before);
    if (live.length === 1) kept.push(keep(inputIds.add(1)));
  }
  expect(last.isDisposed).toBe(true);
  expect(kept.map((tensor) => tensor.isDisposed)).toEqual([false]);
  expect(Math.max(...live)).toBeLessThanOrEqual(7);
  expect(numLiveTensors() - before).toBe(1);
});

test("a dataset smaller than one step is refused when the loader is made", () => {
  expect(() => new DataLoader({ dataset, batchSize: 6, worldSize: 2 })).toThrow(
    /has 10 rows, fewer than one step takes: batchSize 6 on 2 ranks is 12/,
  );
});

test("a loop asked to stop ends between two batches, and the next loop goes on with nothing lost", () => {
  let numAsked = 0;
  const agreeToStop = () => () => ++numAsked === 3;
  const loader = new DataLoader({ dataset, batchSize: 2 }).distributed({
    rank: 0,
    worldSize: 1,
    agreeToStop,
  });
  const seen: number[][] = [];
  const loop = () => {
    for (const batch of loader) seen.push(firstTokens(batch));
  };
  expect(loop).toThrow(TrainingInterrupted);
  expect(seen.flat()).toEqual([0, 10, 20, 30]);
  loop();
  expect(seen.flat()).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
});

test("a loop that goes on after another over the same loader began says so, instead of skipping its batches", () => {
  const loader = new DataLoader({ dataset, batchSize: 4 });
  let numInner = 0;
  const nested = () => {
    for (const _ of loader) for (const _ of loader) numInner += 1;
  };
  expect(nested).toThrow(DataError);
  expect(numInner).toBe(1);
  const [left, right] = [loader.take(2)[Symbol.iterator](), loader.take(2)[Symbol.iterator]()];
  expect([left.next().done, right.next().done]).toEqual([false, false]);
  expect(() => left.next()).toThrow(
    /another loop over this DataLoader began while this one was going on.*make a DataLoader for each/,
  );
  expect(right.next().done).toBe(false);
  for (const _ of loader.take(1)) break;
  expect([...loader.take(3)].length).toBe(3);
});
