// Ranks that fail, die or hang alone: the cell ends at once and names them, and the others keep their variables.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { tries } from "../fixtures/matrix.js";
import { BEGIN, KernelUnderTest, useKernel } from "./kernel-under-test.js";

const kernel = useKernel({ NOTEBOOSTER_HANG_LIMIT_MS: "1500" });
const NUM_ERRORS = tries(4, 20);
/** `sum()` is a collective; `kept` differs by rank. */
const DEFINITIONS = `import { defaultGroup, full } from "notebooster";
const group = defaultGroup("cpu"), kept = full([3], rank + 1);
const sum = () => { const x = full([1], rank + 1); group.allReduce(x).wait(); return x.item(); };
let alive = \`rank \${rank}\`;
sum();`;

let isLaunched = false;
beforeEach(async () => {
  if (!isLaunched) await kernel.run("%cluster 2");
  if (!isLaunched) expect((await kernel.run(DEFINITIONS)).result).toBe("3");
  isLaunched = true;
});

/** Variables of both ranks are as they were, and they compute together. */
async function expectAllAlive(): Promise<void> {
  expect((await kernel.run("[alive, kept.sum().item(), sum()]")).result).toBe("[ 'rank 0', 3, 3 ]");
  expect((await kernel.run("%%rank 1\n[alive, kept.sum().item()]")).result).toBe("[ 'rank 1', 6 ]");
}

test(`an error on one rank, ${NUM_ERRORS} times, names rank and message and leaves all variables`, async () => {
  const times: number[] = [];
  for (let i = 0; i < NUM_ERRORS; i += 1) {
    const began = performance.now();
    const failing = i % 2;
    const { reply } = await kernel.run(
      `if (rank === ${failing}) throw new RangeError("only here ${i}"); sum();`,
    );
    times.push(Math.round(performance.now() - began));
    expect(reply["ename"]).toBe("RangeError");
    expect(reply["evalue"]).toBe(
      `only here ${i} (rank ${failing} failed first; stopped: rank ${1 - failing})`,
    );
    await expectAllAlive();
  }
  if (NUM_ERRORS >= 20) console.log(`ms from the cell to its error: ${times.join(" ")}`);
});

test("a rank that gives up while they connect keeps none waiting for it", async () => {
  const pid = Number((await kernel.run("%%rank 1\nprocess.pid")).result);
  await kernel.run('if (rank === 1) throw new Error("connect anew");');
  const begun = kernel.next(({ header }) => header.msg_type === "display_data");
  const ending = kernel.run(`
    const { readFileSync } = await import("node:fs");
    const until = async (file, text) => { while (!readFileSync(file, "latin1").includes(text)) await new Promise(setImmediate); };
    if (rank === 0) {
      let generation;
      globalThis[Symbol.for("notebooster.host")].connections.follow((used) => { generation = used; });
      await until(process.env.NOTEBOOSTER_RENDEZVOUS, "@" + generation + "/joined/1");
      process.kill(${pid}, "SIGSTOP");
      await until("/proc/${pid}/status", "State:\\tT");
      display("both came, one stands still");
    }
    sum();`);
  await begun;
  const told = kernel.next(({ content }) => String(content["text"]).includes("told to end"));
  await kernel.client.interrupt();
  await told; // the connections were given up
  process.kill(pid, "SIGCONT");
  expect((await ending).reply["ename"]).toBe("InterruptedError");
  await expectAllAlive();
});

test.each([
  ["a sub-group", "const part = group.subgroup([0, 1]);", "part.allReduce(full([1], 1)).wait();"],
  [
    "a gradient's communication",
    'import { allGatherSequence } from "notebooster/parallel";',
    "allGatherSequence(full([1, 2], 1), group);",
  ],
  ["a collective nobody waits for", "", "void group.allReduce(full([1], 1)); await 1;"],
])(
  "%s that one rank does not enter is given up, and the objects serve on",
  async (_, prepare, use) => {
    expect((await kernel.run(`${prepare} 1`)).reply["status"]).toBe("ok");
    const { reply } = await kernel.run(`if (rank === 1) throw new Error("not me"); ${use}`);
    expect(reply["evalue"]).toMatch(/^not me \(rank 1 failed first/);
    await expectAllAlive();
    expect((await kernel.run(use)).reply["status"]).toBe("ok");
  },
);

test("ranks whose calls differ are told both, keep their variables and compute together", async () => {
  const mine = ["full([2], 1)", "full([2], 1, { dtype: 'float64' })"];
  const { reply } = await kernel.run(`group.allReduce(rank === 0 ? ${mine.join(" : ")}).wait()`);
  expect(reply["ename"]).toBe("CollectiveError");
  expect(reply["evalue"]).toContain(
    "differ: rank 0: allReduce int64[2] sum, rank 1: allReduce float64[2] sum.",
  );
  await expectAllAlive();
});

test("process.exit on one rank ends neither process", async () => {
  const { reply } = await kernel.run("if (rank === 1) process.exit(3); sum();");
  expect(reply["evalue"]).toMatch(
    /process\.exit\(3\) would end every variable.*rank 1 failed first/,
  );
  await expectAllAlive();
});

test("a collective whose error the cell caught on all ranks does not spoil the next cell", async () => {
  const caught = await kernel.run(
    `try { if (rank === 1) group.abort(); sum(); console.log("done"); } catch (error) { console.log(error.name); }`,
  );
  expect(caught.reply["status"]).toBe("ok");
  expect(caught.stdout).toBe("CollectiveError\n");
  await expectAllAlive();
});

test("one interrupt ends a cell in which one rank waits for another in a collective; variables are intact", async () => {
  const { reply } = await kernel.interrupted(
    `if (rank === 0) { ${BEGIN} sum(); } else await new Promise(() => {});`,
  );
  expect(reply["ename"]).toBe("InterruptedError");
  await expectAllAlive();
});

test("one interrupt ends ranks that wait in different collectives", async () => {
  const { reply } = await kernel.interrupted(
    `if (rank === 0) { ${BEGIN} sum(); } else group.broadcast(full([70000], 1)).wait();`,
  );
  expect(reply["ename"]).toBe("InterruptedError");
  await expectAllAlive();
});

test("%cluster status is answered while a cell runs, without a subshell, and the cell goes on", async () => {
  const running = kernel.next(({ header }) => header.msg_type === "execute_input");
  const cell = kernel.run(
    "while (globalThis.goOn === undefined) await new Promise((r) => setTimeout(r, 10)); 'went on'",
  );
  await running;
  await expect
    .poll(async () => (await kernel.run("%cluster status")).stdout)
    .toMatch(/^2 ranks\nrank 0: pid/);
  const create = { type: "create_subshell_request", content: {} };
  const subshell = String((await kernel.client.request(create, "control")).content["subshell_id"]);
  await kernel.run("globalThis.goOn = true;", { subshell });
  expect((await cell).result).toBe("'went on'");
});

test("a rank that is stopped is named while the cell runs, and the cell ends when it goes on", async () => {
  const pid = Number((await kernel.run("%%rank 1\nprocess.pid")).result);
  const begun = kernel.next(({ header }) => header.msg_type === "execute_input");
  const mark = join(kernel.folder, "rank 1 is stopped");
  const cell = kernel.run(
    `const { existsSync } = require("node:fs");
    while (!existsSync(${JSON.stringify(mark)})) await new Promise((r) => setTimeout(r, 10)); sum()`,
  );
  await begun;
  process.kill(pid, "SIGSTOP");
  writeFileSync(mark, "");
  const told = await kernel.next(({ content }) => content["name"] === "stderr");
  expect(String(told.content["text"])).toMatch(
    new RegExp(`rank 1 \\(pid ${pid}\\) has not answered.*is stopped`),
  );
  process.kill(pid, "SIGCONT");
  expect((await cell).result).toBe("3");
});

test("a rank that is elsewhere while another waits in a collective is named", async () => {
  const told = kernel.next(({ content }) => content["name"] === "stderr");
  const cell = kernel.run("if (rank === 1) await new Promise(() => {}); sum()");
  expect(String((await told).content["text"])).toMatch(
    /rank 0 has been in allReduce #\d+ .*not there: rank 1 \(pid/,
  );
  await kernel.client.interrupt();
  await cell;
  await expectAllAlive();
});

test("a killed rank is told in its cell with pid and signal; only its variables are gone", async () => {
  const pid = (await kernel.run("%%rank 1\nprocess.pid")).result;
  const { reply } = await kernel.run(
    "if (rank === 1) process.kill(process.pid, 'SIGKILL');\nsum();",
  );
  expect(reply["ename"]).toBe("WorkerDied");
  expect(reply["evalue"]).toContain(`rank 1 (pid ${pid}) was killed by SIGKILL`);
  expect(reply["evalue"]).toContain("variables of rank 1 are gone, those of rank 0 live on");
  const here = await kernel.run("typeof alive + (rank === 0 ? kept.sum().item() : '')");
  expect(here.result).toBe("'string3'");
  expect((await kernel.run("%%rank 1\ntypeof alive")).result).toBe("'undefined'");
  expect(
    (await kernel.run(`%%rank 1\n${DEFINITIONS.replace(/sum\(\);$/, "")}`)).reply["status"],
  ).toBe("ok");
  await expectAllAlive(); // rank 0's group serves on with the fresh process
});

test("a rank that dies while no cell runs is told by the next cell, which does not run", async () => {
  const pid = Number((await kernel.run("%%rank 1\nprocess.pid")).result);
  const told = kernel.next(({ content }) => String(content["text"]).includes("SIGKILL"));
  process.kill(pid, "SIGKILL");
  await told;
  const { reply } = await kernel.run("globalThis.ran = true");
  expect(reply["ename"]).toBe("WorkerDied");
  expect((await kernel.run("typeof ran + alive")).reply["ename"]).toBe("ReferenceError"); // on rank 1
  expect((await kernel.run("%%rank 0\ntypeof ran + alive")).result).toBe("'undefinedrank 0'");
  isLaunched = false;
});

test("stopped workers end too when the kernel is killed", async () => {
  const other = new KernelUnderTest();
  await other.start();
  const { result } = await other.run(
    `import { spawn } from "node:child_process"; [process.pid, spawn("sleep", ["1000"]).pid]`,
  );
  const pids = [...(result ?? "").matchAll(/\d+/g)].map(Number);
  expect(pids).toHaveLength(2);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  other.running.process.kill("SIGKILL");
  for (const pid of pids)
    execFileSync("tail", [`--pid=${pid}`, "-f", "/dev/null"], { timeout: 5000 });
  await other.stop();
});
