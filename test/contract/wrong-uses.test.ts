// What would train something else than was meant is refused with its kind of error and what to do, and nothing has changed.
import { beforeAll, describe, expect, test } from "vitest";
import { digest, Training } from "./training-under-test.js";
import { checkpoint, USES } from "./wrong-uses.js";

let training: Training;
beforeAll(async () => {
  training = await new Training().boost();
  training.step();
  await training.booster.saveCheckpoint(checkpoint, training.parts, { step: 1 });
});

describe("is refused, and the training goes on as if it had not been tried:", () => {
  test.each(Object.entries(USES))("%s", async (_, [use, kind, says]) => {
    const before = digest(training.model);
    const error = await outcome(() => use(training));
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(says);
    expect(digest(training.model)).toBe(before);
    (training.parts.optimizer.paramGroups[0] as { lr: number }).lr = 1e-3;
    training.parts.optimizer.zeroGrad();
  });
});

test("after all of them the training takes its next step", () => {
  const before = digest(training.model);
  training.step();
  expect(digest(training.model)).not.toBe(before);
});

async function outcome(use: () => unknown): Promise<unknown> {
  try {
    return await use();
  } catch (error) {
    return error;
  }
}
