// One save by all ranks: the first begins a folder and puts it in place, each writes its own files into it. Nothing is begun
// unless all are ready, and whatever fails on one rank is the same error on all, with everything as it was.
import { filling } from "../checkpoint/checkpoint-error.js";
import { beginWriting, type Destination, type Writing } from "../checkpoint/destination.js";
import { type PlannedFile, writeFiles } from "../checkpoint/planned-file.js";
import { markPlace, requireShared, unmarkPlace } from "../checkpoint/shared-place.js";
import type { Job } from "../cluster/job.js";
import { type PendingSave, saveInBackground } from "./background.js";
import { onFirst, together } from "./together.js";
import { WeightTurns } from "./weight-turns.js";

/** What is saved, and where. */
export interface Save {
  readonly destination: Destination;
  readonly plan: PlanFiles;
}

/** Gives the files that this rank writes into a folder. */
export type PlanFiles = (folder: string, turns: WeightTurns) => readonly PlannedFile[];

/** Saves at once, or goes on as soon as all is copied; after a save that is under way. */
export async function save(
  job: Job,
  { destination, plan }: Save,
  useAsync: boolean,
): Promise<PendingSave | undefined> {
  if (useAsync) return saveInBackground(job, destination, plan);
  await saveFiles(job, destination, plan);
  return undefined;
}

async function saveFiles(job: Job, destination: Destination, plan: PlanFiles): Promise<void> {
  const { target } = destination;
  let writing: Writing | undefined;
  const place = await onFirst(job, () => {
    writing = beginWriting(destination);
    return markPlace(target, writing);
  });
  try {
    const written = await together(job, () => {
      using turns = new WeightTurns(); // to the end on all ranks, also where one cannot write
      const files = plan(place.folder, turns);
      requireShared(place);
      return filling(place, () => writeFiles(place.folder, files));
    });
    await onFirst(job, () => {
      unmarkPlace(place);
      writing?.commit(Object.assign({}, ...written));
    });
  } catch (error) {
    writing?.abort();
    throw error;
  }
}
