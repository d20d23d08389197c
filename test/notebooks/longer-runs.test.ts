// The second tutorial, on two ranks; a shorter run of it with a lesser model, the whole one by npm run test:matrix.

import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import {
  expectLocal,
  expectStored,
  expectWhole,
  printed,
  runTutorial,
} from "./tutorial-under-test.js";

const NAME = "02-longer-runs.ipynb";

test("the second tutorial trains two ranks alike and resumes exactly, and its stored outputs say so", async () => {
  const steps = isMatrix ? 40 : 16;
  const sampled = isMatrix ? {} : { isLesser: true, numLines: 2000 };
  const notebook = await runTutorial(NAME, { parameters: { steps }, ...sampled });
  expectWhole(notebook);
  expect(printed(notebook)).toContain("both ranks have the same weights");
  expect(printed(notebook)).toContain(
    `steps ${steps / 2 + 1} to ${steps / 2 + 8}: 8 losses, every one bit-identical`,
  );
  expectStored(NAME, notebook);
});

test("no cell reaches for the network", () => expectLocal(NAME));
