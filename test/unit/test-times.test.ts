// What `npm test` says of the time that its parts took.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { TestTimes } from "../../setup/test-times.mjs";

test("each part's seconds stand beside its budget, and what took longer is told", async () => {
  const times = new TestTimes({ quick: 100, slow: 0 });
  expect(await times.measure("quick", async () => "its result")).toBe("its result");
  await times.measure("slow", () => sleep(600));
  const told = times.table(true).split("\n");
  expect(told).toEqual([
    expect.stringMatching(/^quick +0 s of 100$/),
    expect.stringMatching(/^slow +[1-9] s of {3}0 {2}over its budget$/),
    expect.stringMatching(/^all +[1-9] s$/),
  ]);
  expect(times.table(false)).not.toContain("of");
});
