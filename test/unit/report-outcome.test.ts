// How a run ended: what its output says, and what plots and later kernels hear.

import { tableFromIPC } from "apache-arrow";
import type { RunOutcome } from "notebooster/host";
import { encodeRows, rowsOfTable } from "notebooster/report";
import { expect, test } from "vitest";
import type { RunRecorder } from "../../kernel/metrics/run-recorder.js";
import { attach, opener, RUN_MIME, record } from "./record-run.js";
import { metadata, rowAt, rowsTo } from "./report-rows.js";

const { runId, title } = metadata;

test.each([
  ["finished", (recorder: RunRecorder) => recorder.close(runId, 0, false)],
  ["failed", (recorder: RunRecorder) => recorder.cellEnded(runId, "failed")],
  ["interrupted", () => undefined],
])("a later kernel answers for a run from its file, and how it ended: %s", async (outcome, end) => {
  const first = record();
  first.recorder.open({ runId, title }, opener(0));
  first.recorder.append(runId, 0, encodeRows(rowsTo(9), metadata));
  end(first.recorder);
  await first.recorder.flush();
  const { recorder, comms } = record(first.directory);
  attach(recorder, -1);
  await recorder.flush();
  expect(comms()[0]?.data).toMatchObject({ type: "snapshot", outcome, metadata });
  expect(rowsOfTable(tableFromIPC(comms()[0]?.buffers[0]))).toEqual(rowsTo(9));
});

/** What the last output says of a run of 9 steps after `events`. */
async function shownAfter(events: (recorder: RunRecorder) => void, totalSteps?: number) {
  const { recorder, displays } = record();
  recorder.open({ runId, title, ...(totalSteps ? { totalSteps } : {}) }, opener(0));
  const { totalSteps: _, ...described } = metadata;
  recorder.append(
    runId,
    0,
    encodeRows(rowsTo(9), { ...described, ...(totalSteps ? { totalSteps } : {}) }),
  );
  events(recorder);
  await recorder.flush();
  const { bundle } = displays().at(-1) ?? {};
  return [Object(bundle?.[RUN_MIME])["outcome"], String(bundle?.["text/plain"]).split(" · ")[0]];
}

test("a run says how it ended, whoever ended it", async () => {
  const end = (isLeft: boolean, outcome: RunOutcome) => (recorder: RunRecorder) => {
    recorder.close(runId, 0, isLeft);
    recorder.cellEnded(runId, outcome);
  };
  const only = (outcome: RunOutcome) => (recorder: RunRecorder) =>
    recorder.cellEnded(runId, outcome);
  expect(await shownAfter(end(false, "finished"))).toEqual(["finished", "imagined: step 9"]);
  expect(await shownAfter(end(false, "failed"))).toEqual(["finished", "imagined: step 9"]);
  expect(await shownAfter(end(true, "interrupted"))).toEqual([
    "interrupted",
    "imagined: interrupted",
  ]);
  expect(await shownAfter(end(false, "failed"), 20)).toEqual(["failed", "imagined: failed"]);
  expect(await shownAfter(end(true, "failed"), 9)).toEqual(["finished", "imagined: step 9/9"]);
  expect(await shownAfter(only("interrupted"))).toEqual(["interrupted", "imagined: interrupted"]);
  expect(await shownAfter(only("finished"))).toEqual([null, "imagined: step 9"]);
  expect(await shownAfter(only("finished"), 9)).toEqual(["finished", "imagined: step 9/9"]);
  expect(await shownAfter((recorder) => recorder.stop(runId, "failed"))).toEqual([
    "failed",
    "imagined: failed",
  ]);
});

test("a run that another cell goes on with is running again, for its output and for plots", async () => {
  const { recorder, displays, comms } = record();
  recorder.open({ runId, title }, opener(0));
  attach(recorder, -1);
  recorder.append(runId, 0, encodeRows(rowsTo(3), metadata));
  recorder.cellEnded(runId, "interrupted");
  await recorder.flush();
  recorder.resume(runId);
  recorder.append(runId, 0, encodeRows([rowAt(4)], metadata));
  await recorder.flush();
  expect(displays().at(-1)?.bundle).toMatchObject({
    [RUN_MIME]: { finished: false, outcome: null },
  });
  expect(comms().map(({ data }) => [data["type"], data["outcome"]])).toEqual([
    ["snapshot", "interrupted"],
    ["ended", "interrupted"],
    ["snapshot", null],
  ]);
});
