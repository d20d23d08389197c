// How many ranks a host can bear: each is a process with PyTorch that wants a core or a GPU, and memory.

import { readdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/** What a worker with PyTorch needs at least. */
const RANK_MIB = 256;
/** Ranks that share a core still show what many ranks do. */
const RANKS_PER_CORE = 4;
/** Borne by hosts of few cores too. */
const USUAL_RANKS = 8;
const MIB = 2 ** 20;
const GIB = 2 ** 30;

/**
 * Throws a RangeError for more ranks than this host can bear.
 * @param asked what the person wrote: "%cluster 1000"
 */
export function requireBearable(asked: string, numRanks: number): void {
  const [cores, gpus, bytes] = [availableParallelism(), numGpus(), memoryBytes()];
  const byCores = Math.max(USUAL_RANKS, gpus, RANKS_PER_CORE * cores);
  const most = Math.max(1, Math.min(byCores, Math.floor(bytes / MIB / RANK_MIB)));
  if (numRanks <= most) return;
  const has = `${cores} cores, ${gpus} GPUs and ${(bytes / GIB).toFixed(1)} GiB of memory`;
  const rule = `${RANKS_PER_CORE} a core, ${USUAL_RANKS} at least, one a GPU, ${RANK_MIB} MiB each`;
  throw new RangeError(`${asked}: this host has ${has}, which bear ${most} ranks (${rule})`);
}

/** Of the host, or of the container where that has less. */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function numGpus(): number {
  return readdirSync("/dev").filter((name) => /^nvidia\d+$/.test(name)).length;
}
