import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { encodeRows, readSamples, rowsOfTable } from "notebooster/report";
import { expect, test } from "vitest";
import { LiveFeed } from "../../kernel/metrics/live-feed.js";
import { MetricsFile } from "../../kernel/metrics/metrics-file.js";
import { SamplesFile } from "../../kernel/metrics/samples-file.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { attach, opener, RUN_MIME, record } from "./record-run.js";
import { metadata, rowAt, rowsTo } from "./report-rows.js";

const { runId, title } = metadata;

test("two ranks with ids of their own become one run in one file and one output", async () => {
  const { recorder, file, displays } = record();
  recorder.open({ runId, title }, opener(0));
  recorder.open({ runId: "another-id", title }, opener(1));
  recorder.append(runId, 0, encodeRows(rowsTo(30), metadata));
  recorder.append("another-id", 1, encodeRows(rowsTo(30, { rank: 1 }), metadata));
  recorder.close(runId, 0, false);
  recorder.close("another-id", 1, false);
  await recorder.flush();
  const rows = rowsOfTable(tableFromIPC(readFileSync(file)));
  expect(rows).toEqual([...rowsTo(30), ...rowsTo(30, { rank: 1 })]);
  expect(new Set(displays().map(({ displayId }) => displayId)).size).toBe(1);
  const last = displays().at(-1);
  expect(last?.update).toBe(true);
  expect(last?.bundle["text/plain"]).toContain("step 30/400 · loss 4.0619");
  expect(last?.bundle).toMatchObject({ [RUN_MIME]: { finished: true } });
  expect(Object.keys(last?.bundle ?? {})).toContain("image/png");
});

test("a second run of the same title and cell is another run", () => {
  const { recorder, displays } = record();
  for (const id of ["first", "second"]) {
    recorder.open({ runId: id, title }, opener(0));
    recorder.open({ runId: `${id}-of-rank-1`, title }, opener(1));
    recorder.close(id, 0, false);
  }
  expect(
    displays()
      .filter(({ update }) => !update)
      .map(({ displayId }) => displayId),
  ).toEqual(["run-first", "run-second"]);
});

test("metrics.arrow is a whole stream whenever another process reads it from front to back", async () => {
  const file = join(scratchFolder(), "metrics.arrow");
  const reader = spawn(process.execPath, ["--input-type=module", "-e", READER, file], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(reader.stdout, "data");
  const ended = once(reader, "close");
  const writer = new MetricsFile(file, metadata);
  let numRows = 0;
  for (let reads = 0; reads < 40 && reader.exitCode === null; reads++) {
    const read = once(reader.stdout, "data");
    for (let i = 0; i < 8; i++) await writer.append([rowAt(++numRows)]);
    await Promise.race([read, ended]);
  }
  reader.stdin.end(String(numRows));
  await ended;
  expect(reader.exitCode).toBe(0);
});

/** Reads the file again and again, writing a dot each time, until it is told how many rows there have to be. */
const READER = `
  import { createReadStream, existsSync } from "node:fs";
  import { text } from "node:stream/consumers";
  import { RecordBatchReader } from "apache-arrow";
  const file = process.argv[1];
  let expected, reads = 0, rows = 0;
  process.stdout.write(".");
  text(process.stdin).then((told) => (expected = Number(told)));
  for (let last = false; !last; await new Promise(setImmediate)) {
    last = expected !== undefined;
    if (!existsSync(file)) continue;
    let now = 0;
    const stream = createReadStream(file, { highWaterMark: 1000 + (reads++ % 3) * 7000 });
    for await (const batch of await RecordBatchReader.from(stream)) now += batch.numRows;
    if (now < rows) throw new Error(now + " rows after " + rows);
    rows = now;
    process.stdout.write(".");
  }
  if (rows !== expected) throw new Error(rows + " rows of " + expected);`;

test("a stream whose end was read before a batch came goes on behind it", async () => {
  const file = join(scratchFolder(), "metrics.arrow");
  const writer = new MetricsFile(file, metadata);
  await writer.append([rowAt(1)]);
  const early = readFileSync(file);
  await writer.append([rowAt(2)]);
  const late = readFileSync(file);
  const boundary = early.length - 8;
  for (const read of [boundary, boundary + 4, early.length]) {
    const pieces = [early.subarray(0, read), late.subarray(read)];
    const numRows = tableFromIPC(Buffer.concat(pieces)).numRows;
    expect(numRows).toBe(read === early.length ? 1 : 2);
  }
});

test("a batch cut off anywhere while it was being written leaves the rows before it", async () => {
  const { recorder, file, directory } = record();
  recorder.open({ runId, title }, opener(0));
  recorder.append(runId, 0, encodeRows(rowsTo(5), metadata));
  await recorder.flush();
  const before = readFileSync(file);
  recorder.append(runId, 0, encodeRows([rowAt(6)], metadata));
  await recorder.flush();
  const after = readFileSync(file);
  const cut = join(directory, "cut.arrow");
  copyFileSync(file, cut);
  for (let length = before.length; length < after.length; length += 97) {
    writeFileSync(cut, Buffer.concat([before, after.subarray(before.length, length)]));
    expect(tableFromIPC(readFileSync(cut)).numRows).toBe(5);
  }
});

test("a plot gets batches numbered in order, one for many appends", async () => {
  const { recorder, comms } = record();
  recorder.open({ runId, title }, opener(0));
  attach(recorder, -1);
  await recorder.flush();
  for (const row of rowsTo(20)) recorder.append(runId, 0, encodeRows([row], metadata));
  await recorder.flush();
  recorder.append(runId, 0, encodeRows([rowAt(21)], metadata));
  recorder.close(runId, 0, false);
  await recorder.flush();
  expect(comms().map(({ data }) => [data["type"], data["seq"]])).toEqual([
    ["snapshot", 0],
    ["batch", 1],
    ["batch", 2],
    ["ended", 2],
  ]);
  expect(rowsOfTable(tableFromIPC(comms()[1]?.buffers[0]))).toEqual(rowsTo(20));
});

test("a plot that missed something gets everything with a snapshot", async () => {
  const { recorder, comms } = record();
  recorder.open({ runId, title }, opener(0));
  recorder.append(runId, 0, encodeRows(rowsTo(20), metadata));
  attach(recorder, 0);
  await recorder.flush();
  recorder.append(runId, 0, encodeRows([rowAt(21)], metadata));
  recorder.comm({ kind: "msg", commId: "plot", data: { type: "resync" }, buffers: [] });
  await recorder.flush();
  const last = comms().at(-1);
  expect(last?.data).toMatchObject({ type: "snapshot", seq: 2, outcome: null });
  expect(tableFromIPC(last?.buffers[0]).numRows).toBe(21);
});

test("a plot that acknowledges nothing is sent 200 batches, and a snapshot when it is back", () => {
  const sent: unknown[] = [];
  const rows = rowsTo(260);
  const view = () => ({ rows, metadata, outcome: undefined, problem: undefined });
  const feed = new LiveFeed(view, (_commId, data) => sent.push(data["type"]));
  feed.attach("plot", 0);
  for (const row of rows) {
    feed.push([row]);
    feed.flush();
  }
  expect(sent).toEqual(Array.from({ length: 200 }, () => "batch"));
  feed.acknowledge("plot", 200);
  feed.flush();
  expect(sent.slice(200)).toEqual(["snapshot"]);
});

test("a metric that comes later gets its column in the file, and earlier rows stay", async () => {
  const { recorder, file } = record();
  recorder.open({ runId, title }, opener(0));
  const others = { evalLoss: 2.5 };
  for (const row of [rowAt(1), rowAt(2, { others }), rowAt(3), rowAt(4, { others: { f1: 1 } })]) {
    recorder.append(runId, 0, encodeRows([row], metadata));
    await recorder.flush();
  }
  const table = tableFromIPC(readFileSync(file));
  expect([...(table.getChild("evalLoss") ?? [])]).toEqual([null, 2.5, null, null]);
  expect(rowsOfTable(table)).toEqual([
    ...[rowAt(1), rowAt(2, { others }), rowAt(3), rowAt(4, { others: { f1: 1 } })],
  ]);
});

test("a run that nobody recorded is unknown, a damaged file says so, a path is no run", async () => {
  const { recorder, directory, comms } = record();
  mkdirSync(join(directory, "damaged"));
  writeFileSync(join(directory, "damaged", "metrics.arrow"), "not Arrow at all");
  attach(recorder, -1, "no-such-run");
  attach(recorder, -1, "damaged");
  attach(recorder, -1, "../damaged");
  await recorder.flush();
  expect(comms()).toHaveLength(2);
  expect(comms()[0]?.data).toEqual({ type: "unknown", runId: "no-such-run" });
  expect(comms()[1]?.data["problem"]).toMatch(/^the recorded metrics cannot be read: ./);
  expect(() => recorder.open({ runId: "../up", title }, opener(0))).toThrow("cannot name a folder");
});

test("what the model said stands in the run's folder, and is read when the kernel has ended", async () => {
  const { recorder, directory, file } = record();
  const folder = dirname(file);
  recorder.open({ runId, title }, opener(0));
  recorder.open({ runId: "another-id", title }, opener(1));
  const said = (step: number, rank = 0, text = 'naïve \ud800 "😀"\n') => ({
    ...{ step, prompt: "p", text, rank },
  });
  recorder.appendSamples(runId, [said(0)]); // before any metrics
  await recorder.flush();
  recorder.append(runId, 0, encodeRows(rowsTo(3), metadata));
  recorder.appendSamples("another-id", [said(3, 1), said(3, 1, "")]);
  recorder.appendSamples(runId, [said(3)]);
  recorder.close(runId, 0, false);
  recorder.close("another-id", 1, false);
  await recorder.flush();
  const rows = [said(0), said(3, 1), said(3, 1, ""), said(3)];
  expect(readSamples(folder).rows).toEqual(rows);

  const path = join(folder, "samples.jsonl");
  const whole = readFileSync(path);
  const lastLine = whole.lastIndexOf("\n", whole.length - 2) + 1;
  for (let length = lastLine; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length)); // cut off while it was written
    expect(readSamples(folder).rows).toEqual(rows.slice(0, -1));
  }
  writeFileSync(path, '{"step":1}\n');
  expect(() => readSamples(folder)).toThrow(/samples\.jsonl: line 1 is no sample, \{"step", /);
  writeFileSync(path, "{\n");
  expect(() => readSamples(folder)).toThrow(/line 1 is no sample/);
  mkdirSync(join(directory, "silent"));
  expect(readSamples(join(directory, "silent")).rows).toEqual([]);
  const runs = join(directory, "runs");
  for (const name of ["20260101-000000-a", "20260301-000000-b", "other"])
    mkdirSync(join(runs, name), { recursive: true });
  expect(() => readSamples(join(runs, "c"))).toThrow(
    "no such folder of a run; the newest there are 20260301-000000-b, 20260101-000000-a",
  );
});

test("samples that a disk took in part are written over by those that follow", async () => {
  const folder = scratchFolder();
  const path = join(folder, "samples.jsonl");
  const file = new SamplesFile(folder);
  const said = (step: number) => ({ step, prompt: "p", text: "t".repeat(9 - step), rank: 0 });
  await file.append([said(1)]);
  appendFileSync(path, `${JSON.stringify(said(2))}`);
  await file.append([said(5)]);
  expect(readSamples(folder).rows).toEqual([said(1), said(5)]);
});

test("a damaged batch is told in the output and the run goes on", async () => {
  const { recorder, file, displays } = record();
  recorder.open({ runId, title }, opener(0));
  recorder.append(runId, 0, encodeRows(rowsTo(3), metadata));
  recorder.append(runId, 0, new Uint8Array(64).fill(7));
  recorder.append(runId, 0, encodeRows([rowAt(4)], metadata));
  await recorder.flush();
  expect(displays().at(-1)?.bundle["text/plain"]).toMatch(
    /step 4\/400.*\na batch of metrics could not be read: 64 bytes are not an Arrow IPC stream/s,
  );
  expect(tableFromIPC(readFileSync(file)).numRows).toBe(4);
});

test("a disk that cannot be written is told once in the output and the run goes on", async () => {
  const folder = join(scratchFolder(), "file");
  writeFileSync(folder, "where the folder of runs should be");
  const { recorder, displays } = record(folder);
  recorder.open({ runId, title }, opener(0));
  for (const row of rowsTo(2)) {
    recorder.append(runId, 0, encodeRows([row], metadata));
    await recorder.flush();
  }
  const text = String(displays().at(-1)?.bundle["text/plain"]);
  expect(text).toContain("step 2/400");
  expect(
    text.match(/what the run records is not being saved: .*a part of its path is a file/g),
  ).toHaveLength(1);
});
