// What is said of workers that are gone: why, whose variables went with them, and what to do.

import type { ErrorReport } from "../link/messages.js";
import type { Rank } from "./rank.js";

/** A worker that ended while others may live on. */
export interface Death {
  readonly rank: Rank;
  /** Completes a sentence about it: "was killed by SIGKILL". */
  readonly how: string;
  /** Whether we killed it because it did not stop: then it is not what went wrong. */
  readonly wasStuck: boolean;
}

/** All workers are gone; `name` is the error's, `reason` a sentence. */
export function lostError(name: string, reason: string, numRanks: number): ErrorReport {
  const remedy = `run %cluster ${numRanks} to start again; variables are gone`;
  return { name, message: `${reason}; ${remedy}`, stack: "" };
}

/** Some workers are gone, each replaced by a fresh one. */
export function deathError(name: string, deaths: readonly Death[], numRanks: number): ErrorReport {
  const message = `${describeDeaths(deaths)}; ${describeLoss(deaths, numRanks)}`;
  return { name, message, stack: "" };
}

/** "rank 1 (pid 12) was killed by SIGKILL" */
export function describeDeaths(deaths: readonly Death[]): string {
  return deaths
    .map(({ rank: { rank, pid }, how }) => `rank ${rank} (pid ${pid}) ${how}`)
    .join("; ");
}

/** Whose variables are gone, whose are not, and how to bring them back. */
export function describeLoss(deaths: readonly Death[], numRanks: number): string {
  const dead = [...new Set(deaths.map(({ rank }) => rank.rank))].sort((a, b) => a - b);
  const living = Array.from({ length: numRanks }, (_, rank) => rank).filter(
    (rank) => !dead.includes(rank),
  );
  if (living.length === 0)
    return "its variables are gone; a fresh process has taken its place: run the cells again that made them";
  return (
    `variables of ${ranksText(dead)} are gone, those of ${ranksText(living)} live on; a fresh process has taken its place: ` +
    `run what it needs below %%rank ${dead.join(",")}, or begin again with %cluster ${numRanks}`
  );
}

/** "rank 1", "ranks 0, 2" */
export function ranksText(ranks: readonly number[]): string {
  return `${ranks.length === 1 ? "rank" : "ranks"} ${ranks.join(", ")}`;
}
