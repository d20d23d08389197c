// The tutorial in JupyterLab, as a newcomer runs it. Another notebook can be watched by naming it:
// NOTEBOOSTER_BROWSER_NOTEBOOK=path npx vitest run --project browser

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { startBrowser } from "./notebook-page.js";
import { reopenWithoutKernel, type Watched, watchNotebook } from "./watch-notebook.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const notebook =
  process.env["NOTEBOOSTER_BROWSER_NOTEBOOK"] ?? join(repository, "notebooks/01-fine-tune.ipynb");
const pictures = join(repository, "test/output");
const timeoutMs = 300_000;

const folder = sharedFolder();
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  cpSync(dirname(notebook), folder, { recursive: true });
  browser = await startBrowser();
});

afterAll(() => browser.close());

test("the plot grows while the cell runs and reads in both themes", async () => {
  shorten(join(folder, basename(notebook)));
  watched = await watchNotebook(browser, basename(notebook), { folder, pictures, timeoutMs });
  expect(watched.growth.length).toBeGreaterThanOrEqual(3);
  expect(watched.finalPoints).toBeGreaterThan(watched.growth[0] ?? 0);
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

test("the saved notebook shows the plot where there is no kernel", async () => {
  const points = await reopenWithoutKernel(browser, basename(notebook), { folder, pictures });
  expect(points).toBe(watched.finalPoints);
});

/** Without the stored outputs, which must not be taken for those of this run, and with fewer steps: the notebooks' tests do all. */
function shorten(path: string): void {
  const text = readFileSync(path, "utf8")
    .replace(/const steps = \d+;/, "const steps = 60;")
    .replace(/const margin = [\d.]+;/, "const margin = 0;");
  const stored = JSON.parse(text);
  for (const cell of stored.cells) {
    if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
  }
  writeFileSync(path, JSON.stringify(stored));
}
