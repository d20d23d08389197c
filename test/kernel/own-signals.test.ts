// Cells that signal their own process: what does not end it leaves the kernel as it was, or says what to do.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

test("a cell that stops its process goes on when it is continued, and so do later cells", async () => {
  const pid = Number((await kernel.run("process.pid")).result);
  const stopped = kernel.run('let kept = 1; process.kill(process.pid, "SIGSTOP"); kept + 1');
  await expect.poll(() => stateOf(pid)).toBe("T");
  process.kill(pid, "SIGCONT");
  expect(await stopped).toMatchObject({ error: "", result: "2" });
  expect(await kernel.run("[process.pid === kept, kept]")).toMatchObject({
    result: "[ false, 1 ]",
  });
});

test.each(["SIGWINCH", "SIGCONT", "SIGCHLD", "SIGURG"])(
  "a cell that sends its process %s changes nothing",
  async (name) => {
    expect((await kernel.run(`process.kill(process.pid, "${name}")`)).result).toBe("true");
    expect((await kernel.run("1 + 1")).result).toBe("2");
  },
);

test("a process that Node has torn down for a signal to its group says what to do", async () => {
  await kernel.run('process.kill(0, "SIGWINCH")');
  expect((await kernel.run("1 + 1")).error).toContain(
    "this process can run no more cells, restart the kernel: ",
  );
});

/** As ps(1) shows it. */
function stateOf(pid: number): string | undefined {
  return / (\w) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/, ""))?.[1];
}
