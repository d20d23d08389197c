// An interrupt that comes as a cell is ending: whatever JavaScript it finds, the cell ends and the next one runs.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
const MOST_TICKS = 14;

test.each(Array.from({ length: MOST_TICKS }, (_, ticks) => ticks))(
  "a cell ends whose promise jobs are dropped %i ticks after its last statement",
  async (ticks) => {
    const { reply } = await kernel.interrupted(`void (async () => {
      ${BEGIN}
      for (let i = 0; i < ${ticks}; i++) await null;
      for (const end = performance.now() + 300; performance.now() < end; );
    })();`);
    expect(["ok", "error"]).toContain(reply["status"]);
    expect((await kernel.run("6 * 7")).result).toBe("42");
  },
);

test("a cell whose error is being made to text leaves its variables", async () => {
  await kernel.run("var kept = 41");
  const go = join(kernel.folder, "go on");
  const ending = kernel.interrupted(`
    const { existsSync } = await import("node:fs");
    const thrown = new Error("own");
    Error.prepareStackTrace = (error) => {
      if (globalThis.isShown === undefined) ${BEGIN}
      globalThis.isShown = true;
      while (!existsSync(${JSON.stringify(go)})) {}
      return String(error);
    };
    throw thrown;`);
  await kernel.said("is told to end");
  writeFileSync(go, "");
  const { reply } = await ending;
  expect(reply["ename"]).toBe("InterruptedError");
  expect((await kernel.run("delete Error.prepareStackTrace; kept + 1")).result).toBe("42");
});
