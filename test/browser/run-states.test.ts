// What JupyterLab says of a run at each moment: the badge above the plot, its line of values, the bar, and values under the
// mouse; and that the kernel is busy for as long as it goes on.

import { expect, test } from "vitest";
import { pictures, useLab } from "./lab-under-test.js";
import type { NotebookPage } from "./notebook-page.js";
import { writeNotebook } from "./write-notebook.js";

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
const QUICK = `const quick = startRun({ title: "Quick", totalSteps: 40 });
for (let i = 1; i <= 40; i++) quick.step({ loss: 3 - i / 40, gradNorm: 1 });
quick.end();`;
const SLIDER = `import { IntSlider, Label, VBox } from "notebooster/widgets";
const slider = new IntSlider({ value: 0, max: 9 });
const label = new Label({ value: "moved to 0" });
slider.onChange((value) => { label.value = \`moved to \${value}\`; });
display(new VBox([slider, label]));`;

const lab = useLab({ types: false });

test("a run says that it is running, done or failed, and so does its bar", async () => {
  const name = writeNotebook(lab.folder, "states", [`${BEGIN}\n${DONE}`, FAILED]);
  const notebook = await lab.open(name);
  await notebook.choose("Run", "Run All Cells");
  await notebook.badge(0, "live").waitFor();
  await notebook.waitForPoints(10);
  await notebook.screenshot(pictures, "state-running");
  await notebook.badge(0, "finished").waitFor({ timeout: 60_000 });
  await notebook.badge(1, "failed").waitFor();
  const heading = notebook.runs.nth(0);
  await heading.getByText(/grad norm ∞ \(since step 35\)/).waitFor();
  expect(await heading.textContent()).toMatch(/^Donedonestep 40\/40 · loss 2.0000 · evalLoss 2.2/);
  const bar = notebook.page.locator(".notebooster-progress");
  await bar.getByText(/20\/40 · failed/).waitFor();
  await notebook.runHasEnded();
  await notebook.runs.nth(1).locator(`[aria-busy="false"]`).waitFor();
  await notebook.screenshot(pictures, "state-done");
  await notebook.runs.nth(1).scrollIntoViewIfNeeded();
  await notebook.page.screenshot({ path: `${pictures}/state-failed.png` });
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test("bar and run of a page that is reloaded go on, and an interrupt shows in both", async () => {
  const name = writeNotebook(lab.folder, "interrupted", [`${BEGIN}\n${ENDLESS}`]);
  const notebook = await lab.open(name);
  await notebook.choose("Run", "Run All Cells");
  await notebook.waitForPoints(20);
  await notebook.save();
  await notebook.page.reload();
  const bar = notebook.page.locator(".notebooster-progress");
  const count = async () => Number(await bar.getAttribute("data-count"));
  const saved = await count();
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(saved + 20);
  await notebook.badge(0, "live").waitFor();
  await notebook.choose("Kernel", "Interrupt Kernel");
  await notebook.badge(0, "interrupted").waitFor();
  await bar.getByText(/\/100000 · interrupted/).waitFor();
  expect(await notebook.runs.first().textContent()).toMatch(
    /^Endlessinterruptedinterrupted · step/,
  );
  await notebook.screenshot(pictures, "state-interrupted");
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test("the mouse over a curve shows its value, and the buttons lie over no title", async () => {
  const name = writeNotebook(lab.folder, "mouse", [`${BEGIN}\n${QUICK}`]);
  const notebook = await lab.open(name);
  await notebook.choose("Run", "Run All Cells");
  await notebook.runHasEnded(60_000);
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
  await notebook.close();
});

test("the kernel is busy for as long as a training cell runs, whatever it answers meanwhile", async () => {
  const name = writeNotebook(lab.folder, "busy", [`${BEGIN}\n${SLIDER}\n${ENDLESS}`, "endless."]);
  const notebook = await lab.open(name);
  await notebook.page.locator(".jp-Cell").first().click();
  await notebook.page.keyboard.press("Shift+Enter");
  await notebook.waitForPoints(10);
  const [numStates, numSent] = [notebook.kernelStates.length, notebook.sentTypes.length];
  const slider = notebook.page.locator(".widget-slider [role=slider], .noUi-handle").first();
  for (let turn = 1; turn <= 5; turn++) {
    await askAside(notebook);
    await slider.focus();
    await notebook.page.keyboard.press("ArrowRight");
    await notebook.page.locator(".widget-label", { hasText: `moved to ${turn}` }).waitFor();
    await notebook.waitForPoints(await notebook.numPoints()); // the plot goes on
    expect(await notebook.kernelState.textContent()).toMatch(/Busy$/);
  }
  await expect.poll(() => notebook.kernelStates.at(-1)).toBe("busy");
  expect(`${notebook.kernelStates.slice(numStates).join(" ")} `).not.toMatch(/idle (?!busy)/);
  expect(notebook.sentTypes.slice(numSent)).toContain("comm_msg");
  await notebook.choose("Kernel", "Interrupt Kernel");
  await notebook.badge(0, "interrupted").waitFor();
  await notebook.kernelIsIdle();
  await notebook.close();
});

/** Asks for a completion and for what a name is, as one does while waiting, and waits for both answers. */
async function askAside(notebook: NotebookPage): Promise<void> {
  const { page, kernelStates, sentTypes } = notebook;
  const [numIdle, numSent] = [kernelStates.filter(isIdle).length, sentTypes.length];
  await page.locator(".jp-Cell .cm-content").last().click();
  await page.keyboard.press("End");
  await notebook.suggestion("runId");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => sentTypes.slice(numSent)).toContain("inspect_request");
  expect(sentTypes.slice(numSent)).toContain("complete_request");
  await expect.poll(() => kernelStates.filter(isIdle).length).toBeGreaterThanOrEqual(numIdle + 2);
  await page.keyboard.press("Escape");
}

const isIdle = (state: string): boolean => state === "idle";
