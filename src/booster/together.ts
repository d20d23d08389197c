// What Booster does with files: on all ranks or on none, with one error.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { Job } from "../cluster/job.js";
import { DataError } from "../data/data-error.js";

/** `job.all` with errors of files and data as what they are. */
export function together<T>(job: Job, mine: () => T | Promise<T>): Promise<T[]> {
  return job.all(mine, [CheckpointError, DataError]);
}

/** As `together`, of what needs no waiting. */
export function togetherNow<T>(job: Job, mine: () => T): T[] {
  return job.allNow(mine, [CheckpointError, DataError]);
}

/** As `together`, run on rank 0 alone; every rank gets its value. */
export async function onFirst<T>(job: Job, body: () => T | Promise<T>): Promise<T> {
  const [value] = await together(job, () => (job.rank === 0 ? body() : undefined));
  return value as T;
}
