// The live plot on its own: an imagined run in JupyterLab over the real kernel.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { writeImaginedRun } from "./imagined-run.js";
import { startLab } from "./lab-server.js";
import { NotebookPage, startBrowser } from "./notebook-page.js";
import { reopenWithoutKernel, watchNotebook } from "./watch-notebook.js";

const pictures = fileURLToPath(new URL("../output", import.meta.url));

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test("an imagined run is drawn while it goes on, and without a kernel afterwards", async () => {
  const folder = scratchFolder();
  const name = writeImaginedRun(folder, 200);
  const { growth, finalPoints } = await watchNotebook(browser, name, {
    folder,
    pictures,
    timeoutMs: 60_000,
  });
  expect(growth.length).toBeGreaterThanOrEqual(3);
  expect(finalPoints).toBe(200);
  expect(await reopenWithoutKernel(browser, name, { folder, pictures })).toBe(200);
});

test("a page that is reloaded while the run goes on follows it again to its end", async () => {
  const folder = scratchFolder();
  const name = writeImaginedRun(folder, 400);
  await using lab = await startLab(folder, join(folder, ".jupyter-state"));
  const notebook = await NotebookPage.open(browser, lab, name);
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");
  await notebook.waitForPoints(20);
  await notebook.save();
  await notebook.page.reload();
  const points = await notebook.waitForPoints(20);
  await notebook.runs.first().locator('[data-state="live"]').waitFor();
  await notebook.waitForPoints(points);
  await notebook.waitForPoints(399, 60_000);
  expect(await notebook.numPoints()).toBe(400);
  const saved = async () => {
    await notebook.save();
    return readFileSync(join(folder, name), "utf8");
  };
  await expect.poll(saved, { interval: 1000 }).toMatch(/"finished": true/);
  expect(await saved()).toMatch(/"An imagined run: step 400\/400 /);
  expect(notebook.errors).toEqual([]);
});

test("a lost batch is made up for, a damaged one is told, and the plot ends whole", async () => {
  const folder = scratchFolder();
  const name = writeImaginedRun(folder, 250);
  await using lab = await startLab(folder, join(folder, ".jupyter-state"));
  const damage = { lost: 0, damaged: 0 };
  const notebook = await NotebookPage.open(browser, lab, name, (page) => harm(page, damage));
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");
  await notebook.runs.first().getByText("A batch of metrics arrived damaged").waitFor();
  await notebook.waitForPoints(249, 60_000);
  expect(damage).toEqual({ lost: 1, damaged: 1 });
  expect(await notebook.numPoints()).toBe(250);
  expect(notebook.errors).toEqual([]);
});

test("a connection that breaks while the run goes on is made again and nothing is lost", async () => {
  const folder = scratchFolder();
  const name = writeImaginedRun(folder, 250);
  await using lab = await startLab(folder, join(folder, ".jupyter-state"));
  const connections: WebSocketRoute[] = [];
  const notebook = await NotebookPage.open(browser, lab, name, (page) =>
    page.routeWebSocket(/\/channels/, (socket) => {
      socket.connectToServer();
      connections.push(socket);
    }),
  );
  await notebook.kernelIsIdle();
  await notebook.choose("Run", "Run All Cells");
  await notebook.waitForPoints(50);
  await connections[0]?.close({ code: 4000 });
  await notebook.runHasEnded(60_000);
  await notebook.kernelIsIdle();
  expect(connections).toHaveLength(2);
  expect(await notebook.numPoints()).toBe(250);
  expect(await notebook.isRunning()).toBe(false);
  expect(notebook.errors).toEqual([]);
});

/** Loses the tenth batch of metrics on its way to the page and overwrites the Arrow part of the thirtieth. */
async function harm(page: Page, damage: { lost: number; damaged: number }): Promise<void> {
  let numBatches = 0;
  await page.routeWebSocket(/\/channels/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const bytes = Buffer.from(message);
      const isBatch = /"type": ?"batch"/.test(bytes.toString("latin1"));
      if (isBatch) numBatches++;
      if (isBatch && numBatches === 10) damage.lost++;
      else if (isBatch && numBatches === 30) {
        damage.damaged++;
        socket.send(bytes.fill(0x5a, bytes.indexOf(Buffer.alloc(4, 0xff))));
      } else socket.send(message);
    });
  });
}
