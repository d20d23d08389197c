// Torch-free half of the package: importable from the kernel process and from any script.
export {
  decodeRows,
  END_OF_STREAM,
  encodeRows,
  metadataOfEntries,
  splitStream,
} from "./arrow-codec.js";
export { decimate, type MergedStep, mergeRanks, ranksOf } from "./merge.js";
export {
  type ColumnarTable,
  METRICS_COLUMNS,
  type MetricsColumn,
  MetricsFormatError,
  type MetricsMetadata,
  type MetricsName,
  type MetricsRow,
  namesOfOthers,
  rowsOfTable,
} from "./metrics.js";
export {
  countedFlops,
  type FlopsPerToken,
  flopsPerToken,
  type MfuConvention,
  type ModelShape,
  mfuFormula,
  peakFlopsOf,
} from "./mfu.js";
export { type Panel, type PanelSeries, panelsOf } from "./panels.js";
export { runPicture, runSvg } from "./picture.js";
export { figureSvg, type PlotOptions, plotBundle } from "./plot.js";
export {
  type FigureOptions,
  type FigureTheme,
  NEUTRAL_THEME,
  type PlotlyFigure,
  plotlyFigure,
} from "./plotly-figure.js";
export { ProgressBar, type ProgressOptions, progress } from "./progress.js";
export {
  clock,
  PROGRESS_MIME,
  type ProgressModel,
  type ProgressState,
  progressBundle,
  progressHtml,
} from "./progress-text.js";
export { readSamples } from "./read-samples.js";
export { RowStore } from "./row-store.js";
export {
  type RunOptions,
  type StepMetrics,
  startRun,
  TrainingRun,
} from "./run.js";
export {
  linesOfSamples,
  SAMPLES_FILE,
  type SaidText,
  type SamplesPlace,
  SampleTable,
} from "./samples.js";
export { rowsOfSnapshot, type Snapshot, snapshotOf } from "./snapshot.js";
export { type ControlState, type ControlStates, stillHtml, stillText } from "./still-control.js";
export { summaryLine } from "./summary.js";
