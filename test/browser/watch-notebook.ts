// What every notebook that trains must show in JupyterLab: its plot grows while a cell runs, reads in both themes, and is
// still there when the saved notebook is opened where no kernel is to be had.

import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";
import { expect } from "vitest";
import { NO_KERNELS, startLab } from "./lab-server.js";
import { NotebookPage } from "./notebook-page.js";

export interface Watched {
  /** Numbers of points seen while a cell was running, ascending. */
  readonly growth: number[];
  readonly finalPoints: number;
  /** The notebook as JupyterLab saved it. */
  readonly savedPath: string;
}

/** Runs a notebook in `folder` and watches its first plot; screenshots go to `pictures`. */
export async function watchNotebook(
  browser: Browser,
  path: string,
  { folder, pictures, timeoutMs }: { folder: string; pictures: string; timeoutMs: number },
): Promise<Watched> {
  mkdirSync(pictures, { recursive: true });
  const name = basename(path, ".ipynb");
  await using lab = await startLab(folder, join(folder, ".jupyter-state"));
  const notebook = await NotebookPage.open(browser, lab, path);
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");

  const growth = await watchGrowth(notebook, timeoutMs, () =>
    notebook.screenshot(pictures, `${name}-running`),
  );
  await notebook.kernelIsIdle(timeoutMs);
  await notebook.runHasEnded();
  const finalPoints = await notebook.numPoints();
  for (const theme of ["Light", "Dark"] as const) {
    await notebook.setTheme(theme);
    await notebook.screenshot(pictures, `${name}-${theme.toLowerCase()}`);
  }
  await notebook.save();
  expect(notebook.errors).toEqual([]);
  expect(notebook.numDisconnections).toBe(0);
  await notebook.page.context().close();
  return { growth, finalPoints, savedPath: join(folder, path) };
}

/** Numbers of points of the first plot while its run goes on; calls back once when there are three. */
async function watchGrowth(
  notebook: NotebookPage,
  timeoutMs: number,
  onMoving: () => Promise<void>,
): Promise<number[]> {
  const growth: number[] = [];
  const end = Date.now() + timeoutMs;
  while (!(await notebook.isFinished()) && Date.now() < end) {
    const points = await notebook.numPoints();
    if (points > (growth.at(-1) ?? 0) && (await notebook.isRunning())) {
      growth.push(points);
      if (growth.length === 3) await onMoving();
    }
    await notebook.page.waitForTimeout(200);
  }
  return growth;
}

/** Opens a saved notebook where there is no kernel at all and returns how many points its first plot has. */
export async function reopenWithoutKernel(
  browser: Browser,
  path: string,
  { folder, pictures }: { folder: string; pictures: string },
): Promise<number> {
  await using lab = await startLab(folder, join(folder, ".jupyter-without-kernel"), NO_KERNELS);
  const notebook = await NotebookPage.open(browser, lab, path);
  await notebook.page.locator(".jp-Dialog button", { hasText: "No Kernel" }).click();
  await notebook.scrollToPlot();
  const points = await notebook.waitForPoints(0);
  await notebook.screenshot(pictures, `${basename(path, ".ipynb")}-reopened`);
  await notebook.page.context().close();
  return points;
}
