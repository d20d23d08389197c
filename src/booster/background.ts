// Saving while training goes on. Every rank copies what it is to write and hands it to a thread of its own; ranks agree on how the
// save ended when somebody asks: who waits for it, the next save or load, or the step after it failed (failed-save.ts). One save is
// under way at a time.
import { BackgroundSave } from "../checkpoint/background/background-save.js";
import { beginRecord } from "../checkpoint/background/records.js";
import { snapshotOf } from "../checkpoint/background/snapshot.js";
import { filling } from "../checkpoint/checkpoint-error.js";
import type { Destination } from "../checkpoint/destination.js";
import { requireShared } from "../checkpoint/shared-place.js";
import type { Job } from "../cluster/job.js";
import { openEffect, whenCutOff } from "../host/index.js";
import type { PlanFiles } from "./saving.js";
import { onFirst, together } from "./together.js";
import { WeightTurns } from "./weight-turns.js";

/** How a save is waited for. */
export interface AsyncSaving {
  /**
   * True copies what is to be saved and returns; files are written while training goes on. Default false. An error of the
   * writing is thrown by whichever comes first of `finished()`, the next save, the next load, and the `step()` of a boosted
   * optimizer after it, which has then been made. Several ranks hear of it as they loop over a DataLoader.
   */
  readonly useAsync?: boolean;
}

interface UnderWay {
  /** The same on all ranks, and of no other save. */
  readonly id: string;
  readonly save: BackgroundSave;
  /** Whether all ranks were told that it failed. */
  isTold: boolean;
}

let current: UnderWay | undefined;
let isFollowed = false;
/** Cut off as they began; their threads may still remove what they had begun. */
const cutOff = new Set<BackgroundSave>();

/** A save that is under way. */
export class PendingSave {
  /** The folder that will stand when it is whole. */
  readonly folder: string;
  readonly #finish: () => Promise<void>;
  #outcome: Promise<void> | undefined;

  constructor(folder: string, finish: () => Promise<void>) {
    this.folder = folder;
    this.#finish = finish;
  }

  /**
   * Returns the folder once it stands there. All ranks call it.
   * @throws CheckpointError on all ranks where one could not write; what stood there before stands there still
   */
  async finished(): Promise<string> {
    this.#outcome ??= this.#finish();
    await this.#outcome;
    return this.folder;
  }
}

/** @param plan gives the files that this rank writes into a folder */
export async function saveInBackground(
  job: Job,
  destination: Destination,
  plan: PlanFiles,
): Promise<PendingSave> {
  const { rank, worldSize: numRanks } = job;
  const start = () => new BackgroundSave(destination, { rank, numRanks });
  let save: BackgroundSave | undefined;
  using _ = openEffect(() => {
    if (save === undefined || current?.save === save) return;
    save.giveUp();
    cutOff.add(save);
  });
  try {
    const place = await onFirst(job, () => {
      save = start();
      return save.place();
    });
    await together(job, () => {
      save ??= start();
      requireShared(place);
      if (rank > 0) filling(place, () => beginRecord(place.folder, rank));
    });
    // Only now: the first rank's thread takes the folder away at once where it cannot write.
    await together(job, () => {
      using turns = new WeightTurns();
      const files = plan(place.folder, turns);
      save?.handOver(
        filling(place, () => snapshotOf(files)),
        place,
      );
    });
    current = { id: place.token, save: save as BackgroundSave, isTold: false };
  } catch (error) {
    save?.giveUp();
    await save?.ended();
    throw error;
  }
  const underWay = current;
  tellWhenCutOff();
  return new PendingSave(destination.target, () => finish(job, underWay));
}

/**
 * Waits for the save that is under way, if there is one, and for the end of those that were cut off. All ranks call it before
 * they save or load.
 * @throws CheckpointError where the one under way failed
 */
export async function settle(job: Job): Promise<void> {
  const own = current;
  const ids = await together(job, async () => {
    for (const save of cutOff) await save.ended();
    cutOff.clear();
    return own?.id ?? null;
  });
  if (ids.every((id) => id === null)) return;
  if (own === undefined || !ids.every((id) => id === own.id)) await giveUp(job, own);
  else if (own.isTold) await clearedUp(job, own);
  else await finish(job, own);
}

/** The save under way, of which nobody was told how it ended. */
export function untoldSave(): BackgroundSave | undefined {
  return current?.isTold === false ? current.save : undefined;
}

/** All ranks were told that the save under way has failed. */
export function noteTold(): void {
  if (current === undefined) return;
  current.isTold = true;
  current.save.giveUp();
}

async function finish(job: Job, underWay: UnderWay): Promise<void> {
  const { save } = underWay;
  try {
    await together(job, () => save.written()); // or the first rank would wait for files that never come
    await together(job, () => save.done());
  } catch (error) {
    await clearedUp(job, underWay);
    throw error;
  } finally {
    if (current === underWay) current = undefined;
  }
}

/** Returns once nothing is left behind of a save that failed. */
async function clearedUp(job: Job, underWay: UnderWay): Promise<void> {
  const { save } = underWay;
  save.giveUp();
  await together(job, () => save.ended());
  if (current === underWay) current = undefined;
}

/** Ranks were cut off while they began it, some before and some after. Whoever interrupted it wants no error of what comes next. */
async function giveUp(job: Job, own: UnderWay | undefined): Promise<void> {
  await together(job, async () => {
    if (own === undefined) return;
    const { save } = own;
    save.giveUp();
    await save.ended();
    if (save.isDone) return;
    process.stderr.write(
      `${save.target} is not saved: not all ranks had begun it when they were cut off\n`,
    );
  });
  current = undefined;
}

function tellWhenCutOff(): void {
  if (isFollowed) return;
  isFollowed = true;
  whenCutOff(() =>
    current?.save.isUnderWay === true
      ? `${current.save.target} is still being saved in the background`
      : undefined,
  );
}
