// The thread that writes a snapshot. That of the first rank begins the folder, waits for the other ranks' files and puts the folder
// in place; it needs nobody's JavaScript for that, so a save ends while training goes on, however long a step takes.
import { once } from "node:events";
import fs from "node:fs";
import { setTimeout } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { CheckpointError, filling } from "../checkpoint-error.js";
import { beginWriting } from "../destination.js";
import type { Fingerprints } from "../fingerprint.js";
import { writeFiles } from "../planned-file.js";
import { markPlace, type SharedPlace, unmarkPlace } from "../shared-place.js";
import { failureOf, type Order, type Report, type ThreadData } from "./messages.js";
import { endFailed, endWritten, readRecord, takeRecord } from "./records.js";
import { filesOf } from "./snapshot.js";

const POLL_MS = 20;
const { destination, rank, numRanks, port } = workerData as ThreadData;
const { target } = destination;
const others = Array.from({ length: numRanks - 1 }, (_, i) => i + 1);
let isGivenUp = false;
port.on("message", (order: Order) => {
  if ("giveUp" in order) isGivenUp = true;
});

try {
  await (rank === 0 ? saveFirst() : saveOther());
  report({ isDone: true });
} catch (error) {
  report({ failure: failureOf(error) });
  // Whoever saves, loads or waits next hears of it; this is for those who read along.
  if (!isGivenUp) fs.writeSync(2, `saving in the background failed: ${(error as Error).message}\n`);
}
port.close();

async function saveFirst(): Promise<void> {
  const writing = beginWriting(destination);
  try {
    report({ place: markPlace(target, writing) });
    const { place, written } = await writeWhatComes();
    report({ isWritten: true });
    await othersHaveWritten(place);
    unmarkPlace(place);
    const all = filling(place, () => others.map((other) => takeRecord(place.folder, other)));
    writing.commit(Object.assign({}, written, ...all));
  } catch (error) {
    writing.abort();
    throw error;
  }
}

async function saveOther(): Promise<void> {
  const { place, written } = await writeWhatComes(tellFailed);
  try {
    filling(place, () => endWritten(place.folder, rank, written));
  } catch (error) {
    tellFailed(place);
    throw error;
  }
  report({ isWritten: true }); // the first rank knows it by now
}

function tellFailed({ folder }: SharedPlace): void {
  try {
    endFailed(folder, rank);
  } catch {
    // The error to tell is the first one; the first rank hears of it when the ranks ask how the save ended.
  }
}

/** @param failed is told where writing failed */
async function writeWhatComes(
  failed?: (place: SharedPlace) => void,
): Promise<{ readonly place: SharedPlace; readonly written: Fingerprints }> {
  const [order] = (await once(port, "message")) as [Order];
  if ("giveUp" in order) throw givenUp();
  const { place, files } = order;
  try {
    const write = () => writeFiles(place.folder, filesOf(files));
    return { place, written: filling(place, write) };
  } catch (error) {
    failed?.(place);
    throw error;
  }
}

async function othersHaveWritten({ folder }: SharedPlace): Promise<void> {
  for (;;) {
    if (isGivenUp) throw givenUp();
    const progress = others.map((other) => readRecord(folder, other));
    if (progress.every((one) => one === "written")) return;
    const lost = progress.findIndex((one) => one === "failed" || one === "gone");
    if (lost !== -1) {
      const what = progress[lost] === "gone" ? "has ended" : "could not write its files";
      throw new CheckpointError(`is not saved: rank ${others[lost]} ${what}`, { path: target });
    }
    await setTimeout(POLL_MS);
  }
}

function givenUp(): CheckpointError {
  return new CheckpointError("is not saved: saving was given up on another rank", {
    path: target,
  });
}

function report(message: Report): void {
  port.postMessage(message);
}
