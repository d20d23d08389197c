// The live plot under the mouse.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { type LabServer, startLab } from "./lab-server.js";
import { NotebookPage, startBrowser } from "./notebook-page.js";
import { writeNotebook } from "./write-notebook.js";

const pictures = fileURLToPath(new URL("../output", import.meta.url));
const BEGIN = `import { startRun } from "notebooster/report";
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));`;
const DONE = `const done = startRun({ title: "Done", totalSteps: 40 });
for (let i = 1; i <= 40; i++) {
  await wait(100);
  done.step({ loss: i < 20 || i > 30 ? 3 - i / 40 : NaN, gradNorm: i < 35 ? 1 : Infinity });
  if (i % 10 === 0) done.step({ evalLoss: 3.2 - i / 40, accuracy: i / 50 });
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

test("the mouse over a curve shows its value, and the buttons lie over no title", async () => {
  const name = writeNotebook(folder, "mouse", [`${BEGIN}\n${DONE}`]);
  const notebook = await NotebookPage.open(browser, lab, name);
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");
  await badge(notebook, 0, "finished").waitFor({ timeout: 60_000 });
  await notebook.page.waitForTimeout(1000);
  const plot = notebook.runs.first();
  await plot.scrollIntoViewIfNeeded();
  const area = await plot.locator(".nsewdrag").first().boundingBox();
  if (area === null) throw new Error("the first panel has no area");
  await notebook.page.mouse.move(area.x + area.width * 0.2, area.y + area.height * 0.4);
  const label = plot.locator(".hoverlayer .hovertext").first();
  await label.waitFor();
  expect(await plot.locator(".hoverlayer").textContent()).toMatch(/step \d+.*2\.\d+/);
  const buttons = await plot.locator(".modebar").boundingBox();
  const titles = plot.locator(".annotation-text");
  for (let i = 0; i < (await titles.count()); i++) {
    const title = await titles.nth(i).boundingBox();
    const isBelow = (title?.y ?? 0) >= (buttons?.y ?? 0) + (buttons?.height ?? 0);
    expect([await titles.nth(i).textContent(), isBelow]).toEqual([expect.anything(), true]);
  }
  await notebook.screenshot(pictures, "mouse");
  await notebook.page.context().close();
});
