// What the Hub says of a model: the commit of a revision, and its files with sizes and digests, in one answer.
import { HubError } from "./hub-error.js";
import { type Asked, refused } from "./refusals.js";
import { ask } from "./request.js";

/** Longer answers are none of a model. */
const MAX_BYTES = 32_000_000;
const DIGEST = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A file of a model. */
export interface HubFile {
  readonly name: string;
  readonly bytes: number;
  /** Its digest: sha256 of a large file (64 signs), else git's of a blob (40). */
  readonly etag: string;
}

/** A model as it is at a commit. */
export interface HubModel {
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
}

interface Sibling {
  readonly rfilename?: unknown;
  readonly size?: unknown;
  readonly blobId?: unknown;
  readonly lfs?: { readonly sha256?: unknown; readonly size?: unknown } | null;
}

/** @throws HubError when there is no such model or revision, or it may not be read */
export async function readModelFiles(asked: Asked, signal: AbortSignal): Promise<HubModel> {
  const { id, revision, settings } = asked;
  const path = `/api/models/${id}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const answer = await ask({ id, path, settings, signal });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw refused(answer, asked);
  }
  return modelOf(await bodyOf(answer, asked), asked);
}

async function bodyOf(answer: Response, asked: Asked): Promise<unknown> {
  const text = await answer.text();
  if (text.length > MAX_BYTES) throw notTheHub(asked);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notTheHub(asked, cause);
  }
}

function modelOf(body: unknown, asked: Asked): HubModel {
  const { sha, siblings } = (body ?? {}) as { sha?: unknown; siblings?: unknown };
  if (typeof sha !== "string" || !/^[0-9a-f]{40}$/.test(sha) || !Array.isArray(siblings))
    throw notTheHub(asked);
  const files = (siblings as readonly Sibling[]).flatMap((sibling) => fileOf(sibling) ?? []);
  return { commit: sha, files: new Map(files.map((file) => [file.name, file])) };
}

/** Nothing for what could not be kept safely: a name that leads out of the folder, a digest that is none. */
function fileOf({ rfilename: name, size, blobId, lfs }: Sibling): HubFile | undefined {
  const bytes = lfs?.size ?? size;
  const etag = lfs?.sha256 ?? blobId;
  if (typeof name !== "string" || !isPlainName(name)) return undefined;
  if (typeof etag !== "string" || !DIGEST.test(etag)) return undefined;
  return Number.isSafeInteger(bytes) && (bytes as number) >= 0
    ? { name, bytes: bytes as number, etag }
    : undefined;
}

function isPlainName(name: string): boolean {
  return name.split("/").every((part) => /^[^\\\0]+$/.test(part) && part !== "." && part !== "..");
}

function notTheHub({ id, settings }: Asked, cause?: unknown): HubError {
  const { host } = new URL(settings.endpoint);
  return new HubError(`${host} answers otherwise than the Hub; check HF_ENDPOINT`, { id, cause });
}
