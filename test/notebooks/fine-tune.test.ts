// The first tutorial; a shorter run of it, the whole one by npm run test:matrix.

import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import {
  codeCells,
  expectWhole,
  joined,
  printed,
  runTutorial,
  stored,
  words,
} from "./tutorial-under-test.js";

const NAME = "01-fine-tune.ipynb";

test("the first tutorial runs to its end, and its stored outputs say what a run says", async () => {
  const sampled = { parameters: { steps: 40, margin: 1 } };
  const notebook = await runTutorial(NAME, isMatrix ? {} : sampled);
  expectWhole(notebook);
  const answers = codeCells(notebook).flatMap(({ outputs }) =>
    outputs.map(({ data }) => joined(data?.["text/markdown"] as string | undefined)),
  );
  const [, before, after, asked] =
    /from ([\d.]+) to\s([\d.]+) nats per token, by [\d.]+, where ([\d.]+) was asked/.exec(
      answers.join("\n"),
    ) ?? [];
  expect(Number(asked)).toBeGreaterThanOrEqual(0.5);
  expect(Number(before) - Number(after)).toBeGreaterThanOrEqual(Number(asked) - 0.01);
  expect(printed(notebook)).toContain("the saved and the loaded model have the same loss");
  expect(codeCells(stored(NAME)).map(words)).toEqual(codeCells(notebook).map(words));
});

test("the same seed gives the same loss to the last bit; another seed another, and too small a fall ends the run", async () => {
  const lastly = `console.log("exactly", lossAfter, "fell by", fall.toFixed(4), "nats")`;
  const numLines = 2000;
  const short = async () => {
    const parameters = { steps: 21, margin: 0 };
    const notebook = await runTutorial(NAME, { parameters, lastly, numLines });
    return /exactly [\d.]+ fell by ([\d.]+) nats/.exec(printed(notebook)) ?? [];
  };
  const [first, fall] = await short();
  expect(Number(fall)).toBeGreaterThan(0);
  expect((await short())[0]).toBe(first);
  const parameters = { steps: 21, margin: 9, seed: 2 };
  const failed = await runTutorial(NAME, { parameters, numLines }).catch(String);
  const [, otherFall] =
    /the held-out loss fell by ([\d.]+) nats, the margin is 9/.exec(String(failed)) ?? [];
  expect(Number(otherFall)).toBeGreaterThan(0);
  expect(otherFall).not.toBe(fall);
});

test("no cell reaches for the network", () => {
  for (const cell of codeCells(stored(NAME))) {
    expect(joined(cell.source)).not.toMatch(/https?:|fetch\(/);
  }
});
