// How a process that has loaded libtorch ends: with its own status and all that it wrote, and without taking libtorch apart.

import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const LINE = "0123456789".repeat(10);

function ended(code: string, environment: NodeJS.ProcessEnv = {}) {
  const program = `import { tensor } from "notebooster";\n${code}`;
  const args = ["--input-type=module", "-e", program];
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, args, { encoding: "utf8", env });
}

test.each([
  ["process.exitCode = 3;", 3],
  ["process.exit(4);", 4],
  ["throw new Error('thrown');", 1],
  ["tensor([1]);", 0],
])("%s ends with %i", (code, status) => {
  expect(ended(code).status).toBe(status);
});

test("what was written is there, and no library is taken apart", () => {
  const code = `for (let i = 0; i < 10_000; i++) console.log("${LINE}");`;
  const { stdout, stderr, status } = ended(code, { LD_DEBUG: "files" });
  expect(status).toBe(0);
  expect(stdout).toBe(`${LINE}\n`.repeat(10_000));
  expect(stderr).toMatch(/calling init: .*libtorch_cpu/);
  expect(stderr).not.toMatch(/calling fini: .*libtorch_cpu/);
});
