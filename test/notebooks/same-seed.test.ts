// Short runs of the first tutorial with a lesser model, in processes of their own: what the seed decides.

import { expect, test } from "vitest";
import { printed, runTutorial } from "./tutorial-under-test.js";

const NAME = "01-fine-tune.ipynb";

test("the same seed gives the same loss to the last bit; another seed another, and too small a fall ends the run", async () => {
  const lastly = `console.log("exactly", lossAfter, "fell by", fall.toFixed(4), "nats")`;
  const changes = { isLesser: true, numLines: 2000, types: false };
  const short = async () => {
    const parameters = { steps: 21, margin: 0 };
    const notebook = await runTutorial(NAME, { ...changes, parameters, lastly });
    return /exactly [\d.]+ fell by ([\d.]+) nats/.exec(printed(notebook)) ?? [];
  };
  const [first, fall] = await short();
  expect(Number(fall)).toBeGreaterThan(0);
  expect((await short())[0]).toBe(first);
  const parameters = { steps: 21, margin: 9, seed: 2 };
  const failed = await runTutorial(NAME, { ...changes, parameters }).catch(String);
  const [, otherFall] =
    /the held-out loss fell by ([\d.]+) nats, the margin is 9/.exec(String(failed)) ?? [];
  expect(Number(otherFall)).toBeGreaterThan(0);
  expect(otherFall).not.toBe(fall);
});
