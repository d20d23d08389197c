// Launching ranks: more than the host can bear are refused, and an interrupt ends the wait for them.

import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

test.each([
  ["%cluster 1000", "%cluster 1000"],
  ["await cluster.launch({ numRanks: 1000 })", "cluster.launch({ numRanks: 1000 })"],
])("%s is refused with the numbers, and variables stay", async (code, asked) => {
  await kernel.run("var kept = 41; undefined");
  const { error } = await kernel.run(code);
  expect(error).toContain(`RangeError: ${asked}: this host has ${availableParallelism()} cores, `);
  expect(error).toMatch(/GPUs and [\d.]+ GiB of memory, which bear \d+ ranks \(4 a core, /);
  expect((await kernel.run("kept + 1")).result).toBe("42");
});

test("an interrupt of %cluster ends the wait, and the next cell runs on all ranks", async () => {
  const begun = kernel.next(({ header }) => header.msg_type === "execute_input");
  const launching = kernel.run("%cluster 2");
  await begun;
  await kernel.client.interrupt();
  const { error, reply } = await launching;
  expect(reply["ename"]).toBe("InterruptedError");
  expect(error).toContain("2 ranks go on starting and the next cell waits for them");
  expect((await kernel.run("worldSize")).result).toBe("2");
});

test("%debug names a rank that is not there", async () => {
  const { error } = await kernel.run("%debug rank 5");
  expect(error).toContain("there is no rank 5; %cluster status lists those that are");
});
