// Booster's saveLrScheduler and loadLrScheduler: a schedule as a file of JSON.
import { dirname } from "node:path";
import { oneOf } from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { replaceFile } from "../checkpoint/durable-files.js";
import type { Job } from "../cluster/job.js";
import { checkFields, required } from "../files/check-fields.js";
import { makeFolder } from "../files/folder.js";
import { readJsonObject } from "../files/json-file.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import { settle } from "./background.js";
import { describeSchedule } from "./checkpoint.js";
import { requireSchedule } from "./matching-parts.js";
import { onFirst, together } from "./together.js";
import { LR_SCHEDULER, stateJson } from "./training-state.js";

const HEAD = { format: "notebooster-lr-scheduler", version: 1 } as const;
const SCHEMA = {
  format: required(oneOf(HEAD.format)),
  version: required(oneOf(HEAD.version)),
  ...LR_SCHEDULER,
} as const;

export async function saveLrScheduler(
  job: Job,
  lrScheduler: LRScheduler,
  file: string,
): Promise<void> {
  await settle(job);
  await onFirst(job, () => {
    const text = stateJson({ ...HEAD, ...describeSchedule(lrScheduler) });
    makeFolder(dirname(file), { what: "folder", problem: checkpointProblem });
    replaceFile(file, (into) => into.write(Buffer.from(`${text}\n`)));
  });
}

export async function loadLrScheduler(
  job: Job,
  lrScheduler: LRScheduler,
  file: string,
): Promise<void> {
  await settle(job);
  const states = await together(job, () => {
    const at = { path: file, problem: checkpointProblem };
    const saved = checkFields(readJsonObject(file, at), SCHEMA, at);
    requireSchedule(saved, lrScheduler, (problem) => {
      throw new CheckpointError(problem, { path: file });
    });
    return { step: saved.step, baseLrs: saved.baseLrs };
  });
  lrScheduler.loadState(states[job.rank] as (typeof states)[number]);
}
