// A file of the Hub into the cache: one process fetches it while others wait, what has come is kept when that ends, and the next
// goes on from there. It stands in its place only when its digest is right.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { byteText } from "../report/byte-text.js";
import { beginDigest, digestBegun, isIntact, lengthUpTo } from "./blob-digest.js";
import type { CacheFolder } from "./cache-folder.js";
import { FileLock } from "./file-lock.js";
import { HubError } from "./hub-error.js";
import type { HubFile } from "./model-files.js";
import type { Asked } from "./refusals.js";
import { refused } from "./refusals.js";
import { ask, isBroken, piecesOf } from "./request.js";

const LOOK_AGAIN_MS = 100;
/** Tries one after another that bring nothing. */
const MAX_VAIN_TRIES = 5;

/** What is fetched, and who is told. */
export interface Download {
  readonly asked: Asked & { readonly commit: string };
  readonly cache: CacheFolder;
  readonly file: HubFile;
  readonly signal: AbortSignal;
  /** Called with how many of the file's bytes are there. */
  readonly onBytes: (bytes: number) => void;
}

/** @throws HubError when it cannot be had or kept, or is not what the Hub says it is */
export async function download(of: Download): Promise<void> {
  const { cache, file, signal, onBytes } = of;
  const blob = cache.blob(file.etag);
  cache.writing(() => fs.mkdirSync(path.dirname(blob), { recursive: true }));
  while (!fs.existsSync(blob)) {
    using lock = cache.writing(() => FileLock.tryTake(cache.lock(file.etag)));
    if (lock === undefined) {
      onBytes(sizeOf(partOf(blob)));
      await pause(LOOK_AGAIN_MS, undefined, { signal });
    } else if (!fs.existsSync(blob)) {
      await fetchBlob(of, partOf(blob));
      fs.renameSync(partOf(blob), blob);
    }
  }
  onBytes(file.bytes);
}

/** The name that Python's huggingface_hub gave what it had fetched in part. */
function partOf(blob: string): string {
  return `${blob}.incomplete`;
}

async function fetchBlob(of: Download, part: string): Promise<void> {
  const { asked, cache, file } = of;
  const { O_RDWR, O_CREAT } = fs.constants;
  const descriptor = cache.writing(() => fs.openSync(part, O_RDWR | O_CREAT, 0o666));
  try {
    requireRoom(of, lengthUpTo(descriptor, file.bytes), part);
    if (await isFetched(of, descriptor)) return;
    fs.ftruncateSync(descriptor, 0); // the beginning was another file's
    if (await isFetched(of, descriptor)) return;
    fs.rmSync(part);
  } finally {
    fs.closeSync(descriptor);
  }
  throw new HubError(
    `${file.name} has come with another digest than ${new URL(asked.settings.endpoint).host} tells for it; it was thrown away, try again`,
    { id: asked.id },
  );
}

function requireRoom({ asked, file }: Download, have: number, part: string): void {
  const { bavail, bsize } = fs.statfsSync(path.dirname(part));
  const [needed, free] = [file.bytes - have, bavail * bsize];
  if (needed <= free) return;
  throw new HubError(
    `${file.name} needs ${byteText(needed)}, ${path.dirname(part)} has ${byteText(free)} left; make room there, or set HF_HUB_CACHE to another folder`,
    { id: asked.id },
  );
}

/** Fetches what is missing. @returns whether the whole has the right digest */
async function isFetched(of: Download, descriptor: number): Promise<boolean> {
  const { file, onBytes } = of;
  const digest = beginDigest(file);
  let have = lengthUpTo(descriptor, file.bytes);
  digestBegun(digest, descriptor, have);
  onBytes(have);
  for (let vain = 0; have < file.bytes; vain++) {
    const before = have;
    const broken = await fetchFrom(of, have, (piece) => {
      of.cache.writing(() => write(descriptor, piece, have));
      digest.update(piece);
      have += piece.length;
      onBytes(have);
    });
    if (have > before) vain = 0;
    if (have < file.bytes && vain >= MAX_VAIN_TRIES) throw broken ?? cutShort(of, have);
  }
  return isIntact(digest, file);
}

/** One answer's pieces from byte `from` on. @returns the error that broke the connection, if one did */
async function fetchFrom(
  of: Download,
  from: number,
  take: (piece: Uint8Array) => void,
): Promise<unknown> {
  const { asked, file, signal } = of;
  const answer = await ask({
    ...asked,
    path: pathOf(of),
    headers: { range: `bytes=${from}-` },
    signal,
  });
  if (answer.status !== 200 && answer.status !== 206) {
    await answer.body?.cancel();
    throw refused(answer, { ...asked, file: file.name });
  }
  let skip = from - beginOf(answer, from);
  let left = file.bytes - from;
  try {
    for await (const piece of piecesOf(answer, signal)) {
      const fresh = piece.subarray(Math.min(skip, piece.length));
      skip -= piece.length - fresh.length;
      if (fresh.length > left) throw tooLong(of);
      left -= fresh.length;
      if (fresh.length > 0) take(fresh);
    }
    return undefined;
  } catch (error) {
    if (isBroken(error)) return error;
    throw error;
  }
}

/** Where in the file the answer begins: a server may send all, whatever was asked for. */
function beginOf(answer: Response, asked: number): number {
  return answer.status === 206 ? asked : 0;
}

function pathOf({ asked, file }: Download): string {
  const name = file.name.split("/").map(encodeURIComponent).join("/");
  return `/${asked.id}/resolve/${asked.commit}/${name}`;
}

function write(descriptor: number, piece: Uint8Array, at: number): void {
  for (let done = 0; done < piece.length; )
    done += fs.writeSync(descriptor, piece, done, piece.length - done, at + done);
}

function cutShort({ asked, file }: Download, have: number): HubError {
  return new HubError(
    `${file.name} ends after ${have} of ${file.bytes} bytes each time; what has come is kept, try again later`,
    { id: asked.id },
  );
}

function tooLong({ asked, file }: Download): HubError {
  return new HubError(
    `${file.name} is longer than the ${file.bytes} bytes that were told; try again later`,
    { id: asked.id },
  );
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
