import { tableFromIPC } from "apache-arrow";
import {
  decimate,
  decodeRows,
  encodeRows,
  METRICS_COLUMNS,
  MetricsFormatError,
  mergeRanks,
  RowStore,
  rowsOfSnapshot,
  snapshotOf,
} from "notebooster/report";
import { expect, test } from "vitest";
import { metadata, rowAt, rowsTo } from "./report-rows.js";

test("the columns are frozen: names, types and order", () => {
  const columns = METRICS_COLUMNS.map(
    ({ name, type, nullable }) => `${name} ${type}${nullable ? "?" : ""}`,
  );
  expect(columns).toEqual([
    "step int32",
    "wall_ms float64",
    "loss float64?",
    "learning_rate float64?",
    "grad_norm float64?",
    "tokens_per_s float64?",
    "mfu float64?",
    "step_ms float64",
    "memory_allocated_bytes float64?",
    "memory_reserved_bytes float64?",
    "host_memory_bytes float64?",
    "rank int16",
  ]);
});

test("encodeRows() makes a stream that Arrow reads, unknown as null and NaN as NaN", () => {
  const rows = [rowAt(1, { loss: null }), rowAt(2, { loss: Number.NaN }), rowAt(3, { rank: 7 })];
  const table = tableFromIPC(encodeRows(rows, metadata));
  expect(table.getChild("loss")?.nullCount).toBe(1);
  expect(table.getChild("rank")?.toArray()).toEqual(Int16Array.of(0, 0, 7));
  expect(decodeRows(encodeRows(rows, metadata))).toEqual({ rows, metadata });
});

test("metrics of a run's own are columns of their own, null where a row lacks them", () => {
  const rows = [rowAt(1), rowAt(2, { others: { evalLoss: 3.5, "top 5": Number.NaN } })];
  const stream = encodeRows(rows, metadata);
  const table = tableFromIPC(stream);
  expect(table.schema.fields.slice(12).map(({ name }) => name)).toEqual(["evalLoss", "top 5"]);
  expect([...(table.getChild("evalLoss") ?? [])]).toEqual([null, 3.5]);
  expect(decodeRows(stream)).toEqual({ rows, metadata });
});

test("decimate() keeps the steps at which a metric was measured now and then", () => {
  const rows = rowsTo(5000).map((row) =>
    row.step % 500 === 0 ? { ...row, others: { evalLoss: 1 } } : row,
  );
  const kept = decimate(rows, 100);
  expect(kept.length).toBeLessThanOrEqual(100);
  expect(kept.filter(({ others }) => others).map(({ step }) => step)).toEqual(
    Array.from({ length: 10 }, (_, i) => (i + 1) * 500),
  );
});

test("decodeRows() refuses bytes that are no such stream", () => {
  expect(() => decodeRows(new Uint8Array(40))).toThrow(MetricsFormatError);
  const stream = encodeRows(rowsTo(3), metadata);
  expect(() => decodeRows(stream.subarray(0, stream.length - 300))).toThrow(MetricsFormatError);
});

test("mergeRanks() averages the loss, adds the throughput and waits for the slower rank", () => {
  const rows = [
    rowAt(1, { rank: 0, loss: 2, tokens_per_s: 100 }),
    rowAt(1, { rank: 1, loss: 4, tokens_per_s: 50, step_ms: 130 }),
    rowAt(2, { rank: 0, loss: null }),
  ];
  const [first, second] = mergeRanks(rows);
  expect(first).toMatchObject({ step: 1, loss: 3, tokens_per_s: 150, step_ms: 130 });
  expect(second).toMatchObject({ step: 2, loss: null, tokens_per_s: null });
});

test("decimate() keeps a spike, both ends and the same steps on every rank", () => {
  const spike = { loss: 99 };
  const rows = [0, 1].flatMap((rank) =>
    rowsTo(5000, { rank }).map((row) => (row.step === 3333 ? { ...row, ...spike } : row)),
  );
  const kept = decimate(rows, 200);
  const stepsOf = (rank: number) => kept.filter((row) => row.rank === rank).map((row) => row.step);
  expect(stepsOf(0).length).toBeLessThanOrEqual(200);
  expect(stepsOf(0)).toEqual(stepsOf(1));
  expect(stepsOf(0)).toEqual(expect.arrayContaining([1, 3333, 5000]));
});

test("RowStore holds a bounded number of rows: every stride-th step and the newest", () => {
  const store = new RowStore(100);
  for (const row of rowsTo(1001)) store.push(row);
  expect(store.stride).toBe(16);
  const steps = store.rows().map((row) => row.step);
  expect(steps.slice(0, 3)).toEqual([16, 32, 48]);
  expect(steps.at(-1)).toBe(1001);
});

test("RowStore stays bounded when a loop never advances its step", () => {
  const store = new RowStore(10);
  for (let i = 0; i < 1000; i++) store.push(rowAt(0));
  expect(store.rows().length).toBeLessThanOrEqual(11);
});

test("a snapshot survives JSON with six digits, with NaN and infinities and without unknown columns", () => {
  const rows = [
    rowAt(1, { loss: 1.234_567_89 }),
    rowAt(2, { loss: Number.NaN, others: { evalLoss: Number.NEGATIVE_INFINITY } }),
  ];
  const snapshot = JSON.parse(JSON.stringify(snapshotOf(rows)));
  expect(snapshot).not.toHaveProperty("memory_reserved_bytes");
  const read = rowsOfSnapshot(snapshot);
  expect(read[0]).toMatchObject({ step: 1, loss: 1.234_57, memory_reserved_bytes: null });
  expect(read[0]).not.toHaveProperty("others");
  expect(read[1]).toMatchObject({
    loss: Number.NaN,
    others: { evalLoss: Number.NEGATIVE_INFINITY },
  });
});

test("rowsOfSnapshot() refuses columns of different lengths", () => {
  const snapshot = { ...snapshotOf(rowsTo(3)), loss: [1, 2] };
  expect(() => rowsOfSnapshot(snapshot)).toThrow("snapshot column `loss` has 2 of 3 rows");
});
