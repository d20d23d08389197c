// What the shell does for a cell: `%sh`, `%%sh`, and how long cells take.

import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

test("%sh runs a command in the notebook's folder, before the cell's own code", async () => {
  const { stdout, result } = await kernel.run(
    `%sh pwd; echo "a  b" | tr a-z A-Z; echo late >&2\n1 + 1`,
  );
  expect(stdout).toContain(`${kernel.folder}\n`);
  expect(stdout).toContain("A  B\n");
  expect(stdout).toContain("late\n");
  expect(result).toBe("2");
});

test("%%sh makes the rest of the cell a script, which TypeScript never sees", async () => {
  const script = "for i in 1 2 3; do\n  echo \"line $i: 'é'\"\ndone";
  const { stdout, stderr, reply } = await kernel.run(`\n%%sh\n${script}`);
  expect(reply["status"]).toBe("ok");
  expect(stdout).toBe("line 1: 'é'\nline 2: 'é'\nline 3: 'é'\n");
  expect(stderr).toBe("");
  const content = {
    code: `%%sh
${script}`,
  };
  const complete = await kernel.client.request({ type: "is_complete_request", content });
  expect(complete.content["status"]).toBe("complete");
});

test("a command that fails fails the cell, whose code does not run", async () => {
  const { error, result } = await kernel.run("%sh echo before; exit 3\n1 + 1");
  expect(error).toContain("the shell failed: it ended with code 3");
  expect(result).toBeUndefined();
  expect((await kernel.run("%sh")).error).toContain("use %sh COMMAND");
});

test("an interrupt ends a script with everything it started", async () => {
  const mark = `37${process.pid}`;
  const ending = kernel.run(`%%sh
echo running
sleep ${mark} | cat`);
  await kernel.next((message) => message.header.msg_type === "stream");
  await kernel.client.interrupt();
  const { error } = await ending;
  expect(error).toContain("it was interrupted");
  await delay(200);
  const { stdout } = await kernel.run(`%sh pgrep -f "[s]leep ${mark}" || echo none`);
  expect(stdout).toBe("none\n");
});

test("%%time says how long a cell took, beside its result", async () => {
  const code = "%%time\nawait new Promise((done) => setTimeout(done, 1100));\n'done'";
  const { stdout, result } = await kernel.run(code);
  expect(stdout).toMatch(/^wall time: 1\.[1-9]\d* s\n$/);
  expect(result).toBe("'done'");
  expect((await kernel.run("%%time\n1")).stdout).toMatch(/^wall time: [\d.]+ ms\n$/);
});
