// Saves and pruning as a user calls them, on one rank and on two, disturbed before each of their calls that change files: a rank
// is killed, or told that the disk is full or fails. A sample; all calls by npm run test:matrix.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KilledSave, Killer } from "../fixtures/faults/kills.js";
import { faultsLibrary, forkAddon } from "../fixtures/faults/library.js";
import { numbered } from "../fixtures/faults/numbered.mjs";
import { CALLS, loadable, namesIn, saveBefore, trained } from "../fixtures/faults/user-saves.mjs";
import { isMatrix } from "../fixtures/matrix.js";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { sharedFolderInMemory } from "../fixtures/scratch.js";

type CallName = keyof typeof CALLS;
/** As user-saves.mjs gives it: versions of what can be loaded, by name. */
type Loadable = { readonly [name: string]: number | null };

interface Failing {
  readonly how: string;
  readonly lasts: boolean;
  readonly call: string;
  readonly error: { readonly name: string; readonly message: string } | null;
  readonly names: readonly string[];
  readonly after: Loadable;
  readonly nextNames: readonly string[];
  readonly next: Loadable;
}

const TIMEOUT_MS = isMatrix ? 3_600_000 : 120_000;
const library = faultsLibrary();
const addon = forkAddon();
const scratch = sharedFolderInMemory();
const root = path.join(scratch, "root");
const before = path.join(scratch, "before");
const log = path.join(scratch, "calls");

const PLACES = [
  { name: "saveCheckpoint, the first", numRanks: 1, rank: 0, isInSample: false },
  { name: "saveCheckpoint with keep", numRanks: 2, rank: 0, isInSample: true },
  { name: "saveCheckpoint of the same step", numRanks: 1, rank: 0, isInSample: true },
  { name: "saveCheckpoint with keep and useAsync", numRanks: 2, rank: 1, isInSample: true },
  { name: "saveModel", numRanks: 2, rank: 0, isInSample: true },
  { name: "saveModel with useAsync", numRanks: 2, rank: 1, isInSample: false },
  { name: "saveOptimizer", numRanks: 2, rank: 1, isInSample: true },
  { name: "saveOptimizer with useAsync", numRanks: 1, rank: 0, isInSample: true },
  { name: "saveLrScheduler", numRanks: 1, rank: 0, isInSample: true },
] as const;
/** In the matrix every call on one rank, and on two with either disturbed; a schedule is written by the first alone. */
const ALL = PLACES.flatMap(({ name }) => [
  { name, numRanks: 1, rank: 0 },
  { name, numRanks: 2, rank: 0 },
  ...(name === "saveLrScheduler" ? [] : [{ name, numRanks: 2, rank: 1 }]),
]);
/** So many kills at once: a rank that outlives another waits a while before it says who is missing. */
const SIGKILL = 9;
const TEMPORARY = /\.(new|gone|lock)-\d/;
const NUM_KILLERS = isMatrix ? 3 : 1;
let killers: Killer<KilledSave>[];
const TOLD = [
  { how: "ENOSPC", lasts: true },
  { how: "EIO", lasts: false },
  { how: "ENOSPC", lasts: false },
  { how: "EIO", lasts: true },
];

beforeAll(() => {
  const rendezvous = path.join(scratch, "rendezvous");
  killers = Array.from({ length: NUM_KILLERS }, (_, i) => {
    const folder = `${rendezvous}-${i}`;
    fs.mkdirSync(folder);
    return new Killer("user-save.mjs", { library, addon, folder });
  });
});

afterAll(() => {
  for (const killer of killers) killer.close();
});

/** What can be loaded before, and after a save of a version that nothing disturbs over what stands. */
function standing(name: CallName): Loadable {
  const { before, nameOf } = CALLS[name];
  const all = Object.fromEntries(before.map((version: number) => [nameOf(version), version]));
  return resuming(name, all, before.at(-1));
}

function saved(name: CallName, stood: Loadable, version: number): Loadable {
  const { nameOf, keep } = CALLS[name];
  const others = Object.entries(stood).filter(
    ([entry]) => entry !== "resumed" && entry !== nameOf(version),
  );
  const kept = others.sort().slice(-(keep ?? others.length));
  return resuming(name, { ...Object.fromEntries(kept), [nameOf(version)]: version }, version);
}

function resuming(name: CallName, all: Loadable, version: number | undefined): Loadable {
  const isSeries = "keep" in CALLS[name] && version !== undefined;
  return isSeries ? { ...all, resumed: version } : all;
}

/** Nothing that was saved is lost or torn: what stood, what was saved, or between the two with older ones not yet removed. */
function requireSound(name: CallName, now: Loadable, where: string): void {
  const version = CALLS[name].before.length + 1;
  const old = standing(name);
  const since = saved(name, old, version);
  const target = CALLS[name].nameOf(version);
  const unpruned = { ...old, ...since };
  const { resumed: _, ...folders } = since;
  const unannounced = { ...folders, ...old, [target]: version };
  expect([old, since, unpruned, unannounced], where).toContainEqual(now);
}

function visible(loaded: Loadable): string[] {
  return Object.keys(loaded)
    .map((entry) => (entry === "resumed" ? "latest" : entry))
    .sort();
}

describe.each(isMatrix ? ALL : PLACES.filter(({ isInSample }) => isInSample))(
  "$name on $numRanks, rank $rank disturbed",
  ({ name, numRanks, rank }) => {
    const version = CALLS[name].before.length + 1;
    let ranks: Failing[][];

    beforeAll(async () => {
      fs.rmSync(before, { recursive: true, force: true });
      await saveBefore(name, before);
      fs.rmSync(log, { force: true });
      const told = TOLD.slice(0, isMatrix ? 4 : 2);
      const options = { call: name, root, before, rank, log, isAll: isMatrix, told };
      const environment = { OMP_NUM_THREADS: "1", LD_PRELOAD: library, FAULT_FOLDER: root };
      const running = { options, environment };
      ranks = (await runRanks("faults/user-saves-failing.mjs", numRanks, running)) as Failing[][];
    }, TIMEOUT_MS);

    test("told that the disk is full or fails, it throws on all ranks; training goes on and saves again", () => {
      for (const [i, result] of (ranks[rank] as Failing[]).entries()) {
        requireTold(name, result);
        for (const other of ranks) expect(other[i]?.error, result.call).toEqual(result.error);
      }
    });

    test("killed, it leaves what was saved, and the next save clears up", {
      timeout: TIMEOUT_MS,
    }, async () => {
      const calls = killed(fs.readFileSync(log, "utf8").trim().split("\n"));
      let checked: Promise<unknown> = Promise.resolve();
      const one = async (killer: Killer<KilledSave>, i: number) => {
        const root = path.join(scratch, `root-${i}`);
        for (let next = calls.shift(); next; next = calls.shift()) {
          const where = `killed before ${next.call}`;
          await killedAt(killer, { call: name, numRanks, root, version, rank, at: next.at }, where);
          checked = checked.then(() => requireSurvived(name, root, where)); // one at a time saves and loads here
          await checked;
        }
      };
      await Promise.all(killers.map(one));
    });
  },
);

async function killedAt(
  killer: Killer<KilledSave>,
  save: KilledSave,
  where: string,
): Promise<void> {
  fs.rmSync(save.root, { recursive: true, force: true });
  fs.cpSync(before, save.root, { recursive: true, preserveTimestamps: true });
  const signals = Array.from({ length: save.numRanks }, (_, rank) =>
    rank === save.rank ? SIGKILL : 0,
  );
  expect(await killer.kill(save), `${where}\n${killer.errors}`).toEqual(signals);
}

/** What was saved is there, and the next save clears up. */
async function requireSurvived(name: CallName, root: string, where: string): Promise<void> {
  const version = CALLS[name].before.length + 2;
  const now = await loadable(name, root);
  requireSound(name, now, where);
  await CALLS[name].save(root, await trained(version), version);
  const next = saved(name, now, version);
  expect(await loadable(name, root), `save after being ${where}`).toEqual(next);
  expect(namesIn(root), `save after being ${where}`).toEqual(visible(next));
}

function requireTold(
  name: CallName,
  { how, lasts, call, error, names, after, nextNames, next }: Failing,
): void {
  const version = CALLS[name].before.length + 1;
  const where = `${how} at ${call}: ${error?.message}`;
  requireSound(name, after, where);
  if (error !== null) {
    expect(error.name, where).toBe("CheckpointError");
    expect(error.message).not.toMatch(TEMPORARY);
  }
  const asSaved = saved(name, standing(name), version);
  if (how === "ENOSPC") expect(after, where).toEqual(error ? standing(name) : asSaved);
  const canClearUp = how === "ENOSPC" || !(lasts || /^(unlink|rmdir)/.test(call));
  if (canClearUp) expect(names, where).toEqual(visible(after));
  const since = saved(name, after, version + 1);
  expect(next, where).toEqual(since);
  expect(nextNames, where).toEqual(visible(since));
}

/** In a sample one in the middle and the last. */
function killed(calls: readonly string[]) {
  const all = numbered(calls, true);
  return all.filter(({ at }) => isMatrix || at === all.length >> 1 || at === all.length);
}
