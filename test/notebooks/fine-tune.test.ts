// The first tutorial; a shorter run of it, the whole one by npm run test:matrix.

import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import {
  codeCells,
  expectLocal,
  expectStored,
  expectWhole,
  joined,
  printed,
  runTutorial,
} from "./tutorial-under-test.js";

const NAME = "01-fine-tune.ipynb";

test("the first tutorial runs to its end, and its stored outputs say what a run says", async () => {
  const sampled = { parameters: { steps: 24, margin: 1 }, numLines: 3000 };
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
  expectStored(NAME, notebook);
});

test("no cell reaches for the network", () => expectLocal(NAME));
