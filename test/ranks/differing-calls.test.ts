// Rank 1 makes another call than the others, in every way that calls can differ: all ranks are told at once, in the same words
// that name both calls, none of them dies, and all compute together afterwards.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RankSession } from "../fixtures/rank-session.mjs";

type Outcome = { value?: unknown; error?: string; code?: string };

/** What rank 0 and what rank 1 called. */
const CALLS: readonly (readonly [how: string, rank0: string, rank1: string])[] = [
  ["another dtype", "allReduce float32[2] sum", "allReduce int32[2] sum"],
  ["a wider dtype", "allReduce float32[2] sum", "allReduce float64[2] sum"],
  ["another size", "allReduce float32[2] sum", "allReduce float32[3] sum"],
  ["another shape", "allReduce float32[3, 2] sum", "allReduce float32[2, 3] sum"],
  ["another reduction", "allReduce float32[2] sum", "allReduce float32[2] max"],
  ["another operation", "allReduce float32[2] sum", "broadcast float32[2] root 0"],
  ["a barrier", "allReduce float32[2] sum", "barrier"],
  ["another root", "broadcast float32[2] root 0", "broadcast float32[2] root 1"],
  ["a broadcast of another size", "broadcast float32[3] root 0", "broadcast float32[2] root 0"],
  ["a reduction to another root", "reduce float32[2] sum root 0", "reduce float32[2] sum root 1"],
  ["an allGather of another size", "allGather float32[2]", "allGather float32[3]"],
  [
    "an allGather into a list of another size",
    "allGather float32[2] into a list",
    "allGather float32[3] into a list",
  ],
  [
    "a reduceScatter with another reduction",
    "reduceScatter float32[2] sum",
    "reduceScatter float32[2] max",
  ],
  [
    "a reduceScatter of a list of another size",
    "reduceScatter float32[2] sum of a list",
    "reduceScatter float32[3] sum of a list",
  ],
  ["a gather of another size", "gather float32[2] root 0", "gather float32[3] root 0"],
  ["a scatter of another size", "scatter float32[2] root 0", "scatter float32[3] root 0"],
  ["another size in a sub-group", "allReduce float32[2] sum", "allReduce float32[3] sum"],
  [
    "another size in the second of two under way",
    "allReduce float32[2] sum",
    "allReduce float32[3] sum",
  ],
  [
    "another size in communication with a gradient",
    "allGather float32[1, 2]",
    "allGather float32[1, 3]",
  ],
];

/** Between rank 0 and rank 1 alone. */
const TRANSFERS: typeof CALLS = [
  ["a message of another size", "send float32[2] peer 1", "receive float32[3] peer 0"],
  ["a larger message", "send float32[3] peer 1", "receive float32[2] peer 0"],
  ["a message of another dtype", "send int32[2] peer 1 tag 4", "receive float32[2] peer 0 tag 4"],
];

/** Far below the ranks' timeout, which what hangs would wait for. */
const AT_ONCE_MS = 15_000;

describe.each([2, 3])("between %i ranks", (size) => {
  let session: RankSession;
  const ranks = Array.from({ length: size }, (_, rank) => rank);
  const sum = (size * (size + 1)) / 2;

  beforeAll(async () => {
    session = new RankSession(size, { OMP_NUM_THREADS: "1", NOTEBOOSTER_TIMEOUT_MS: "60000" });
    expect(await session.run("begin")).toEqual(ranks.map(() => ({ value: sum })));
  });
  afterAll(() => session.end());

  async function differ(how: string): Promise<Outcome[]> {
    const began = performance.now();
    const outcomes = (await session.run("differ", { how })) as Outcome[];
    expect(performance.now() - began).toBeLessThan(AT_ONCE_MS);
    for (const { code } of outcomes) expect(code).toBe("ERR_COLLECTIVE");
    return outcomes;
  }

  async function expectAllAlive(): Promise<void> {
    const held = (await session.run("held")) as { value: { weights: number; sum: number } }[];
    for (const [rank, { value }] of held.entries())
      expect(value).toMatchObject({ weights: 1000 * (rank + 1), sum });
  }

  /** Of three ranks two may differ before the third has told its call. */
  const sentences = (rank0: string, rank1: string): readonly string[] => {
    const ofTwo = `rank 0: ${rank0}, rank 1: ${rank1}.`;
    if (size === 2) return [ofTwo];
    return [
      `ranks 0, 2: ${rank0}, rank 1: ${rank1}.`,
      ofTwo,
      `rank 1: ${rank1}, rank 2: ${rank0}.`,
    ];
  };

  test.each(CALLS)("%s", async (how, rank0, rank1) => {
    const outcomes = await differ(how);
    const told = sentences(rank0, rank1).map((sentence) => `differ: ${sentence}`);
    for (const { error } of outcomes)
      expect(
        told.some((one) => error?.includes(one)),
        error,
      ).toBe(true);
    await expectAllAlive();
  });

  test.each(TRANSFERS)("%s", async (how, rank0, rank1) => {
    const outcomes = await differ(how);
    for (const { error } of outcomes)
      expect(error).toContain(`differ: rank 0: ${rank0}, rank 1: ${rank1}.`);
    await expectAllAlive();
  });

  test("rows that the receiver does not expect", async () => {
    const outcomes = await differ("rows that the receiver does not expect");
    const ones = ranks.map(() => 1).join(", ");
    const more = ranks.map((rank) => (rank === 0 ? 2 : 1)).join(", ");
    for (const { error } of outcomes)
      expect(error).toContain(
        `: allToAll float32[${size}] into float32[${size}], rows sent [${ones}], received [${ones}], rank 1: allToAll float32[${size + 1}] into float32[${size}], rows sent [${more}], received [${ones}].`,
      );
    await expectAllAlive();
  });
});
