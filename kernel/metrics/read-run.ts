// Reads a recorded run back from disk, batch by batch, in bounded memory: for a front end that asks about a run
// of an earlier kernel.

import { createReadStream, existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunOutcome } from "notebooster/host";
import {
  type MetricsMetadata,
  type MetricsRow,
  metadataOfEntries,
  RowStore,
  rowsOfTable,
} from "notebooster/report";

export const METRICS_FILE = "metrics.arrow";

/** Whether a string may name a folder of a run: no path, nothing hidden. */
export function isRunId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(value);
}

export interface StoredRun {
  readonly store: RowStore;
  readonly metadata: MetricsMetadata;
  readonly outcome: RunOutcome;
}

/** How a run ended is a file beside its metrics. */
const OUTCOME_FILE = "outcome.json";
const OUTCOMES = ["finished", "interrupted", "failed"] as const;

/** Writes down how a run ended. */
export async function writeOutcome(folder: string, outcome: RunOutcome): Promise<void> {
  await writeFile(join(folder, OUTCOME_FILE), `${JSON.stringify({ outcome })}\n`);
}

/** The run's rows, or undefined when nothing of that name is recorded; throws when the file cannot be read. */
export async function readRun(directory: string, runId: string): Promise<StoredRun | undefined> {
  const folder = join(directory, runId);
  const path = join(folder, METRICS_FILE);
  if (!existsSync(path)) return undefined;
  const { RecordBatchReader } = await import("apache-arrow");
  const reader = await RecordBatchReader.from(createReadStream(path));
  await reader.open();
  const metadata = metadataOfEntries(reader.schema.metadata);
  const store = new RowStore();
  for await (const batch of reader) {
    for (const row of rowsOfTable(batch)) store.push(row);
  }
  return { store, metadata, outcome: await readOutcome(folder) };
}

/** Rows of a file, batch by batch. */
export async function* readRows(path: string): AsyncGenerator<MetricsRow[]> {
  const { RecordBatchReader } = await import("apache-arrow");
  for await (const batch of await RecordBatchReader.from(createReadStream(path)))
    yield rowsOfTable(batch);
}

/** A run of which no end is written down was going on when its kernel ended. */
async function readOutcome(folder: string): Promise<RunOutcome> {
  try {
    const { outcome } = JSON.parse(await readFile(join(folder, OUTCOME_FILE), "utf8"));
    return OUTCOMES.find((known) => known === outcome) ?? "interrupted";
  } catch {
    return "interrupted";
  }
}
