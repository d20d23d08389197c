// Runs, metrics and progress.
import type { Calls } from "./scope.js";

export const REPORT: Calls = {
  'startRun("fine-tune")':
    'TypeError: startRun takes an object of options, got "fine-tune"; its options: title, totalSteps, flopsPerToken, peakFlops, rank',
  'startRun({ title: "t", steps: 3 })':
    "TypeError: startRun has no option steps; did you mean totalSteps? Its options: title, totalSteps, flopsPerToken, peakFlops, rank",
  "startRun({ totalSteps: 10 })": "TypeError: startRun: title must be text, got undefined",
  'new TrainingRun({ title: "t", totalSteps: NaN })':
    "RangeError: startRun: totalSteps must be a whole number of at least 1, got NaN; it must be finite",
  'startRun({ title: "t" }).step({ step: 1.5 })':
    "RangeError: run.step: `step` is 1.5; expected an integer from 0 to 2147483647",
  'startRun({ title: "t" }).addSamples(["once upon"])':
    'TypeError: run.addSamples: samples must be a list of { prompt, text }, as sample(model, tokenizer, prompts) gives it, got ["once upon"]',
  'startRun({ title: "t" }).addSamples([], { step: -1 })':
    "RangeError: run.addSamples: step must be a whole number from 0 to 2147483647, got -1",
  'readSamples("runs/none")': "Error: runs/none: no such folder of a run; check the path",
  "readSamples(3)": "TypeError: readSamples: folder must be a path, got 3",
  'new SampleTable([{ prompt: "a" }])':
    'TypeError: new SampleTable: rows must be a list of samples, each { step, prompt, text, rank }, got [{ prompt: "a" }]',
  "report.linesOfSamples(3)":
    "TypeError: linesOfSamples: samples must be a list of samples, each { step, prompt, text, rank }, got 3",
  "flopsPerToken({ numLayers: 2 })":
    "TypeError: flopsPerToken: numMatmulParams must be a number above 0, got undefined",
  "report.countedFlops({ products: -1, attention: 0 })":
    "RangeError: countedFlops: products must be a number of at least 0, got -1",
  'flopsPerToken(shape, "chinchilla")':
    'RangeError: flopsPerToken: convention must be "palm" or "causal" or "6n", got "chinchilla"',
  "peakFlopsOf(3)": "TypeError: peakFlopsOf: deviceName must be text, got 3",
  'peakFlopsOf("NVIDIA H100", "fp16")':
    'RangeError: peakFlopsOf: dtype must be "bfloat16" or "tf32" or "float32", got "fp16"',
  "new ProgressBar({ max: 3 })":
    "TypeError: new ProgressBar has no option max. Its options: total, label, unit",
  "new ProgressBar({ total: -1 })":
    "RangeError: new ProgressBar: total must be a whole number of at least 0, got -1",
  "progress(3)":
    "TypeError: progress: items must be what a loop goes through: a list, a loader, a generator, got 3",
  'progress([1], { desc: "epoch" })':
    "TypeError: progress has no option desc. Its options: total, label, unit",
  "report.encodeRows(3)":
    "TypeError: encodeRows: rows must be a list of rows of metrics, as run.rows gives them, got 3",
  'report.decodeRows("bytes")':
    'TypeError: decodeRows: stream must be bytes (a Uint8Array), got "bytes"',
  "report.splitStream(new Uint8Array(3))":
    "MetricsFormatError: 3 bytes do not begin with an Arrow IPC message",
  "report.metadataOfEntries({})": "TypeError: metadataOfEntries: entries must be a Map, got {  }",
  "report.namesOfOthers(3)":
    "TypeError: namesOfOthers: rows must be a list of rows of metrics, as run.rows gives them, got 3",
  'report.plotBundle([1], { name: "a" })':
    "TypeError: plot has no option name. Its options: title, labels, x, y",
  "report.plotBundle([1, 2], [3, 4])":
    "TypeError: plot(values, options) takes one list, whose places are the horizontal axis; give both by name: plot({ x: xs, y: ys })",
  "report.plotBundle({ x: [1, 2], y: [3] })":
    "RangeError: plot: x has 2 numbers and y 1; each point takes one of both",
  'report.figureSvg("bars")': "no error: undefined",
  "report.progressBundle(3)":
    "TypeError: progressBundle: model must be how far a bar is: { count, label, note, elapsedMs }, got 3",
  "report.progressHtml(3)":
    "TypeError: progressHtml: state must be how far a bar is: { count, label, note, elapsedMs }, got 3",
  "report.ranksOf(3)":
    "TypeError: ranksOf: rows must be a list of rows of metrics, as run.rows gives them, got 3",
  "report.mergeRanks([3])":
    "TypeError: mergeRanks: rows must be a list of rows of metrics, as run.rows gives them, got [3]",
  "report.decimate([], 0)":
    "RangeError: decimate: maxSteps must be a whole number of at least 1, got 0",
  "report.rowsOfTable([])": "TypeError: rowsOfTable: table must be a Table of apache-arrow, got []",
  'report.mfuFormula("fast", 1)':
    'TypeError: mfuFormula: flops must be a number above 0, or what flopsPerToken() returned, got "fast"',
  "report.panelsOf([], {})":
    "TypeError: panelsOf: metadata must be the run's description, as run.metadata, got {  }",
  "report.runPicture(3)":
    "TypeError: runPicture: rows must be a list of rows of metrics, as run.rows gives them, got 3",
  "report.runSvg([])":
    "TypeError: runSvg: metadata must be the run's description, as run.metadata, got undefined",
  'report.plotlyFigure([], { runId: "a" }, { columns: 2 })':
    "TypeError: plotlyFigure has no option columns; did you mean numColumns? Its options: theme, numColumns, rowHeight",
  'report.clock("1 s")': 'TypeError: clock: ms must be a number of at least 0, got "1 s"',
  "new report.RowStore(0)":
    "RangeError: new RowStore: maxRows must be a whole number of at least 1, got 0",
  "report.snapshotOf(3)":
    "TypeError: snapshotOf: rows must be a list of rows of metrics, as run.rows gives them, got 3",
  "report.rowsOfSnapshot(3)":
    "TypeError: rowsOfSnapshot: snapshot must be an object of columns, as snapshotOf gives it, got 3",
  "report.rowsOfSnapshot({ step: [1], wall_ms: [] })":
    "MetricsFormatError: snapshot column `wall_ms` has 0 of 1 rows",
  "report.stillText(3)": "TypeError: stillText: id must be text, got 3",
  'report.stillHtml("id", {})': "TypeError: stillHtml: states must be a function, got {  }",
  "report.summaryLine(3)":
    "TypeError: summaryLine: rows must be a list of rows of metrics, as run.rows gives them, got 3",
  'report.startRun({ title: "a" }).step()':
    "TypeError: run.step takes an object of options, got undefined; its options: step, loss, learningRate, gradNorm, numTokens, memory",
};
