// Outputs of a cell stand in the order in which its code made them, whichever way each takes and however long it is in the making.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputCollector } from "../../dist/kernel/cli/output-collector.js";
import type { Message } from "../../dist/kernel/wire/message.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

const HELD = `class Held {
  release!: (bundle: object) => void;
  readonly bundle = new Promise<object>((resolve) => { this.release = resolve; });
  [Symbol.for("Jupyter.display")]() { return this.bundle; }
}`;

/** What a notebook keeps of a cell's outputs: text of streams, the first line of displays. */
function outputs(messages: readonly Message[]): string[] {
  const cell = { cell_type: "code", source: "", metadata: {}, outputs: [] };
  const collector = new OutputCollector();
  for (const message of messages) collector.add(cell, message);
  return cell.outputs.map(({ text, data }: { text?: string[]; data?: Record<string, string[]> }) =>
    text === undefined ? `<${data?.["text/plain"]?.[0]?.trim() ?? ""}>` : text.join("").trim(),
  );
}

async function shown(code: string): Promise<string[]> {
  const { messages, error } = await kernel.run(code);
  expect(error).toBe("");
  return outputs(messages);
}

// The first test: the kernel has recorded no run yet, which is when it takes longest.
test("a run's plot stands where the run began, what is printed after it below", async () => {
  const all = await shown(`import { startRun } from "notebooster/report";
    console.log("before"); console.log("it");
    const run = startRun({ title: "First", totalSteps: 1 }); console.log("begun");
    run.step({ loss: 1 }); run.end(); console.log("ended");`);
  expect(all).toEqual(["before\nit", expect.stringMatching(/^<First: step 1\/1/), "begun\nended"]);
});

test("text of both streams, displays, plots, tables, bars and the result keep their order", async () => {
  const all = await shown(`import { progress } from "notebooster/report";
    console.log("1"); console.error("2"); display.html("<b>3</b>"); console.log("4"); display(Promise.resolve(5));
    process.stderr.write("6"); plot([7, 7]); console.log("8"); display.table([{ nine: 9 }]); console.error("10");
    for (const _ of progress([1, 2], { label: "11" })) console.log("12"); console.log("13"); "14"`);
  expect(all).toEqual([
    ...["1", "2", "<3>", "4", "<Promise { 5 }>", "6", "<values: 2 values from 7 to 7>", "8"],
    ...["<nine>", "10", expect.stringMatching(/^<11 100%/), "12\n12\n13", "<'14'>"],
  ]);
});

test("children that a cell waits for and that share its output keep their order with what it prints", async () => {
  const numbers = Array.from({ length: 60 }, (_, i) => i);
  const all = await shown(`import { execFileSync, execSync, spawnSync } from "node:child_process";
    for (let i = 0; i < 60; i += 3) {
      console.log("print", i); execSync("echo child " + i, { stdio: "inherit" });
      console.log("print", i + 1); spawnSync("echo", ["child", String(i + 1)], { stdio: [0, process.stdout, 2] });
      console.log("print", i + 2); execFileSync("echo", ["child", String(i + 2)], { stdio: ["ignore", 1, "pipe"] });
    }`);
  expect(all.join("\n").split("\n")).toEqual(numbers.flatMap((i) => [`print ${i}`, `child ${i}`]));
});

test("text and displays of a timer keep their order", async () => {
  const all = await shown(`await new Promise<void>((resolve) => setTimeout(() => {
      console.log("1"); display("2"); console.error("3"); display.markdown("4"); console.log("5"); resolve();
    }, 1));`);
  expect(all).toEqual(["1", "<'2'>", "3", "<4>", "5"]);
});

test("a display that takes its time has its place from the start", async () => {
  const all = await shown(`${HELD}
    const held = new Held();
    console.log("1"); display(held); console.log("3"); display("4");
    held.release({ "text/plain": "2" });`);
  expect(all).toEqual(["1", "<2>", "3", "<'4'>"]);
});

test("an update that takes its time does not replace a later one", async () => {
  const all = await shown(`${HELD}
    const early = new Held();
    const handle = display("first");
    handle.update(early); handle.update("last");
    early.release({ "text/plain": "early" }); await early.bundle; console.log("end");`);
  expect(all).toEqual(["<'last'>", "end"]);
});

test("what was printed before the workers are replaced is there, above what the kernel says of them", async () => {
  const [text] = await shown(
    'console.log("1"); console.log("2"); await cluster.launch({ numRanks: 1 }); console.log("3")',
  );
  const late = "(?:starting 1 rank, which does not listen yet \\.\\.\\.\\n)?"; // on a busy machine
  expect(text).toMatch(new RegExp(`^1\\n2\\n${late}1 rank[\\s\\S]*\\n3$`));
});

test("a run has its place among the outputs of the shown rank, whichever rank began it first", async () => {
  await kernel.run("%cluster 2");
  const mark = join(kernel.folder, "rank-1-began");
  const running =
    kernel.run(`import { startRun } from "notebooster/report"; import { existsSync, writeFileSync } from "node:fs";
    if (rank === 0) while (!existsSync(${JSON.stringify(mark)})) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log("before"); const both = startRun({ title: "Both" }); console.log("after");
    if (rank === 1) writeFileSync(${JSON.stringify(mark)}, "");
    both.step({ loss: 1 }); both.end();`);
  await expect.poll(() => existsSync(mark)).toBe(true);
  // what rank 1 says half a second before rank 0 is shown until rank 0 has said it, too
  const all = outputs((await running).messages).filter((output) => output !== "<>");
  expect(all).toEqual(["before", expect.stringMatching(/^<Both: step 1/), "after"]);
  const alone = await shown(`import { startRun } from "notebooster/report";
    if (rank === 1) { const run = startRun({ title: "Alone" }); run.step({ loss: 1 }); run.end(); }`);
  expect(alone).toEqual([expect.stringMatching(/^<Alone: step 1/)]);
});

test("what another rank says first is shown until the shown rank has said it, too", async () => {
  const go = join(kernel.folder, "rank-0-goes-on");
  const isFolded = kernel.said("[rank 1]");
  const running = kernel.run(`import { existsSync } from "node:fs";
    if (rank === 0) while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log("same");`);
  await isFolded;
  writeFileSync(go, "");
  expect(outputs((await running).messages)).toEqual(["<>", "same"]);
});
