// A run's figure drawn again and again in one node, as the live plot does while a run goes on: every curve stays in sight.

import { createRequire } from "node:module";
import { join } from "node:path";
import { type MetricsRow, plotlyFigure } from "notebooster/report";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metadata, rowAt } from "../unit/report-rows.js";
import { pictures } from "./lab-under-test.js";
import { startBrowser } from "./notebook-page.js";

interface Axis {
  readonly range: [number, number];
}
interface Drawn extends HTMLElement {
  readonly _fullLayout: { readonly xaxis: Axis; readonly [axis: string]: Axis };
  readonly _fullData: readonly {
    x: number[];
    y: (number | null)[];
    xaxis: string;
    yaxis: string;
  }[];
}
interface Plotly {
  react(node: HTMLElement, data: unknown, layout: unknown): Promise<unknown>;
}

const plotly = createRequire(import.meta.url).resolve("plotly.js-basic-dist-min");
let browser: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function emptyPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent('<div id="figure" style="width: 1000px"></div>');
  await page.addScriptTag({ path: plotly });
  return page;
}

/** Draws the run as it is with these rows. */
async function draw(page: Page, rows: readonly MetricsRow[]): Promise<void> {
  await page.evaluate(
    async ({ data, layout }) => {
      const library = (globalThis as unknown as { Plotly: Plotly }).Plotly;
      const node = document.querySelector<HTMLElement>("#figure");
      if (node) await library.react(node, data, { ...layout, width: 1000 });
    },
    plotlyFigure(rows, metadata),
  );
}

/** Names of axes beyond which points lie. */
function axesThatHide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { _fullData, _fullLayout } = document.querySelector<Drawn>("#figure") as Drawn;
    const hides = (values: (number | null)[], name: string) => {
      const [low, high] = (_fullLayout[name.replace(/^[xy]/, "$&axis")] as Axis).range;
      return values.some((value) => typeof value === "number" && (value < low || value > high));
    };
    return _fullData.flatMap(({ x, y, xaxis, yaxis }) => [
      ...(hides(x, xaxis) ? [xaxis] : []),
      ...(hides(y, yaxis) ? [yaxis] : []),
    ]);
  });
}

const upTo = (count: number, rowOf: (step: number) => MetricsRow): MetricsRow[] =>
  Array.from({ length: count }, (_, i) => rowOf(i + 1));
const LOSS_ALONE = { learning_rate: null, grad_norm: null, tokens_per_s: null, mfu: null };
const COURSES: Record<string, (step: number) => MetricsRow> = {
  "a loss alone": (step) => rowAt(step, { ...LOSS_ALONE, loss: 5 + 1 / step }),
  "a loss that is constant at first": (step) => rowAt(step, { loss: step < 5 ? 9 : 9 + step }),
  "a loss that begins with NaN": (step) => rowAt(step, { loss: step < 5 ? Number.NaN : 9 }),
  "a metric that comes later": (step) =>
    rowAt(step, { loss: 5 + 1 / step, ...(step > 4 ? { others: { accuracy: 70 + step } } : {}) }),
  "a rate that changes": (step) =>
    rowAt(step, { loss: 5 + 1 / step, learning_rate: step < 5 ? 3e-4 : 3e-4 / step }),
};

test.for(Object.keys(COURSES))("%s stays in sight", async (name) => {
  const page = await emptyPage();
  for (const count of [0, 1, 2, 5, 6, 30]) {
    await draw(page, upTo(count, COURSES[name] as (step: number) => MetricsRow));
    expect([count, await axesThatHide(page)]).toEqual([count, []]);
  }
  await page.screenshot({ path: join(pictures, `redrawn-${name.replaceAll(" ", "-")}.png`) });
  await page.close();
});

test("what a person zooms to stays while points are added", async () => {
  const page = await emptyPage();
  const rowOf = COURSES["a loss alone"] as (step: number) => MetricsRow;
  await draw(page, upTo(20, rowOf));
  const area = await page.locator(".nsewdrag").first().boundingBox();
  if (area === null) throw new Error("the first panel has no area");
  await page.mouse.move(area.x + area.width * 0.25, area.y + area.height / 2);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.5, area.y + area.height / 2, { steps: 4 });
  await page.mouse.up();
  const range = () =>
    page.evaluate(() => (document.querySelector("#figure") as Drawn)._fullLayout.xaxis.range);
  await expect.poll(async () => (await range())[1]).toBeLessThan(12);
  const zoomed = await range();
  await draw(page, upTo(40, rowOf));
  expect(await range()).toEqual(zoomed);
  await page.close();
});
