import { execFileSync } from "node:child_process";
import { Table } from "apache-arrow";
import {
  type DisplayOptions,
  HOST_KEY,
  type Host,
  type MimeBundle,
  type RunDescription,
  type RunOutcome,
  type RunSample,
} from "notebooster/host";
import {
  decodeRows,
  flopsPerToken,
  type MetricsRow,
  ProgressBar,
  progress,
  SampleTable,
  startRun,
} from "notebooster/report";
import { afterEach, expect, test } from "vitest";

function noChannels(target: string): never {
  throw new Error(`this host has no channels, also none for ${target}`);
}

/** A host that keeps what it is given. */
class KeepingHost implements Host {
  readonly worldSize = 2;
  readonly interruptRequested = false;
  readonly rank: number;
  readonly runs: RunDescription[] = [];
  readonly streams: Uint8Array[] = [];
  readonly samples: RunSample[] = [];
  readonly closed: string[] = [];
  readonly left: boolean[] = [];
  readonly comms: Host["comms"] = { register: noChannels, open: noChannels };
  readonly #atCellEnd: ((outcome: RunOutcome) => void)[] = [];
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

  appendSamples(_runId: string, samples: readonly RunSample[]): void {
    this.samples.push(...samples);
  }

  closeRun(runId: string, isLeft: boolean): void {
    this.closed.push(runId);
    this.left.push(isLeft);
  }

  atCellEnd(listener: (outcome: RunOutcome) => void): void {
    this.#atCellEnd.push(listener);
  }

  endCell(outcome: RunOutcome): void {
    for (const listener of this.#atCellEnd.splice(0)) listener(outcome);
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

test("what the model said belongs to the step that was made last, unless another one is named", () => {
  const host = new KeepingHost(1);
  const run = startRun({ title: "says" });
  run.addSamples([{ prompt: "a", text: "b" }]);
  run.step({ step: 7, loss: 1 });
  run.addSamples([
    { prompt: "a", text: "<b>\nc" },
    { prompt: "d", text: "" },
  ]);
  run.addSamples([{ prompt: "a", text: "e" }], { step: 9 });
  run.addSamples([]);
  const rows = [
    { step: 0, prompt: "a", text: "b", rank: 1 },
    { step: 7, prompt: "a", text: "<b>\nc", rank: 1 },
    { step: 7, prompt: "d", text: "", rank: 1 },
    { step: 9, prompt: "a", text: "e", rank: 1 },
  ];
  expect(host.samples).toEqual(rows);
  expect(run.samples.rows).toEqual(rows);
  expect(String(run.samples)).toBe(
    [
      "step  prompt  text",
      "0     a       b",
      "7     a       <b>⏎c",
      "7     d",
      "9     a       e",
    ].join("\n"),
  );
  run.end();
  expect(() => run.addSamples([])).toThrow(/has ended; call startRun\(\) for a new one/);
});

test("a table of samples is HTML of what was said, with ranks where there are several", () => {
  const sample = { step: 3, prompt: "<p>", text: "x & y" };
  const bundleOf = (ranks: readonly number[]): Record<string, string> => {
    const table = new SampleTable(ranks.map((rank) => ({ ...sample, rank })));
    const shown = table as unknown as Record<symbol, () => Record<string, string>>;
    return shown[Symbol.for("Jupyter.display")]?.call(table) ?? {};
  };
  expect(cellsOf(bundleOf([0])["text/html"])).toEqual([
    ...["step", "prompt", "text", "3", "&lt;p&gt;", "x &amp; y"],
  ]);
  expect(cellsOf(bundleOf([0, 2])["text/html"]).slice(0, 6)).toEqual([
    ...["step", "rank", "prompt", "text", "3", "0"],
  ]);
});

const cellsOf = (html = "") =>
  [...html.matchAll(/<t[hd] [^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell);

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

test("metrics of any name are recorded, at the step that lacks them unless one is given", () => {
  const run = startRun({ title: "a" });
  const rows = [
    run.step({ loss: 3 }),
    run.step({ evalLoss: 2.5, "top 5": Number.NaN }),
    run.step({ loss: 2 }),
    run.step({ loss: 1, accuracy: undefined }),
    run.step({ evalLoss: 2.4 }),
    run.step({ evalLoss: 2.3 }),
    run.step({ step: 10, loss: 1 }),
  ];
  expect(rows.map(({ step }) => step)).toEqual([1, 1, 2, 3, 3, 4, 10]);
  expect(rows.map(({ others }) => others)).toEqual([
    ...[undefined, { evalLoss: 2.5, "top 5": Number.NaN }, undefined, undefined],
    ...[{ evalLoss: 2.4 }, { evalLoss: 2.3 }, undefined],
  ]);
  expect(rows[1]?.step_ms).toBe(0);
});

test("a run says whether its block was left or it was ended", () => {
  const host = new KeepingHost();
  {
    using left = startRun({ title: "a" });
    left.step({ loss: 1 });
  }
  startRun({ title: "b" }).end();
  expect(host.left).toEqual([true, false]);
});

test.each([
  ["interrupted", / 40% .* 2\/5 +· interrupted ·/],
  ["failed", / 40% .* 2\/5 +· failed ·/],
  ["finished", / 40% .* 2\/5 .*left/],
] as const)("a bar whose cell ended in the middle of it says so: %s", (outcome, line) => {
  const host = new KeepingHost();
  const bar = new ProgressBar({ total: 5 });
  bar.advance(2);
  host.endCell(outcome);
  bar.advance(0);
  const other = [...progress([1, 2])];
  host.endCell(outcome);
  const texts = host.displays.map(({ bundle }) => String(bundle["text/plain"]));
  expect(other).toEqual([1, 2]);
  if (outcome !== "finished") expect(texts[1]).toMatch(line);
  expect(texts.at(-1)).toMatch(/100% .* 2\/2/);
});

test.each([
  [{ step: 1.5 }, "`step` is 1.5; expected an integer from 0"],
  [{ step: -1 }, "`step` is -1"],
  [
    { step: 1, loss: { item: 3 } as unknown as number },
    "`loss` is object; expected a number (`.item()`?)",
  ],
  [{ evalLoss: "3" as unknown as number }, "`evalLoss` is string; expected a number"],
  [{ step_ms: 3 }, "`step_ms` is a column of every run, filled from loss, learningRate"],
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
