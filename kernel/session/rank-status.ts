// What %cluster status says of each rank: process, memory, last collective. Memory comes from the system and the rest
// from each worker's second thread, so that a rank that hangs in a collective can be looked at too.

import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Rank } from "./rank.js";

const KIB = 1024;
const MIB = 1024 * 1024;
const NVIDIA_SMI_MS = 3000;
/** A rank that has just started on a busy machine takes its time, and is not said to hang. */
const ANSWER_MS = 5000;

/** One line a rank. */
export async function describeRanks(ranks: readonly Rank[]): Promise<string[]> {
  const onGpu = await gpuMemory();
  const collectives = await Promise.all(
    ranks.map((rank) => rank.control.lastCollective(ANSWER_MS)),
  );
  return ranks.map(({ rank, pid, isAlive }, i) => {
    if (!isAlive) return `rank ${rank}: ended; a fresh process starts with the next cell`;
    const parts = [`rank ${rank}: pid ${pid}`];
    const resident = residentBytes(pid);
    if (resident !== undefined) parts.push(`memory ${formatBytes(resident)}`);
    const gpu = onGpu.get(pid);
    if (gpu !== undefined) parts.push(`GPU memory ${formatBytes(gpu)}`);
    const collective = collectives[i];
    if (collective === undefined) parts.push("does not answer");
    if (collective) parts.push(`last collective ${collective}`);
    return parts.join(", ");
  });
}

/** Resident memory of a process, where the system has /proc. */
function residentBytes(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) * KIB;
  } catch {
    return undefined; // another system, or the process has just ended
  }
}

/** GPU memory by process, empty without a GPU. */
async function gpuMemory(): Promise<Map<number, number>> {
  if (!existsSync("/dev/nvidiactl")) return new Map();
  const query = ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"];
  try {
    const run = promisify(execFile)("nvidia-smi", query, { timeout: NVIDIA_SMI_MS });
    const lines = (await run).stdout.trim().split("\n");
    return new Map(lines.map((line) => parseUse(line.split(",").map(Number))));
  } catch {
    return new Map(); // no nvidia-smi, or one that does not answer: the other columns still help
  }
}

function parseUse([pid = 0, mib = 0]: number[]): [pid: number, bytes: number] {
  return [pid, mib * MIB];
}

function formatBytes(bytes: number): string {
  const mib = bytes / MIB;
  return mib < KIB ? `${Math.round(mib)} MiB` : `${(mib / KIB).toFixed(1)} GiB`;
}
