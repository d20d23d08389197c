// A model's local folder, whatever it is named by: the folder itself, or its name on the Hub, whose files come into the cache that
// Python shares. Every rank of a job may ask at once.
import fs from "node:fs";
import type { OptionTable } from "../arguments/options.js";
import { openEffect } from "../host/index.js";
import { ProgressBar } from "../report/index.js";
import { CacheFolder } from "./cache-folder.js";
import { download } from "./download.js";
import { HubError } from "./hub-error.js";
import { aRevision, isCommit, isHubId, missingFolder } from "./hub-id.js";
import { type HubFile, type HubModel, readModelFiles } from "./model-files.js";
import type { Asked } from "./refusals.js";
import { UnreachableError } from "./request.js";
import { hubSettings } from "./settings.js";
import type { Wanted } from "./wanted.js";

/** Options of what comes from the Hub. */
export interface HubOptions {
  /** Branch, tag or commit on the Hub. Default "main". */
  readonly revision?: string | undefined;
}

export const HUB_OPTIONS: OptionTable<HubOptions> = { revision: aRevision };

/**
 * The folder itself where `source` is one, or looks like one; else that of the Hub's cache, with the wanted files in it.
 * @throws HubError when there is no such model, it may not be read, or has not what is wanted
 */
export async function hubFolder(
  source: string,
  wanted: Wanted,
  { revision }: HubOptions = {},
): Promise<string> {
  if (fs.existsSync(source) || !isHubId(source)) {
    if (revision === undefined) return source;
    throw new HubError("is a folder, which has no revisions; leave out revision", { id: source });
  }
  const controller = new AbortController();
  using _ = openEffect(() => controller.abort(new Error("interrupted"))); // an interrupt ends the cell, not its requests
  return await snapshotOf(
    {
      id: source,
      revision: revision ?? "main",
      settings: hubSettings(),
      missing: missingFolder(source),
    },
    wanted,
    controller.signal,
  );
}

async function snapshotOf(asked: Asked, wanted: Wanted, signal: AbortSignal): Promise<string> {
  const { id, revision, settings } = asked;
  const cache = new CacheFolder(settings.cache, id);
  if (settings.isOffline) return cached(cache, asked, wanted);
  let model: HubModel;
  try {
    model = await readModelFiles(asked, signal);
  } catch (error) {
    if (!(error instanceof UnreachableError) || commitOf(cache, revision) === undefined)
      throw error;
    const folder = cached(cache, asked, wanted);
    process.emitWarning(`${error.message}. Taken from the cache: ${folder}`, "HubWarning");
    return folder;
  }
  if (!isCommit(revision)) cache.keepCommit(revision, model.commit);
  await fetchWanted(model, { asked: { ...asked, commit: model.commit }, cache, signal }, wanted);
  return cache.snapshot(model.commit);
}

/** Bytes that take long enough for a bar. */
const WORTH_SHOWING = 8 * 1024 * 1024;

type Fetching = Pick<Parameters<typeof download>[0], "asked" | "cache" | "signal">;

/** What is wanted may be told by what has come: fetched until nothing new is named. */
async function fetchWanted(model: HubModel, to: Fetching, wanted: Wanted): Promise<void> {
  const there = new Set(model.files.keys());
  const folder = to.cache.snapshot(to.asked.commit);
  for (;;) {
    requireNothingLacking(wanted.lacks(there, folder), to.asked);
    const kept = to.cache.filesOf(to.asked.commit);
    const names = wanted.files(there, folder).filter((name) => !kept.has(name));
    if (names.length === 0) return;
    await fetchFiles(
      names.map((name) => model.files.get(name) as HubFile),
      to,
    );
  }
}

async function fetchFiles(files: readonly HubFile[], to: Fetching): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  using bar =
    total < WORTH_SHOWING
      ? undefined
      : new ProgressBar({ total, label: to.asked.id, unit: "bytes" });
  for (const file of files) {
    let shown = 0;
    const onBytes = (bytes: number): void => {
      bar?.advance(Math.max(0, bytes - shown), file.name);
      shown = Math.max(shown, bytes);
    };
    await download({ ...to, file, onBytes });
    to.cache.link(to.asked.commit, file.name, file.etag);
  }
}

/** What an earlier call, or Python, left in the cache. */
function cached(cache: CacheFolder, asked: Asked, wanted: Wanted): string {
  const { id, revision, settings, missing } = asked;
  const commit = commitOf(cache, revision);
  const offline = settings.isOffline ? "HF_HUB_OFFLINE is set" : "the Hub cannot be reached";
  const remedy = "call this once with the network, or give the path of a local folder";
  if (commit === undefined) {
    throw new HubError(
      `${missing}, and the Hub's cache has no ${revision} of it; ${offline}: ${remedy}`,
      { id },
    );
  }
  const folder = cache.snapshot(commit);
  const lacked = wanted.lacks(cache.filesOf(commit), folder);
  if (lacked === undefined) return folder;
  throw new HubError(`is in the cache in part: ${folder} has ${lacked}; ${offline}: ${remedy}`, {
    id,
  });
}

function commitOf(cache: CacheFolder, revision: string): string | undefined {
  const commit = isCommit(revision) ? revision : cache.commitAt(revision);
  return commit !== undefined && fs.existsSync(cache.snapshot(commit)) ? commit : undefined;
}

function requireNothingLacking(
  lacked: string | undefined,
  { id, revision, settings }: Asked,
): void {
  if (lacked === undefined) return;
  throw new HubError(
    `has ${lacked} at ${revision}; its files: ${settings.endpoint}/${id}/tree/${revision}`,
    { id },
  );
}
