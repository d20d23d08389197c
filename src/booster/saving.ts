// One save by all ranks: the first begins a folder and puts it in place, each writes its own files into it. Nothing is begun
// unless all are ready, and whatever fails on one rank is the same error on all, with everything as it was.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { beginWriting, type Destination, type Writing } from "../checkpoint/destination.js";
import { type PlannedFile, writeFiles } from "../checkpoint/planned-file.js";
import type { Job } from "../cluster/job.js";
import { explained } from "../files/write-problem.js";
import { onFirst, together } from "./together.js";

/** Where ranks write, and what proves that it is the same place on all. */
interface Place {
  readonly folder: string;
  readonly token: string;
}

const TOKEN_FILE = ".token";

/** @param plan gives the files that this rank writes into a folder */
export async function saveFiles(
  job: Job,
  destination: Destination,
  plan: (folder: string) => readonly PlannedFile[],
): Promise<void> {
  const { target } = destination;
  let writing: Writing | undefined;
  const place = await onFirst(job, () => {
    writing = beginWriting(destination);
    return markedPlace(writing, target);
  });
  try {
    await together(job, () => {
      requireShared(place, target);
      explained(target, checkpointProblem, () => writeFiles(place.folder, plan(place.folder)));
    });
  } catch (error) {
    writing?.abort();
    throw error;
  }
  await onFirst(job, () => {
    explained(target, checkpointProblem, () => fs.rmSync(join(place.folder, TOKEN_FILE)));
    writing?.commit();
  });
}

function markedPlace(writing: Writing, target: string): Place {
  const { folder } = writing;
  const token = randomBytes(16).toString("hex");
  try {
    explained(target, checkpointProblem, () => fs.writeFileSync(join(folder, TOKEN_FILE), token));
  } catch (error) {
    writing.abort();
    throw error;
  }
  return { folder, token };
}

/** Every rank must see what the first wrote: a folder of its own under the same name would stay half a checkpoint. */
function requireShared({ folder, token }: Place, target: string): void {
  const file = join(folder, TOKEN_FILE);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === token) return;
  throw new CheckpointError(
    "this rank does not see the folder that rank 0 has begun here: the ranks' file systems are not one. Save to a folder that all of " +
      "them share, as on NFS or Lustre",
    { path: target },
  );
}
