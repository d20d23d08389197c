// The live plot on its own: an imagined run in JupyterLab over the real kernel.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { writeImaginedRun } from "./imagined-run.js";
import { useLab } from "./lab-under-test.js";
import { watchNotebook } from "./watch-notebook.js";

const lab = useLab({ types: false });

test("an imagined run is drawn while it goes on", async () => {
  const { name, goToEnd } = writeImaginedRun(lab.folder, "imagined-run", 200);
  const { growth, finalPoints } = await watchNotebook(lab, name, { onGrown: goToEnd });
  expect(growth.length).toBeGreaterThanOrEqual(3);
  expect(finalPoints).toBe(200);
});

test("a page that is reloaded while the run goes on follows it again to its end", async () => {
  const { name, goToEnd } = writeImaginedRun(lab.folder, "reloaded", 400);
  const notebook = await lab.open(name);
  await notebook.choose("Run", "Run All Cells");
  await notebook.waitForPoints(20);
  await notebook.save();
  await notebook.page.reload();
  const points = await notebook.waitForPoints(20);
  await notebook.runs.first().locator('[data-state="live"]').waitFor();
  goToEnd();
  await notebook.waitForPoints(points);
  await notebook.waitForPoints(399, 60_000);
  expect(await notebook.numPoints()).toBe(400);
  const saved = async () => {
    await notebook.save();
    return readFileSync(join(lab.folder, name), "utf8");
  };
  await expect.poll(saved, { interval: 1000 }).toMatch(/"finished": true/);
  expect(await saved()).toMatch(/"An imagined run: step 400\/400 /);
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test("a lost batch is made up for, a damaged one is told, and the plot ends whole", async () => {
  const { name, goToEnd } = writeImaginedRun(lab.folder, "damaged", 250);
  const damage = { lost: 0, damaged: 0 };
  const notebook = await lab.open(name, (page) => harm(page, damage));
  await notebook.choose("Run", "Run All Cells");
  await notebook.runs.first().getByText("A batch of metrics arrived damaged").waitFor();
  goToEnd();
  await notebook.waitForPoints(249, 60_000);
  expect(damage).toEqual({ lost: 1, damaged: 1 });
  expect(await notebook.numPoints()).toBe(250);
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

test("a connection that breaks while the run goes on is made again and nothing is lost", async () => {
  const { name, goToEnd } = writeImaginedRun(lab.folder, "broken", 250);
  const connections: WebSocketRoute[] = [];
  const notebook = await lab.open(name, (page) =>
    page.routeWebSocket(/\/channels/, (socket) => {
      socket.connectToServer();
      connections.push(socket);
    }),
  );
  await notebook.choose("Run", "Run All Cells");
  await notebook.waitForPoints(50);
  await connections[0]?.close({ code: 4000 });
  await expect.poll(() => connections.length).toBe(2);
  goToEnd();
  await notebook.runHasEnded(60_000);
  await notebook.kernelIsIdle();
  expect(connections).toHaveLength(2);
  expect(await notebook.numPoints()).toBe(250);
  expect(await notebook.isRunning()).toBe(false);
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

/** Loses the fifth batch of metrics on its way to the page and overwrites the Arrow part of the fifteenth. */
async function harm(page: Page, damage: { lost: number; damaged: number }): Promise<void> {
  let numBatches = 0;
  await page.routeWebSocket(/\/channels/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const bytes = Buffer.from(message);
      const isBatch = /"type": ?"batch"/.test(bytes.toString("latin1"));
      if (isBatch) numBatches++;
      if (isBatch && numBatches === 5) damage.lost++;
      else if (isBatch && numBatches === 15) {
        damage.damaged++;
        socket.send(bytes.fill(0x5a, bytes.indexOf(Buffer.alloc(4, 0xff))));
      } else socket.send(message);
    });
  });
}
