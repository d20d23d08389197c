import { plotBundle, plotlyFigure, runPicture, runSvg, summaryLine } from "notebooster/report";
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
    ...["a &lt; b &amp; c", ">Loss<", ">step<", "Gradient norm", "Learning rate"],
    ...["tokens/s", "% of peak FLOP/s", "GiB, allocated", "rank 0", "rank 1", "3e-4"],
  ]) {
    expect(svg).toContain(label);
  }
  expect(svg.match(/>step</g)).toHaveLength(6);
  expect(svg).not.toMatch(/nats|per step|L2 norm|optimizer/); // what nobody said
});

test("there is a panel for what a run knows and none for what it does not", () => {
  const rows = rowsTo(5, { learning_rate: null, grad_norm: null, tokens_per_s: null, mfu: null });
  const titlesOf = (some: typeof rows) =>
    [...runSvg(some, metadata).matchAll(/font-weight="bold" fill="#1f2328">([^<]*)</g)].map(
      ([, title]) => title,
    );
  expect(titlesOf(rows)).toEqual(["imagined", "Loss", "Step time", "Memory per rank"]);
  const own = rows.map((row) => ({ ...row, loss: null, others: { accuracy: 0.5, evalLoss: 2 } }));
  expect(titlesOf(own)).toEqual(["imagined", "Loss", "accuracy", "Step time", "Memory per rank"]);
  expect(runSvg(rows, metadata)).not.toContain("not recorded");
});

test("losses of a run's own are lines beside its loss, from one value to the next", () => {
  const rows = rowsTo(40).map((row) =>
    row.step % 10 === 0 ? { ...row, others: { evalLoss: row.step } } : row,
  );
  const { data } = plotlyFigure(rows, metadata);
  expect(data.slice(0, 2).map(({ name, yaxis }) => [name, yaxis])).toEqual([
    ["loss", "y"],
    ["evalLoss", "y"],
  ]);
  expect(data[1]).toMatchObject({ x: [10, 20, 30, 40], y: [10, 20, 30, 40] });
  expect(summaryLine(rows, metadata)).toMatch(/loss 3\.8196 · evalLoss 40 · lr/);
});

test.each([
  ["falls", (step: number) => 5 - step / 40, "right", "top"],
  ["rises", (step: number) => step / 40, "right", "bottom"],
  [
    "falls, then is NaN",
    (step: number) => (step > 160 ? Number.NaN : 5 - step / 40),
    "left",
    "bottom",
  ],
])("the legend of a loss that %s stands where no curve runs", (_, lossAt, x, y) => {
  const rows = rowsTo(200).map((row) => {
    const loss = lossAt(row.step);
    return { ...row, loss, others: { evalLoss: loss } };
  });
  const { layout } = plotlyFigure(rows, metadata);
  const legend = (layout["annotations"] as { text: string }[]).find(({ text }) =>
    text.includes("■"),
  );
  expect(legend).toMatchObject({ xanchor: x, yanchor: y });
});

test("a live plot names whole steps only", () => {
  const axisOf = (numSteps: number) => plotlyFigure(rowsTo(numSteps), metadata).layout["xaxis"];
  expect(axisOf(3)).toMatchObject({ dtick: 1 });
  expect(axisOf(40)).toMatchObject({ nticks: 6 });
});

test("NaN and infinities are named in heading, picture and figure, with the step since which they are", () => {
  const rows = rowsTo(40).map((row) => ({
    ...row,
    loss: row.step < 30 ? row.loss : Number.NaN,
    grad_norm: row.step === 40 ? Number.POSITIVE_INFINITY : 1,
  }));
  expect(summaryLine(rows, metadata)).toMatch(
    /loss NaN \(since step 30\) · lr 3e-4 · grad norm ∞ \(since step 40\)/,
  );
  const svg = runSvg(rows, metadata);
  expect(svg).toMatch(/>NaN</);
  expect(svg).toMatch(/>∞</);
  const { data, layout } = plotlyFigure(rows, metadata);
  expect(layout["shapes"]).toMatchObject([
    { xref: "x", yref: "y domain", x0: 30, x1: 40 },
    { xref: "x2", yref: "y2 domain", x0: 40, x1: 40 },
  ]);
  expect(JSON.stringify(layout["annotations"])).toMatch(/"NaN".*"∞"/);
  expect((data[0] as { y: unknown[] }).y.slice(28, 31)).toEqual([expect.any(Number), null, null]);
});

test("an MFU over 100 % is questioned", () => {
  expect(summaryLine([rowAt(1, { mfu: 1.37 })], metadata)).toContain(
    "MFU 137.0 % (over 100 %: are peakFlops and flopsPerToken right?)",
  );
});

test("MFU gives way to step time where it is unknown, memory of one rank is split by kind", () => {
  const svg = runSvg(rowsTo(9, { mfu: null }), metadata);
  expect(svg).toContain("Step time");
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
    ...["loss", "Gradient norm", "Learning rate", "Throughput", "MFU", "rank 0", "rank 1"],
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

test("a constant learning rate is drawn in the middle of what is around it", () => {
  const { data, layout } = plotlyFigure(
    rowsTo(40).map((row) => ({ ...row, learning_rate: 3e-4 })),
    metadata,
  );
  const curve = data.find(({ y }) => (y as number[]).every((value) => value === 3e-4));
  const axis = layout[String(curve?.["yaxis"]).replace("y", "yaxis")] as { range?: number[] };
  expect(axis.range?.map((edge) => edge.toPrecision(3))).toEqual(["0.000285", "0.000315"]);
});

test("x and y by name are one curve", () => {
  const figure = plotBundle({ x: [1, 2, 4], y: [3, 2, 1] })["application/vnd.plotly.v1+json"];
  expect(figure).toMatchObject({ data: [{ x: [1, 2, 4], y: [3, 2, 1] }] });
  expect((figure as { data: unknown[] }).data).toHaveLength(1);
});
