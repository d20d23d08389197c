// A run recorder of the kernel, its messages kept.

import { join } from "node:path";
import type { RecorderMessage, RunOpener } from "../../kernel/metrics/recorder-types.js";
import { RunRecorder } from "../../kernel/metrics/run-recorder.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { metadata } from "./report-rows.js";

const { runId } = metadata;
/** MIME type of a run in a notebook. */
export const RUN_MIME = "application/vnd.notebooster.run.v1+json";

/** A recorder and what it sends. */
export function record(directory = scratchFolder()) {
  const sent: RecorderMessage[] = [];
  const recorder = new RunRecorder({
    directory,
    numRanks: 2,
    send: (message) => sent.push(message),
  });
  const displays = () => sent.filter((message) => message.kind === "display");
  const comms = () => sent.filter((message) => message.kind === "comm");
  const file = join(directory, runId, "metrics.arrow");
  return { recorder, directory, file, displays, comms };
}

/** Who opens a run, of which rank 0 is shown plainly. */
export const opener = (rank: number): RunOpener => ({ rank, cell: "cell", isShown: rank === 0 });

/** A plot of a page begins to watch. */
export function attach(recorder: RunRecorder, since: number, id = runId) {
  const data = { type: "attach", runId: id, since };
  recorder.comm({ kind: "open", commId: "plot", data, buffers: [] });
}
