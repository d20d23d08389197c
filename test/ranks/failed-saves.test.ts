// A save or load that fails on one rank fails on all with one error; the checkpoint before it stays, and training goes on.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { faultsLibrary } from "../fixtures/faults/library.js";
import { isMatrix } from "../fixtures/matrix.js";
import { scratchFolder } from "../fixtures/scratch.js";

interface Failure {
  readonly what: string;
  readonly name: string;
  readonly message: string;
  readonly at: number;
  readonly isOwnClass: string;
}

interface Result {
  readonly failures: readonly Failure[];
  readonly losses: readonly number[];
  readonly left: readonly number[];
  readonly step: number;
  readonly after: readonly string[];
}

const launcher = fileURLToPath(new URL("../fixtures/launch-ranks.mjs", import.meta.url));
/** Disks of our own, which nobody else sees, where this system lets us have them. */
const OWN_DISKS = ["--user", "--map-root-user", "--mount"];
const hasOwnDisks =
  spawnSync("unshare", [...OWN_DISKS, "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

const ROUNDS = isMatrix ? 20 : 4;
const TIMEOUT_MS = 120_000 + ROUNDS * 30_000;
const library = faultsLibrary();

test.skipIf(!hasOwnDisks)(
  "a full, a failing and a read-only disk, and a folder missing on one rank, are the same error on both; training goes on",
  { timeout: TIMEOUT_MS },
  () => {
    const [full, readOnly, good] = folders("full", "read-only", "good");
    const [first, second] = run(
      { rounds: ROUNDS, full, readOnly, good },
      `mount -t tmpfs -o size=3m none ${full} && mount -t tmpfs -o ro none ${readOnly}`,
    );
    expect(first.failures).toHaveLength(7 * ROUNDS);
    for (const [i, failure] of first.failures.entries()) {
      const other = second.failures[i] as Failure;
      expect({ ...other, at: 0 }).toEqual({ ...failure, at: 0 });
      expect(Math.abs(other.at - failure.at), failure.what).toBeLessThan(10_000);
      expect(failure, failure.what).toMatchObject({
        name: "CheckpointError",
        isOwnClass: "CheckpointError",
      });
      expect(failure.message, failure.what).toMatch(expected(failure.what));
      expect(failure.message).not.toMatch(/\.new-\d/); // the folder's name until it is whole
    }
    expect(first.left).toEqual([]);
    const [undisturbed] = run({ rounds: ROUNDS, good }, "true");
    expect(first.losses).toEqual(undisturbed.losses);
    expect(first.step).toBe(2 + ROUNDS);
    expect(first.after).toEqual(undisturbed.after);
  },
);

function expected(what: string): RegExp {
  if (what.includes("read-only")) return /^rank 0: \S+read-only\S*: .*read-only/;
  if (what.includes("missing")) return /^rank 1: \S+none: /;
  const failing = /EIO on rank (\d)/.exec(what)?.[1];
  if (failing !== undefined)
    return new RegExp(`^rank ${failing}: \\S+full\\S*: .*failed \\(EIO\\)`);
  return /^rank [01]: \S+full\S*: .*(disk is full|bytes on disk)/;
}

function folders(...names: string[]): string[] {
  const scratch = scratchFolder();
  return names.map((name) => {
    const folder = join(scratch, name);
    mkdirSync(folder);
    return folder;
  });
}

/** Two ranks, after a shell command that makes their disks. */
function run(options: object, disks: string): [Result, Result] {
  const command = `${disks} && exec "$0" "$@"`;
  const preloaded =
    "full" in options ? { LD_PRELOAD: library, FAULT_FOLDER: String(options.full) } : {};
  const program = ["failing-saves.mjs", "2", JSON.stringify(options)];
  const { stdout, stderr } = spawnSync(
    "unshare",
    [...OWN_DISKS, "sh", "-c", command, process.execPath, launcher, ...program],
    { encoding: "utf8", env: { ...process.env, ...preloaded, OMP_NUM_THREADS: "1" } },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as [Result, Result];
}
