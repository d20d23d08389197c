// Reads a recorded run back from disk, batch by batch, in bounded memory: for a front end that asks about a run
// of an earlier kernel.

import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { type MetricsMetadata, metadataOfEntries, RowStore, rowsOfTable } from "notebooster/report";

export const METRICS_FILE = "metrics.arrow";

/** Whether a string may name a folder of a run: no path, nothing hidden. */
export function isRunId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(value);
}

export interface StoredRun {
  readonly store: RowStore;
  readonly metadata: MetricsMetadata;
}

/** The run's rows, or undefined when nothing of that name is recorded; throws when the file cannot be read. */
export async function readRun(directory: string, runId: string): Promise<StoredRun | undefined> {
  const path = join(directory, runId, METRICS_FILE);
  if (!existsSync(path)) return undefined;
  const { RecordBatchReader } = await import("apache-arrow");
  const reader = await RecordBatchReader.from(createReadStream(path));
  await reader.open();
  const metadata = metadataOfEntries(reader.schema.metadata);
  const store = new RowStore();
  for await (const batch of reader) {
    for (const row of rowsOfTable(batch)) store.push(row);
  }
  return { store, metadata };
}
