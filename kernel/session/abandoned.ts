// Collectives that cannot complete: a rank waits in one that another rank, whose cell has ended, has not entered. Each rank counts
// the calls of every group, so the numbers tell. What an ended cell has left running may still enter it, and gets longer.

import type { Progress } from "../link/messages.js";
import type { Rank } from "./rank.js";

/** Until a rank that nothing can call back is given up. */
const QUIET_MS = 1500;
const NOTE =
  /^(?<call>\w+ #(?<number>\d+)) of group (?<group>\S+)(?: among ranks (?<members>[\d,]+))?$/;
/** Their numbers are those of the calls of all ranks before them. */
const BETWEEN_TWO = /^(send|receive) /;

/** A collective as a rank has noted it. */
export interface Note {
  readonly call: string;
  readonly number: number;
  readonly group: string;
  /** Undefined: all ranks. */
  readonly members: readonly number[] | undefined;
}

/** Which collective a rank entered last, and since when that is known. */
export interface Entered extends Note {
  readonly rank: number;
  readonly noteAt: number;
}

/** A rank whose last cell has ended. */
export interface Ended {
  readonly rank: Rank;
  readonly progress: Progress;
  readonly at: number;
}

type EndedThere = Ended & { readonly place: Note };

interface Terms {
  /** Of the connections that the cell uses. */
  readonly generation: number;
  /** On which it was started. */
  readonly ranks: readonly number[];
  /** How long ranks may take whose cell has left something running. */
  readonly limitMs: number;
}

/** What a rank's note says; call "none" where it has none. */
export function parseNote(note: string): Note {
  const { call = "none", number = "0", group = "", members } = NOTE.exec(note)?.groups ?? {};
  return { call, number: Number(number), group, members: members?.split(",").map(Number) };
}

/** Half a sentence about the first collective that one of `waiting` is in and lacks a rank of `ended` for good, if there is one. */
export function abandonedCollective(
  waiting: readonly Entered[],
  ended: readonly EndedThere[],
  { generation, ranks, limitMs }: Terms,
): string | undefined {
  for (const entered of waiting) {
    const missing = ended.filter((each) => lacks(entered, each, generation));
    if (missing.length === 0) continue;
    const isQuiet = missing.every(({ progress }) => progress.isQuiet);
    const since = Math.max(entered.noteAt, ...missing.map(({ at }) => at));
    if (performance.now() - since >= (isQuiet ? QUIET_MS : limitMs))
      return describe(entered, missing, ranks);
  }
  return undefined;
}

function lacks(
  { call, number, group, members }: Entered,
  each: EndedThere,
  generation: number,
): boolean {
  const { rank, progress, place } = each;
  if (number === 0 || BETWEEN_TWO.test(call)) return false;
  if (members !== undefined && !members.includes(rank.rank)) return false;
  const hasComeLater = place.group === group && place.number >= number;
  const isSame = progress.generation === generation;
  return !(isSame && hasComeLater) && (isSame ? (progress.numCollectives[group] ?? 0) : 0) < number;
}

function describe(
  { rank, call, group }: Entered,
  missing: readonly Ended[],
  ranks: readonly number[],
): string {
  const numbers = missing.map((each) => each.rank.rank);
  const waits = `rank ${rank} waits in ${call} of group ${group}, which`;
  const others = numbers.filter((number) => !ranks.includes(number));
  if (others.length > 0) {
    const list = others.join(", ");
    return (
      `${waits} rank${others.length === 1 ? "" : "s"} ${list} cannot enter: the cell runs on rank ${ranks.join(", ")} alone; ` +
      "what ranks do together, as a pass of a model that they share, runs in a cell without %%rank"
    );
  }
  const [they, have, cell] =
    numbers.length === 1 ? ["rank", "has", "cell has"] : ["ranks", "have", "cells have"];
  return (
    `${waits} ${they} ${numbers.join(", ")} ${have} not entered and whose ${cell} ` +
    "ended; every rank of a group makes each collective call"
  );
}
