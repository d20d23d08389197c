// A save that fails in the background is told in the step after it, on all ranks in the same one. With its vote before a batch
// (stop-vote.ts) each rank says whether its part has failed, and hears before the next batch of the others: only then, and once,
// does a step gather the error. A step waits for nobody otherwise.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { Job } from "../cluster/job.js";
import { restoreWhenCutOff } from "../host/index.js";
import { noteTold, untoldSave } from "./background.js";
import { togetherNow } from "./together.js";

/** That all ranks have heard of a failure. After an interrupt, which may have come to some of them before, they vote anew. */
let agreement: { restore(): void } | undefined;

/** Whether this rank's part of a save has failed and nobody was told; what it says in a vote. */
export function hasFailedSave(): boolean {
  const save = untoldSave();
  if (save === undefined) return false;
  try {
    save.requireNotFailed();
    return false;
  } catch {
    return true; // and which error it was, the step tells
  }
}

/** All ranks have heard that one says so. */
export function noteFailedSave(): void {
  agreement = {
    restore() {
      agreement = undefined;
    },
  };
  restoreWhenCutOff(agreement);
}

/**
 * Called when a step has been made.
 * @throws CheckpointError on all ranks, once, when a save has failed on one
 */
export function tellFailedSave(job: Job): void {
  if (!(job.worldSize === 1 ? hasFailedSave() : agreement !== undefined)) return;
  agreement = undefined;
  const save = untoldSave();
  noteTold();
  try {
    togetherNow(job, () => save?.requireNotFailedWriting()); // who could not write comes before who waited for him
    togetherNow(job, () => save?.requireNotFailed());
  } catch (error) {
    throw toldInStep(error);
  }
}

function toldInStep(cause: unknown): unknown {
  if (!(cause instanceof CheckpointError)) return cause;
  const { message, path } = cause;
  const error = new CheckpointError("", { path, cause });
  error.message = `${message}. The step was made, so training can go on: catch this, or save elsewhere`;
  return error;
}
