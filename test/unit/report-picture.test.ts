import { plotlyFigure, runPicture, runSvg, summaryLine } from "notebooster/report";
import { expect, test } from "vitest";
import { metadata, rowAt, rowsTo } from "./report-rows.js";

const twoRanks = [...rowsTo(40), ...rowsTo(40, { rank: 1, memory_allocated_bytes: 2 ** 32 })];

test("the picture is a PNG of 1710 pixels that differs when the loss differs", async () => {
  const png = Buffer.from(await runPicture(twoRanks, metadata));
  expect(png.subarray(0, 8).toString("latin1")).toBe("\u0089PNG\r\n\u001a\n");
  expect(png.readUInt32BE(16)).toBe(1710);
  const spiked = twoRanks.map((row) => (row.step === 20 ? { ...row, loss: 9 } : row));
  expect(Buffer.from(await runPicture(spiked, metadata)).equals(png)).toBe(false);
});

test("every panel of the picture names its axes, units and ranks", () => {
  const svg = runSvg(twoRanks, { ...metadata, title: "a < b & c" });
  for (const label of [
    ...["a &lt; b &amp; c", "Training loss", "nats per token", "Gradient norm", "Learning rate"],
    ...["tokens/s", "% of peak FLOP/s", "GiB, allocated", "rank 0", "rank 1", "3e-4"],
  ]) {
    expect(svg).toContain(label);
  }
  expect(svg.match(/optimizer step/g)).toHaveLength(6);
});

test("MFU gives way to step time where it is unknown, memory of one rank is split by kind", () => {
  const svg = runSvg(rowsTo(9, { mfu: null }), metadata);
  expect(svg).toContain("ms per step");
  expect(svg).toContain("process (RSS)");
});

test("a run without steps, with one step and with nothing known can be drawn", async () => {
  const unknown = { loss: Number.NaN, learning_rate: null, grad_norm: null, mfu: null };
  for (const rows of [[], [rowAt(1)], [rowAt(1, { ...unknown, host_memory_bytes: null })]]) {
    const svg = runSvg(rows, metadata);
    expect(svg).not.toMatch(/NaN[",]|Infinity/);
    expect((await runPicture(rows, metadata)).length).toBeGreaterThan(1000);
  }
});

test("the Plotly figure has one line per quantity and per rank's memory, titled axes and the formula", () => {
  const { data, layout } = plotlyFigure(twoRanks, metadata);
  expect(data.map((trace) => trace["name"])).toEqual([
    ...["Training loss", "Gradient norm", "Learning rate", "Throughput", "MFU", "rank 0", "rank 1"],
  ]);
  expect(data[0]).toMatchObject({ x: Array.from({ length: 40 }, (_, i) => i + 1), yaxis: "y" });
  expect(data[4]?.["hovertemplate"]).toContain("tokens/s × FLOP/token ÷ peak");
  expect(layout["yaxis4"]).toMatchObject({ title: { text: "tokens/s" }, rangemode: "tozero" });
});

test("summaryLine() tells the newest values", () => {
  expect(summaryLine(twoRanks, metadata)).toBe(
    "step 40/400 · loss 3.8196 · lr 3e-4 · grad norm 1.00 · 2000 tokens/s · MFU 40.0 % · 2 ranks · 0:04",
  );
  expect(summaryLine([], metadata)).toBe("waiting for the first step");
});
