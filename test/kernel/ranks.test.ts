// SPMD cells on two ranks: environment, folded output, errors, death, restart.

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { BEGIN, KernelUnderTest, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

async function launch(numRanks: number): Promise<void> {
  expect((await kernel.run(`%cluster ${numRanks}`)).stdout).toContain(
    "variables of earlier cells are gone",
  );
}

test("each rank gets the torchrun contract and one rendezvous per launch", async () => {
  await launch(2);
  const names = "['RANK', 'WORLD_SIZE', 'LOCAL_RANK', 'LOCAL_WORLD_SIZE']";
  expect((await kernel.run(`${names}.map((name) => process.env[name])`)).result).toBe(
    "[ '0', '2', '0', '2' ]",
  );
  expect(
    (await kernel.run(`%%rank 1\n[rank, worldSize, ...${names}.map((name) => process.env[name])]`))
      .result,
  ).toBe("[ 1, 2, '1', '2', '1', '2' ]");
  const first = (await kernel.run("process.env.NOTEBOOSTER_RENDEZVOUS")).result;
  expect((await kernel.run("%%rank 1\nprocess.env.NOTEBOOSTER_RENDEZVOUS")).result).toBe(first);
  await launch(2);
  expect((await kernel.run("process.env.NOTEBOOSTER_RENDEZVOUS")).result).not.toBe(first);
});

test("rank 0 is shown plainly, equal output once, other output folded under its rank", async () => {
  await launch(2);
  const same = await kernel.run("console.log('same'); rank");
  expect(same.stdout).toBe("same\n");
  expect(same.result).toBe("0");
  expect(same.messages.filter(({ header }) => header.msg_type === "display_data")).toEqual([]);
  const differing = await kernel.run("console.log('<rank>', rank)");
  expect(differing.stdout).toBe("<rank> 0\n");
  const [fold] = differing.messages.filter(({ header }) => header.msg_type === "display_data");
  const data = fold?.content["data"] as Record<string, string>;
  expect(data["text/plain"]).toBe("[rank 1]\n<rank> 1");
  expect(data["text/html"]).toContain("<summary>rank 1: 1 line</summary><pre>&lt;rank&gt; 1");
});

test("the first rank that fails names the error, and the others are stopped", async () => {
  await launch(2);
  const { reply } = await kernel.run(
    "if (rank === 1) throw new Error('only here');\nwhile (true) {}",
  );
  expect(reply).toMatchObject({ status: "error", ename: "Error" });
  expect(reply["evalue"]).toBe("only here (rank 1 failed first; stopped: rank 0)");
  expect((await kernel.run("worldSize")).result).toBe("2");
});

test("await cluster.launch() starts ranks, and the rest of the cell runs on them", async () => {
  await launch(1);
  const { stdout, result, messages } = await kernel.run(
    "const before = 1;\nawait cluster.launch({ numRanks: 2 });\nconsole.log(worldSize, typeof before);\nrank + 40",
  );
  expect(stdout).toContain("2 ranks");
  expect(stdout).toContain("variables of earlier cells are gone");
  expect(stdout).toContain("2 undefined\n");
  expect(result).toBe("40");
  expect(messages.some(({ header }) => header.msg_type === "error")).toBe(false);
  const wrong = await kernel.run("1;\nawait cluster.launch({ numRanks: 1 });\nnull.oops");
  expect(wrong.error).toContain("line 3");
  expect((await kernel.run("await cluster.launch({ numRanks: 0 })")).error).toContain(
    "positive integer",
  );
});

test("%cluster status names the last collective of ranks that hang in it", async () => {
  await launch(2);
  const hanging = kernel.run(
    "const host = globalThis[Symbol.for('notebooster.host')]; host.noteCollective({ name: 'barrier', number: 3, group: 'world', ranks: [0, 1] });\nwhile (true) {}",
  );
  await kernel.next(({ header }) => header.msg_type === "execute_input");
  const create = { type: "create_subshell_request", content: {} };
  const subshell = String((await kernel.client.request(create, "control")).content["subshell_id"]);
  const named = async () => {
    const { stdout } = await kernel.run("%cluster status", { subshell });
    return stdout.match(/last collective barrier #3 of group world/g)?.length;
  };
  try {
    await expect.poll(named).toBe(2); // the cell's input is told before the ranks run it
  } finally {
    await kernel.client.interrupt();
    await hanging;
  }
});

test("%cluster status names pid and memory of each rank", async () => {
  await launch(2);
  const { stdout } = await kernel.run("%cluster status");
  expect(stdout).toMatch(
    /^2 ranks\nrank 0: pid \d+, memory \d+ MiB.*\nrank 1: pid \d+, memory \d+ MiB/,
  );
});

test("one interrupt ends a cell on all ranks", async () => {
  await launch(2);
  expect((await kernel.interrupted(`${BEGIN} while (true) {}`)).reply["ename"]).toBe(
    "InterruptedError",
  );
  expect((await kernel.run("rank + worldSize")).result).toBe("2");
});

test("a worker that aborts or exits natively is told by its signal or code", async () => {
  await launch(1);
  expect((await kernel.run("process.abort()")).reply["evalue"]).toContain("SIGABRT");
  expect((await kernel.run("process.reallyExit(9)")).reply["evalue"]).toContain(
    "exited with code 9",
  );
  await launch(1);
});

test.each([
  ["the kernel is killed", (other: KernelUnderTest) => other.running.process.kill("SIGKILL")],
  ["the kernel is told to end", (other: KernelUnderTest) => other.running.process.kill("SIGTERM")],
  ["the worker is killed", (_: KernelUnderTest, worker: number) => process.kill(worker, "SIGKILL")],
])("workers and their children end when %s, however busy they are", async (_, end) => {
  const other = new KernelUnderTest();
  await other.start();
  const { result } = await other.run(
    `import { spawn } from "node:child_process";
     [process.pid, spawn("sleep", ["1000"]).pid, spawn("sh", ["-c", "sleep 1000 & wait"], { stdio: "inherit" }).pid]`,
  );
  const pids = [...(result ?? "").matchAll(/\d+/g)].map(Number);
  expect(pids).toHaveLength(3);
  void other.run("while (true) {}").catch(() => undefined);
  await other.next(({ header }) => header.msg_type === "execute_input");
  end(other, pids[0] ?? 0);
  for (const pid of pids) await gone(pid);
  await other.stop();
});

/** Resolves when the process has ended; `tail --pid` watches it without a guess at how long that takes. */
async function gone(pid: number): Promise<void> {
  execFileSync("tail", [`--pid=${pid}`, "-f", "/dev/null"], { timeout: 5000 });
}
