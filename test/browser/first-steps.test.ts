// What a new user does in the first minutes: open a notebook, complete, look something up, run, err, mend, plot, interrupt
// and restart, all with the keys and buttons of JupyterLab.

import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { pictures, useLab } from "./lab-under-test.js";
import type { NotebookPage } from "./notebook-page.js";

const MODEL = `/** A model, described. */
const model = { name: "small", numLayers: 12, numHeads: 4 };
const modules = ["attention", "mlp"];
function double(count: number): number {
return count * 2;
}`;
const PLOT = `import { startRun } from "notebooster/report";
const run = startRun({ title: "First steps", totalSteps: 8 });
for (let step = 1; step <= 8; step++) run.step({ step, loss: 1 / step });
run.end();`;

const lab = useLab();

test("a new user opens, completes, hovers, runs, errs, mends and plots", async () => {
  const notebook = await lab.openNew();
  const { page } = notebook;
  await run(notebook, MODEL);

  await editor(page).click();
  await page.keyboard.type("mod", { delay: 60 });
  const model = await notebook.suggestion("model");
  await page.screenshot({ path: join(pictures, "first-steps-completion.png") });
  await model.click();
  await page.keyboard.type(".num", { delay: 60 });
  await (await notebook.suggestion("numLayers")).click();
  await expectText(editor(page), "model.numLayers");

  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator(".jp-Tooltip");
  await tooltip.getByText("numLayers: number").first().waitFor();
  await page.screenshot({ path: join(pictures, "first-steps-hover.png") });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Enter");
  await output(page, "12").waitFor();

  await run(notebook, "const half = double(model.nmLayers) / 2;\nhalf.toFixed(1).missing()");
  await output(page, "TypeError").waitFor();
  await output(page, "nmLayers").waitFor();
  await page.screenshot({ path: join(pictures, "first-steps-error.png") });
  const stack = await output(page, "TypeError").textContent();
  expect(stack).toMatch(/line 2/);
  expect(stack).not.toMatch(/node:|dist\//);

  await run(notebook, "double(model.numLayers) / 2 + 30");
  await output(page, "42").waitFor();
  await run(notebook, PLOT);
  await notebook.waitForPoints(7);
  await notebook.screenshot(pictures, "first-steps");
  expect(notebook.errors).toEqual([]);
  expect(notebook.numBuildChecks).toBe(0);
  await notebook.close();
});

test("the interrupt button ends an endless loop and keeps variables, the restart button clears them", async () => {
  const notebook = await lab.openNew();
  const { page } = notebook;
  await run(notebook, "let numSteps = 41;");
  await type(page, "numSteps = 42; display(numSteps + 1); while (true) {}");
  await page.keyboard.press("Shift+Enter");
  await output(page, "43").waitFor();
  await page
    .locator('.jp-NotebookPanel-toolbar [data-command="notebook:interrupt-kernel"]')
    .click();
  await output(page, "Interrupted").waitFor();
  await run(notebook, "numSteps");
  await output(page, "42").waitFor();

  await page.locator('.jp-NotebookPanel-toolbar [data-command="notebook:restart-kernel"]').click();
  await page.locator(".jp-Dialog .jp-mod-accept").click();
  await notebook.kernelIsIdle();
  await run(notebook, "typeof numSteps");
  await output(page, "undefined").waitFor();
  expect(notebook.errors).toEqual([]);
});

/** Types into the last cell, line by line, as an editor that indents and closes brackets by itself would have it. */
async function type(page: Page, source: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.insertText(source);
}

async function run(notebook: NotebookPage, source: string): Promise<void> {
  await type(notebook.page, source);
  await notebook.page.keyboard.press("Shift+Enter");
  await notebook.kernelIsIdle();
}

function editor(page: Page): Locator {
  return page.locator(".jp-Notebook .jp-Cell .cm-content").last();
}

function output(page: Page, text: string): Locator {
  return page.locator(".jp-OutputArea-child", { hasText: text }).last();
}

function expectText(locator: Locator, text: string): Promise<void> {
  return locator.filter({ hasText: text }).waitFor();
}
