// An interrupt that comes as a cell is ending: whatever JavaScript it finds, the cell ends and the next one runs.

import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
const MOST_TICKS = 14;

test.each(Array.from({ length: MOST_TICKS }, (_, ticks) => ticks))(
  "a cell ends whose promise jobs are dropped %i ticks after its last statement",
  async (ticks) => {
    const { reply } = await kernel.interrupted(`void (async () => {
      for (let i = 0; i < ${ticks}; i++) await null;
      for (const end = performance.now() + 300; performance.now() < end; );
    })();`);
    expect(["ok", "error"]).toContain(reply["status"]);
    expect((await kernel.run("6 * 7")).result).toBe("42");
  },
);
