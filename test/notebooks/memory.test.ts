// The fourth tutorial: plans of memory, and two steps beside them.

import { expect, test } from "vitest";
import {
  codeCells,
  type Executed,
  expectLocal,
  expectStored,
  expectWhole,
  joined,
  runTutorial,
} from "./tutorial-under-test.js";

const NAME = "04-memory.ipynb";
const WAYS = ["plain", "layers again", "8-bit AdamW", "state on the host", "LoRA", "four ranks"];
const H100_GIB = 79.6;

test("the fourth tutorial predicts within 3 % what steps take, and those ways fit that stay within the budget", async () => {
  const notebook = await runTutorial(NAME);
  expectWhole(notebook);
  const said = shown(notebook);
  const budget = Number(/The budget is ([\d.]+) MiB/.exec(said)?.[1]);

  const pairs = [...said.matchAll(/^needed +([\d.]+) MiB +([\d.]+) MiB/gm)];
  expect(pairs).toHaveLength(2);
  for (const [, predicted, measured] of pairs) {
    expect(Number(predicted) / Number(measured)).toBeGreaterThan(0.97);
    expect(Number(predicted) / Number(measured)).toBeLessThan(1.03);
    expect(Number(measured)).toBeLessThanOrEqual(budget + 0.5); // this table has three digits
  }

  for (const [unit, most] of [["MiB", budget] as const, ["GiB", H100_GIB] as const]) {
    const ways = waysIn(said, unit);
    expect(ways.map(({ way }) => way)).toEqual(WAYS);
    expect(ways.map(({ fits }) => fits)).toEqual(["no", "no", "yes", "yes", "yes", "yes"]);
    for (const { way, needed, fits } of ways) expect(needed <= most, way).toBe(fits === "yes");
  }
  expectStored(NAME, notebook);
});

test("no cell reaches for the network", () => expectLocal(NAME));

function waysIn(said: string, unit: string) {
  const row = new RegExp(`^ *(\\S.*?) {2,}([\\d.]+) ${unit} +[\\d.]+ ${unit} +(yes|no)$`, "gm");
  return [...said.matchAll(row)].map(([, way, needed, fits]) => ({
    way,
    needed: Number(needed),
    fits,
  }));
}

/** What cells print and show, as text. */
function shown(notebook: Executed): string {
  const forms = codeCells(notebook)
    .flatMap(({ outputs }) => outputs)
    .flatMap(({ text, data = {} }) => [text, data["text/plain"], data["text/markdown"]]);
  return forms.map((each) => joined(each as string | undefined)).join("\n");
}
