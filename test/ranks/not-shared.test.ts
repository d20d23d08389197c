// Ranks whose file systems are not one save nothing, rather than half a checkpoint each.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

/** A disk of its own in a folder's place, where this system lets us have one. */
const OWN_DISK = ["unshare", "--user", "--map-root-user", "--mount"];
const [unshare = "", ...args] = OWN_DISK;
const hasOwnDisk =
  spawnSync(unshare, [...args, "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

test.skipIf(!hasOwnDisk).each([{}, { useAsync: true }])(
  "a checkpoint is refused on all ranks where one has a disk of its own, with %o",
  async (options) => {
    const folder = scratchFolder();
    const mount = ["sh", "-c", `mount -t tmpfs none ${folder} && exec "$0" "$@"`];
    const within = (rank: number) => (rank === 1 ? [...OWN_DISK, ...mount] : []);
    await expect(
      runRanks("save-small.mjs", 2, { options: { folder, options }, within }),
    ).rejects.toThrow(
      /CheckpointError: rank 1: \S+step-00000002: this rank does not see the folder that rank 0 has begun here/,
    );
    expect(readdirSync(folder)).toEqual([]);
  },
);
