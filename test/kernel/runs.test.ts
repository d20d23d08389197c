// What the output of a cell says of its run and its bar once the cell has ended, however it did.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Message } from "../../dist/kernel/wire/message.js";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
const RUN_MIME = "application/vnd.notebooster.run.v1+json";
const PROGRESS_MIME = "application/vnd.notebooster.progress.v1+json";

type Data = Record<string, unknown>;

const LOOP = `import { progress, startRun } from "notebooster/report";
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));`;

/** The newest output of each kind. */
function newest(messages: readonly Message[], mime: string): Data | undefined {
  const bundles = messages.map(({ content }) => content["data"] as Data | undefined);
  return bundles.findLast((data) => data && mime in data);
}

function outcomeOf(messages: readonly Message[]): unknown[] {
  const run = newest(messages, RUN_MIME);
  const bar = newest(messages, PROGRESS_MIME);
  const { outcome } = Object(run?.[RUN_MIME]) as { outcome?: unknown };
  return [outcome, Object(bar?.[PROGRESS_MIME])["outcome"], String(bar?.["text/plain"])];
}

test("a cell that fails leaves its run and its bar failed, one that ends well finished", async () => {
  await kernel.run(LOOP);
  const steps = (total: number, end: string) => `{
    using run = startRun({ title: "t" });
    for (const i of progress([0, 1, 2, 3])) { run.step({ loss: i }); if (i === ${total}) ${end} }
  }`;
  const failed = await kernel.run(steps(2, "throw new Error('here')"));
  expect(outcomeOf(failed.messages)).toEqual([
    "failed",
    "failed",
    expect.stringMatching(/2\/4 +· failed/),
  ]);
  expect(String(newest(failed.messages, RUN_MIME)?.["text/plain"])).toMatch(/^t: failed · step 3/);
  const unknown = await kernel.run(
    "for (const i of progress(Array(4).keys())) if (i === 2) throw new Error('here')",
  );
  expect(outcomeOf(unknown.messages)[2]).toMatch(/^2 +· failed/);
  const fine = await kernel.run(steps(9, ";"));
  expect(outcomeOf(fine.messages).slice(0, 2)).toEqual(["finished", "finished"]);
});

test("an interrupted cell leaves them interrupted, and another cell may go on with the run", async () => {
  await kernel.run(`${LOOP}\nconst kept = startRun({ title: "kept", totalSteps: 20 });`);
  const { messages } = await kernel.interrupted(
    `for (const i of progress(Array.from({ length: 9000 }, (_, i) => i))) { if (i < 5) kept.step({ step: i + 1, loss: i }); else if (i === 5) ${BEGIN} await wait(5); }`,
  );
  expect(outcomeOf(messages).slice(1)).toEqual([
    ...["interrupted", expect.stringMatching(/\/9000 +· interrupted/)],
  ]);
  const outputs: Message[] = [];
  kernel.client.onIopub = (message) => outputs.push(message);
  await kernel.run("for (let i = 5; i < 12; i++) kept.step({ step: i + 1, loss: i });");
  await expect.poll(() => outcomeOf(outputs)[0]).toBe(null);
  await kernel.run("for (let i = 12; i < 20; i++) kept.step({ step: i + 1, loss: i });");
  await expect.poll(() => outcomeOf(outputs)[0]).toBe("finished"); // all planned steps are made
});

test("what a model said in a loop of one's own is shown as a table, in a new worker as well", async () => {
  await kernel.run(`${LOOP}
    const told = startRun({ title: "told" });
    for (const step of [1, 2]) {
      told.step({ step, loss: 1 / step });
      told.addSamples([{ prompt: "Once", text: "upon " + step }]);
    }`);
  const before = await kernel.run("told.samples");
  const { result: runId } = await kernel.run("told.runId");
  expect(before.result).toBe("step  prompt  text\n1     Once    upon 1\n2     Once    upon 2");
  await kernel.run("%cluster restart");
  const after = await kernel.run(
    `import { readSamples } from "notebooster/report";\nreadSamples("runs/" + ${runId})`,
  );
  expect(after.error).toBe("");
  expect(after.result).toBe(before.result);
  const html = (of: readonly Message[]) => newest(of, "text/html")?.["text/html"];
  expect(html(after.messages)).toContain(">upon 2</td>");
  expect(html(after.messages)).toBe(html(before.messages));
});

test("workers that die leave run and bar failed", async () => {
  const dying = await kernel.run(`${LOOP}
    const lost = startRun({ title: "lost" });
    for (const i of progress(Array(9).keys())) { lost.step({ loss: i }); if (i === 3) process.kill(process.pid, "SIGKILL"); await wait(1); }`);
  expect(dying.reply["ename"]).toBe("WorkerDied");
  expect(outcomeOf(dying.messages)).toEqual([
    ...["failed", "failed", expect.stringMatching(/^\d +· failed/)],
  ]);
  await kernel.run("%cluster 1");
});

test("a worker that an interrupt kills leaves them interrupted", async () => {
  const mark = join(kernel.folder, "in the shell");
  const cell = kernel.run(`${LOOP}
    import { execSync } from "node:child_process";
    const stuck = startRun({ title: "stuck" });
    for (const i of progress(Array(9).keys())) { stuck.step({ loss: i }); await wait(150); if (i === 3) execSync("touch '${mark}'; sleep 1000"); }`);
  await expect.poll(() => existsSync(mark)).toBe(true);
  const isAnnounced = kernel.said("interrupt again to kill it");
  await kernel.client.interrupt();
  await isAnnounced;
  await kernel.client.interrupt();
  const { reply, messages } = await cell;
  expect(reply["ename"]).toBe("InterruptedError");
  expect(outcomeOf(messages)).toEqual([
    ...["interrupted", "interrupted", expect.stringMatching(/^3 +· interrupted/)],
  ]);
});

test("a page that asks over a comm hears how its bar goes on", async () => {
  const ending = kernel.run(
    `${LOOP}\nfor (const i of progress(Array(12).keys())) await wait(30); undefined`,
  );
  const shown = await kernel.next(({ content }) => newestId(content) !== undefined);
  const heard: Data[] = [];
  kernel.client.onIopub = ({ content }) => {
    if (content["comm_id"] === "bar") heard.push((content["data"] as { model: Data }).model);
  };
  const data = { id: newestId(shown.content) };
  const content = { comm_id: "bar", target_name: "notebooster.progress", data };
  kernel.client.send({ type: "comm_open", content });
  await ending;
  await expect.poll(() => heard.at(-1)).toMatchObject({ count: 12, outcome: "finished" });
  expect(heard.length).toBeGreaterThan(1);
});

function newestId(content: Record<string, unknown>): unknown {
  const data = content["data"] as Data | undefined;
  return Object(data?.[PROGRESS_MIME])["id"];
}
