// What every notebook that trains must show in JupyterLab: its plot grows while a cell runs and reads in both themes, and its
// answers, the outputs in Markdown, can be read.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { type LabUnderTest, pictures } from "./lab-under-test.js";
import type { NotebookPage } from "./notebook-page.js";

export interface Watched {
  /** Numbers of points seen while a cell was running, ascending. */
  readonly growth: number[];
  readonly finalPoints: number;
  /** The notebook as JupyterLab saved it. */
  readonly savedPath: string;
}

export interface Watching {
  /** For the whole run; default a minute. */
  readonly timeoutMs?: number;
  /** Called when the plot has grown three times. */
  readonly onGrown?: () => void;
}

/** Runs a notebook, watches its first plot and looks for its answers. */
export async function watchNotebook(
  lab: LabUnderTest,
  path: string,
  { timeoutMs = 60_000, onGrown }: Watching,
): Promise<Watched> {
  const name = basename(path, ".ipynb");
  const savedPath = join(lab.folder, path);
  const notebook = await lab.open(path);
  await notebook.choose("Run", "Run All Cells");

  const growth = await watchGrowth(notebook, timeoutMs, async () => {
    await notebook.screenshot(pictures, `${name}-running`);
    onGrown?.();
  });
  await notebook.kernelIsIdle(timeoutMs);
  await notebook.runHasEnded();
  const finalPoints = await notebook.numPoints();
  for (const theme of ["Light", "Dark"] as const) {
    await notebook.setTheme(theme);
    await notebook.screenshot(pictures, `${name}-${theme.toLowerCase()}`);
  }
  await notebook.save();
  await seeAnswers(notebook, savedPath, "answer");
  expect(notebook.errors).toEqual([]);
  expect(notebook.numDisconnections).toBe(0);
  await notebook.close();
  return { growth, finalPoints, savedPath };
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

/** Finds the answers of a saved notebook on a page of JupyterLab and takes a picture of each. */
export async function seeAnswers(notebook: NotebookPage, savedPath: string, picture: string) {
  const name = basename(savedPath, ".ipynb");
  for (const [i, answer] of answersOf(savedPath).entries()) {
    await notebook.scrollTo(notebook.output(answer));
    await expectReadable(notebook.page, answer);
    await notebook.page.screenshot({ path: join(pictures, `${name}-${picture}-${i}.png`) });
  }
}

/** What a saved notebook's outputs in Markdown say, without their marks. */
export function answersOf(savedPath: string): string[] {
  const { cells } = JSON.parse(readFileSync(savedPath, "utf8")) as {
    cells: { outputs?: { data?: Record<string, string | string[]> }[] }[];
  };
  return cells
    .flatMap(({ outputs }) => outputs ?? [])
    .map(({ data }) => [data?.["text/markdown"] ?? ""].flat().join(""))
    .filter((text) => text !== "")
    .map((text) => text.replace(/\*\*/g, "").replace(/\s+/g, " ").trim());
}

/** Expects a text to stand on the page as it is meant, Markdown as its effect, and nothing to lie over it. */
export async function expectReadable(page: Page, text: string): Promise<void> {
  const output = page.locator(".jp-OutputArea-output", { hasText: text }).last();
  await output.scrollIntoViewIfNeeded();
  expect((await output.textContent())?.replace(/\s+/g, " ").trim()).toBe(text);
  const isOnTop = await output.evaluate((node) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const isThere = ([across, down]: number[]) =>
      node.contains(
        document.elementFromPoint(left + width * (across ?? 0), top + height * (down ?? 0)),
      );
    return (
      height > 10 &&
      [
        [0.02, 0.5],
        [0.5, 0.5],
        [0.98, 0.5],
      ].every(isThere)
    );
  });
  expect(isOnTop).toBe(true);
}
