// A save that fails in the background is told by the next step, on all ranks by the same one, once; training goes on as if nothing
// had been.
import path from "node:path";
import { expect, test } from "vitest";
import { faultsLibrary } from "../fixtures/faults/library.js";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

interface Told {
  readonly name: string;
  readonly message: string;
  readonly path: string;
  readonly atStep: number;
}

interface Result {
  readonly losses: readonly number[];
  readonly errors: readonly Told[];
  readonly finished: string;
  readonly folder: string;
}

const library = faultsLibrary();

function train(
  numRanks: number,
  options: { readonly root: string; readonly rank?: number; readonly numSteps?: number },
) {
  const environment = { LD_PRELOAD: library, FAULT_FOLDER: options.root, OMP_NUM_THREADS: "1" };
  return runRanks("save-behind-steps.mjs", numRanks, { options, environment }) as Promise<Result[]>;
}

test.each([
  { numRanks: 1, rank: 0 },
  { numRanks: 2, rank: 0 },
  { numRanks: 2, rank: 1 },
])(
  "optimizer.step() throws once, on all of $numRanks ranks, what rank $rank could not write behind it",
  async ({ numRanks, rank }) => {
    const root = path.join(scratchFolder(), "checkpoints");
    const ranks = await train(numRanks, { root, rank });
    const [first] = ranks as [Result];
    const who = numRanks === 1 ? "" : `rank ${rank}: `;
    expect(first.errors).toHaveLength(1);
    expect(first.errors[0]?.name).toBe("CheckpointError");
    expect(first.errors[0]?.message).toMatch(
      new RegExp(`^${who}${root}/\\S*step-00000002\\S*: the disk is full.*The step was made`),
    );
    expect(first.finished).toContain("the disk is full");
    expect(first.folder).toBe(path.join(root, "step-00000003"));
    for (const other of ranks) expect(other).toEqual(first);
    const undisturbed = {
      root: path.join(scratchFolder(), "other"),
      numSteps: first.losses.length,
    };
    expect((await train(numRanks, undisturbed))[0]?.losses).toEqual(first.losses);
  },
);
