import { execFileSync } from "node:child_process";
import { Table } from "apache-arrow";
import {
  type DisplayOptions,
  decodeRows,
  flopsPerToken,
  HOST_KEY,
  type Host,
  type MetricsRow,
  type MimeBundle,
  ProgressBar,
  progress,
  type RunDescription,
  startRun,
} from "notebooster/report";
import { afterEach, expect, test } from "vitest";

/** A host that keeps what it is given. */
class KeepingHost implements Host {
  readonly worldSize = 2;
  readonly interruptRequested = false;
  readonly rank: number;
  readonly runs: RunDescription[] = [];
  readonly streams: Uint8Array[] = [];
  readonly closed: string[] = [];
  readonly displays: { bundle: MimeBundle; options: DisplayOptions | undefined }[] = [];

  constructor(rank = 0) {
    this.rank = rank;
    (globalThis as { [HOST_KEY]?: Host })[HOST_KEY] = this;
  }

  get rows(): MetricsRow[] {
    return this.streams.flatMap((stream) => decodeRows(stream).rows);
  }

  display(bundle: MimeBundle, options?: DisplayOptions): void {
    this.displays.push({ bundle, options });
  }

  openRun(run: RunDescription): void {
    this.runs.push(run);
  }

  appendMetrics(_runId: string, stream: Uint8Array): void {
    this.streams.push(stream);
  }

  closeRun(runId: string): void {
    this.closed.push(runId);
  }

  enterSteps(): void {
    this.displays.length = 0;
  }

  leaveSteps(): void {
    this.displays.length = 0;
  }
}

afterEach(() => {
  delete (globalThis as { [HOST_KEY]?: Host })[HOST_KEY];
});

test("a run sends every step to its host, in fewer batches than steps, and closes", () => {
  const host = new KeepingHost(1);
  {
    using run = startRun({ title: "Two words", totalSteps: 50 });
    for (let step = 1; step <= 50; step++) run.step({ step, loss: step / 2 });
    expect(run.runId).toMatch(/^\d{8}-\d{6}-two-words-[0-9a-f]{4}$/);
  }
  expect(host.runs).toEqual([{ runId: host.closed[0], title: "Two words", totalSteps: 50 }]);
  expect(host.rows.map((row) => row.loss)).toEqual(
    Array.from({ length: 50 }, (_, i) => (i + 1) / 2),
  );
  expect(host.rows.every((row) => row.rank === 1)).toBe(true);
  expect(host.streams.length).toBeLessThan(10);
});

test("MFU is tokens/s times FLOPs over the peak, and unknown without a peak", () => {
  const shape = { numMatmulParams: 1e6, numLayers: 2, attentionSize: 64, sequenceLength: 128 };
  const flops = flopsPerToken(shape);
  const row = startRun({ title: "a", flopsPerToken: flops, peakFlops: 1e12 }).step({
    step: 1,
    numTokens: 10,
  });
  expect(row.mfu).toBeCloseTo(((row.tokens_per_s ?? 0) * flops.value) / 1e12, 12);
  expect(
    startRun({ title: "b", flopsPerToken: flops }).step({ step: 1, numTokens: 10 }).mfu,
  ).toBeNull();
});

test("table() gives the rows as a table of apache-arrow", async () => {
  const run = startRun({ title: "a" });
  run.step({ step: 1, memory: { allocatedBytes: 5 } });
  const table = await run.table();
  expect(table).toBeInstanceOf(Table);
  expect(table.getChild("memory_allocated_bytes")?.get(0)).toBe(5);
});

test.each([
  [{ step: 1.5 }, "`step` is 1.5; expected an integer from 0"],
  [{ step: -1 }, "`step` is -1"],
  [
    { step: 1, loss: { item: 3 } as unknown as number },
    "`loss` is object; expected a number (`.item()`?)",
  ],
])("run.step(%j) is refused", (metrics, message) => {
  expect(() => startRun({ title: "a" }).step(metrics)).toThrow(message);
});

test("a run that has ended takes no more steps and ends once", () => {
  const host = new KeepingHost();
  const run = startRun({ title: "a" });
  run.end();
  run.end();
  expect(host.closed).toHaveLength(1);
  expect(() => run.step({ step: 1 })).toThrow(`run ${run.runId} has ended`);
});

test("progress() passes items through and shows one display that ends at its total", () => {
  const host = new KeepingHost();
  expect([...progress(["a", "b", "c"], { label: "<epoch>" })]).toEqual(["a", "b", "c"]);
  const ids = new Set(host.displays.map(({ options }) => options?.displayId));
  expect(ids.size).toBe(1);
  expect(host.displays.map(({ options }) => options?.update)).toEqual([false, true]);
  expect(host.displays.at(-1)?.bundle["text/plain"]).toMatch(/^<epoch> 100% █+ 3\/3 /);
  expect(host.displays.at(-1)?.bundle["text/html"]).toContain("&lt;epoch&gt;");
});

test("progress() of an async iterable closes its bar when the loop breaks", async () => {
  const host = new KeepingHost();
  async function* endless() {
    for (let i = 0; ; i++) yield i;
  }
  for await (const item of progress(endless(), { total: 10 })) if (item === 4) break;
  expect(host.displays.at(-1)?.bundle["text/plain"]).toContain("4/10");
});

test("a bar shows nothing on other ranks, and at most ten states a second on rank 0", () => {
  const other = new KeepingHost(1);
  using bar = new ProgressBar({ total: 5 });
  bar.advance(5, "loss 3.21");
  expect(other.displays).toEqual([]);
  const host = new KeepingHost(0);
  using many = new ProgressBar({ total: 1000 });
  for (let i = 0; i < 1000; i++) many.advance(1, `loss ${i}`);
  expect(host.displays.length).toBeLessThan(10);
  many.close();
  expect(host.displays.at(-1)?.bundle["text/plain"]).toMatch(/1000\/1000 .* · loss 999$/);
});

test("in a script whose output is a file a bar writes a first and a last line, to stderr", () => {
  const program = `
    import { progress } from "notebooster/report";
    for (const i of progress([1, 2, 3, 4], { label: "read" })) await null;`;
  const both = execFileSync("sh", [
    "-c",
    'exec "$0" --input-type=module -e "$1" 2>&1',
    process.execPath,
    program,
  ]);
  const lines = both.toString().trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^read +0% ░+ 0\/4/);
  expect(lines[1]).toMatch(/^read 100% █+ 4\/4/);
});
