// The tutorial in JupyterLab, as a newcomer runs it. Another notebook can be watched by naming it:
// NOTEBOOSTER_BROWSER_NOTEBOOK=path npx vitest run --project browser

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { lessen } from "../fixtures/lesser-models.js";
import { pictures, useLab } from "./lab-under-test.js";
import {
  answersOf,
  expectReadable,
  seeAnswers,
  type Watched,
  watchNotebook,
} from "./watch-notebook.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const notebook =
  process.env["NOTEBOOSTER_BROWSER_NOTEBOOK"] ?? join(repository, "notebooks/01-fine-tune.ipynb");
const name = basename(notebook, ".ipynb");
const timeoutMs = 300_000;

const lab = useLab();
let watched: Watched;

beforeAll(() => cpSync(dirname(notebook), lab.folder, { recursive: true }));

test("the plot grows while the cell runs and reads in both themes, and the answer is there", async () => {
  shorten(join(lab.folder, basename(notebook)));
  await lessen(join(lab.folder, "base-model"));
  watched = await watchNotebook(lab, basename(notebook), { timeoutMs });
  expect(watched.growth.length).toBeGreaterThanOrEqual(3);
  expect(watched.finalPoints).toBeGreaterThan(watched.growth[0] ?? 0);
  expect(answersOf(watched.savedPath)).not.toEqual([]);
});

test("the saved notebook holds the run as plot, picture and text", () => {
  const saved = JSON.parse(readFileSync(watched.savedPath, "utf8"));
  const outputs = saved.cells.flatMap(
    (cell: { outputs?: { data?: object }[] }) => cell.outputs ?? [],
  );
  const run = outputs.find((output: { data?: object }) =>
    Object.hasOwn(output.data ?? {}, "application/vnd.notebooster.run.v1+json"),
  );
  expect(Buffer.from(run.data["image/png"], "base64").subarray(1, 4).toString()).toBe("PNG");
  expect([run.data["text/plain"]].flat().join("")).toMatch(/step \d+.* loss \d/);
  expect(run.data["application/vnd.notebooster.run.v1+json"].finished).toBe(true);
});

test("the saved notebook shows plot and answer to a stranger without a kernel", async () => {
  const points = await lab.withoutKernel(basename(notebook), "stranger's", async (opened) => {
    await opened.scrollTo(opened.runs.first());
    const drawn = await opened.waitForPoints(0);
    await opened.screenshot(pictures, `${name}-reopened`);
    await seeAnswers(opened, watched.savedPath, "reopened-answer");
    return drawn;
  });
  expect(points).toBe(watched.finalPoints);
});

test("the saved notebook as a page of nbconvert shows picture and answer", async () => {
  const python = join(repository, ".venv/bin/python");
  execFileSync(python, ["-m", "nbconvert", "--to", "html", watched.savedPath], { stdio: "ignore" });
  const page = await lab.browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await page.goto(pathToFileURL(watched.savedPath.replace(/ipynb$/, "html")).href);
  for (const answer of answersOf(watched.savedPath)) await expectReadable(page, answer);
  await page.screenshot({ path: join(pictures, `${name}-html-answer.png`) });
  const picture = page.locator('.jp-OutputArea-output img[src^="data:image/png"]').first();
  await picture.scrollIntoViewIfNeeded();
  expect((await picture.boundingBox())?.height).toBeGreaterThan(100);
  await page.screenshot({ path: join(pictures, `${name}-html-plot.png`) });
  await page.close();
});

/**
 * Without the stored outputs, which must not be taken for those of this run, and with less text to judge by and more steps, of a
 * lesser model, so that there is time to look: the notebooks' tests train the tutorial's own.
 */
function shorten(path: string): void {
  const text = readFileSync(path, "utf8")
    .replace(/const steps = \d+;/, "const steps = 120;")
    .replace("text.split(0.05)", "text.split(0.01)")
    .replace(/const margin = [\d.]+;/, "const margin = 0;");
  const stored = JSON.parse(text);
  for (const cell of stored.cells) {
    if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
  }
  writeFileSync(path, JSON.stringify(stored));
}
