// The table of tensors grows while one of its tensors is read: in a child process, which a stale reference would end.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PROGRAM = fileURLToPath(new URL("../fixtures/many-tensors.mjs", import.meta.url));

test("20,000 leaves of one output are leaves with its numbers", () => {
  const printed = execFileSync(process.execPath, [PROGRAM], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual({ areLeaves: true, sum: 80_000 });
});
