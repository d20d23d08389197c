// Going through a step's memory, with numbers worked out by hand.
import { expect, test } from "vitest";
import { type Stretch, total, walk } from "../../src/booster/memory-plan/walk.js";

const RESIDENT = { parameters: 100, state: 200 };

/** Two layers that keep 40 each, a head that needs 70 for a moment, and gradients of 50 a layer. */
const STEP: readonly Stretch[] = [
  { phase: "forward", block: "a", most: { activations: 45 }, left: { activations: 40 } },
  { phase: "forward", block: "b", most: { activations: 45 }, left: { activations: 40 } },
  { phase: "forward", block: "head", most: { loss: 70 }, left: { loss: 10 } },
  {
    phase: "backward",
    block: "b",
    most: { gradients: 20, activations: 15 },
    left: { gradients: 50, activations: -40 },
  },
  {
    phase: "backward",
    block: "a",
    most: { gradients: 50, activations: 2 },
    left: { gradients: 50, activations: -40 },
  },
  { phase: "update", most: { update: 30 }, left: {} },
];

test("most is held where a block needs most over what was kept until then, not where a sum of all says", () => {
  const peak = walk(RESIDENT, STEP);
  // 300 + 40 + 40 + 70; backward b: 300 + 90 + 35 = 425; a: 300 + 100 + 52 = 452
  expect(peak).toEqual({
    bytes: 452,
    phase: "backward",
    block: "a",
    of: { parameters: 100, state: 200, activations: 42, loss: 10, gradients: 100 },
  });
  expect(total(peak.of)).toBe(452);
});

test("what leaves before it is needed again leaves the peak where it was", () => {
  const lighter = STEP.map((stretch) =>
    stretch.phase === "backward" && stretch.block === "a"
      ? { ...stretch, most: { gradients: 20, activations: 2 } }
      : stretch,
  );
  const { bytes, phase, block, of } = walk(RESIDENT, lighter);
  expect([bytes, phase, block]).toEqual([450, "forward", "head"]);
  expect(of).toEqual({ ...RESIDENT, activations: 80, loss: 70 });
});

test("an update that needs much on the way is the peak, and nothing but what stays where no step is made", () => {
  const costly = [
    ...STEP.slice(0, -1),
    { phase: "update", most: { update: 50 }, left: {} } as const,
  ];
  expect(walk(RESIDENT, costly)).toMatchObject({ bytes: 460, phase: "update", block: undefined });
  expect(walk(RESIDENT, [])).toMatchObject({ bytes: 300, phase: "begin" });
});
