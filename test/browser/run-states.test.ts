// What JupyterLab says of a run at each moment: the badge above the plot, its line of values and the bar.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { type LabServer, startLab } from "./lab-server.js";
import { NotebookPage, startBrowser } from "./notebook-page.js";
import { writeNotebook } from "./write-notebook.js";

const pictures = fileURLToPath(new URL("../output", import.meta.url));
const BEGIN = `import { progress, startRun } from "notebooster/report";
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));`;
const DONE = `const done = startRun({ title: "Done", totalSteps: 40 });
for (let i = 1; i <= 40; i++) {
  await wait(100);
  done.step({ loss: i < 20 || i > 30 ? 3 - i / 40 : NaN, gradNorm: i < 35 ? 1 : Infinity });
  if (i % 10 === 0) done.step({ evalLoss: 3.2 - i / 40, accuracy: i / 50 });
}`;
const FAILED = `{
  using failed = startRun({ title: "Failed" });
  for (const i of progress(Array.from({ length: 40 }, (_, i) => i), { label: "failing" })) {
    await wait(10);
    failed.step({ loss: 3 - i / 40 });
    if (i === 20) throw new Error("here");
  }
}`;
const ENDLESS = `const endless = startRun({ title: "Endless", flopsPerToken: 1e6, peakFlops: 1e6 });
for (const i of progress(Array.from({ length: 100_000 }, (_, i) => i), { label: "endless" })) {
  await wait(20);
  endless.step({ loss: 2 + Math.exp(-i / 30), numTokens: 10 });
}`;

const folder = sharedFolder();
let browser: Browser;
let lab: LabServer;
beforeAll(async () => {
  browser = await startBrowser();
  lab = await startLab(folder, join(folder, ".jupyter-state"));
});
afterAll(async () => {
  await browser.close();
  await lab[Symbol.asyncDispose]();
});

/** A run's output and its badge in a state. */
function badge(notebook: NotebookPage, index: number, state: string): Locator {
  return notebook.runs.nth(index).locator(`[data-state="${state}"]`);
}

test("a run says that it is running, done or failed, and so does its bar", async () => {
  const name = writeNotebook(folder, "states", [`${BEGIN}\n${DONE}`, FAILED]);
  const notebook = await NotebookPage.open(browser, lab, name);
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");
  await badge(notebook, 0, "live").waitFor();
  await notebook.waitForPoints(10);
  await notebook.screenshot(pictures, "state-running");
  await badge(notebook, 0, "finished").waitFor({ timeout: 60_000 });
  await badge(notebook, 1, "failed").waitFor();
  const heading = notebook.runs.nth(0);
  await heading.getByText(/grad norm ∞ \(since step 35\)/).waitFor();
  expect(await heading.textContent()).toMatch(/^Donedonestep 40\/40 · loss 2.0000 · evalLoss 2.2/);
  const bar = notebook.page.locator(".notebooster-progress");
  await bar.getByText(/20\/40 · failed/).waitFor();
  await notebook.page.waitForTimeout(500);
  await notebook.screenshot(pictures, "state-done");
  await notebook.runs.nth(1).scrollIntoViewIfNeeded();
  await notebook.page.screenshot({ path: `${pictures}/state-failed.png` });
  expect(notebook.errors).toEqual([]);
  await notebook.page.context().close();
});

test("bar and run of a page that is reloaded go on, and an interrupt shows in both", async () => {
  const name = writeNotebook(folder, "interrupted", [`${BEGIN}\n${ENDLESS}`]);
  const notebook = await NotebookPage.open(browser, lab, name);
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");
  await notebook.waitForPoints(20);
  await notebook.save();
  await notebook.page.reload();
  const bar = notebook.page.locator(".notebooster-progress");
  const count = async () => Number(await bar.getAttribute("data-count"));
  const saved = await count();
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(saved + 20);
  await badge(notebook, 0, "live").waitFor();
  await notebook.choose("Kernel", "Interrupt Kernel");
  await badge(notebook, 0, "interrupted").waitFor();
  await bar.getByText(/\/100000 · interrupted/).waitFor();
  expect(await notebook.runs.first().textContent()).toMatch(
    /^Endlessinterruptedinterrupted · step/,
  );
  await notebook.screenshot(pictures, "state-interrupted");
  expect(notebook.errors).toEqual([]);
  await notebook.page.context().close();
});
