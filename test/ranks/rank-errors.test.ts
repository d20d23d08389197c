// A rank fails alone while the others wait for it, in every way they can: they are told at once, keep what they hold, and all
// compute together afterwards. The program is that of test/gpu/rank-errors.mjs.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RankSession } from "../fixtures/rank-session.mjs";

type Outcome = { value?: unknown; error?: string; code?: string };

describe.each([2, 3])("between %i ranks", (size) => {
  let session: RankSession;
  const ranks = Array.from({ length: size }, (_, rank) => rank);
  const sum = (size * (size + 1)) / 2;

  beforeAll(async () => {
    session = new RankSession(size, { OMP_NUM_THREADS: "1" });
    expect(await session.run("begin")).toEqual(ranks.map(() => ({ value: sum })));
  });
  afterAll(() => session.end());

  test.each(["allReduce", "queue", "receive", "gradient", "newGroup", "forgotten"])(
    "%s",
    async (how) => {
      const outcomes = (await session.run("fail", { how, failing: 1 })) as Outcome[];
      for (const [rank, outcome] of outcomes.entries()) {
        if (rank === 1) expect(outcome.error).toBe(`only here: ${how}`);
        else if (how === "forgotten") expect(outcome.value).toBe("done");
        else
          expect(outcome).toMatchObject({
            code: "ERR_COLLECTIVE",
            error: expect.stringMatching(/given up: rank 1 failed/),
          });
      }
      const edges = size === 2 ? 3 : 1 + size;
      const held = ranks.map((rank) => ({
        value: {
          weights: 1000 * (rank + 1),
          sum,
          ...([0, size - 1].includes(rank) ? { half: edges } : {}),
        },
      }));
      expect(await session.run("held")).toEqual(held);
    },
  );
});
