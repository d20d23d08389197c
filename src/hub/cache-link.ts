// The links out of a folder that the Hub's cache is made of: a snapshot's files lie in `blobs` of their model, or, where Python found
// that several models have them, in `blobs` of the whole cache, in a folder for the beginning of their name.
import { basename, dirname, join, resolve } from "node:path";

/**
 * Whether the cache itself puts the files of `folder` where `file` is.
 * @param file and `folder`: without links in their paths
 */
export function isCacheBlob(file: string, folder: string): boolean {
  const model = dirname(dirname(folder));
  if (basename(dirname(folder)) !== "snapshots" || !basename(model).startsWith("models--"))
    return false;
  const shared = join(dirname(model), "blobs");
  return dirname(file) === join(model, "blobs") || dirname(dirname(file)) === shared;
}

/** The name on the Hub, with its commit, of the model in a folder of the cache; undefined for other folders. */
export function hubName(folder: string): string | undefined {
  const own = resolve(folder);
  const model = basename(dirname(dirname(own)));
  if (basename(dirname(own)) !== "snapshots" || !model.startsWith("models--")) return undefined;
  return `${model.slice("models--".length).replaceAll("--", "/")} at ${basename(own)}`;
}
