// Whatever a backward pass reaches of a boosted model is averaged over ranks and scaled as its step expects, or it is refused.
import { beforeAll, expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

type Found = Readonly<Record<string, readonly number[] | string>>;
let ranks: readonly Found[];
let inHalves: readonly Found[];

beforeAll(async () => {
  ranks = await run("fp32");
  inHalves = await run("fp16");
});

test.each(["encode", "penalty"])(
  "loss.backward() of a loss that did not come through forward() averages as booster.backward() does: %s",
  (way) => {
    for (const found of ranks) {
      expect(found[`${way}Plain`]).toEqual(found[`${way}Boosted`]);
      expect(found[`${way}Plain`]).toEqual(ranks[0]?.[`${way}Boosted`]);
    }
    for (const found of inHalves)
      expect(found[`${way}Plain`]).toMatch(
        /TypeError: .*call booster\.backward\(loss, optimizer\)/,
      );
  },
);

test("two boosted models under one loss count its tokens both", () => {
  for (const found of ranks) {
    expect(found["twoModels"]).toEqual(ranks[0]?.["twoModels"]);
    expectClose(found["twoModelsTokens"], found["twoModels"]);
  }
  for (const found of inHalves)
    expect(found["twoModels"]).toMatch(
      /PlanError: backward: .*begun with the SGD of Net.*of the SGD of Net.*boost one model/,
    );
});

test("a model boosted with two optimizers: what the pass of one scaled the other does not use", () => {
  for (const found of ranks) {
    expect(found["twoOptimizers"]).toBeInstanceOf(Array);
    expect(found["twoOptimizersTokens"]).toMatch(/PlanError: step: .*one optimizer/);
  }
});

test("the optimizer given to boost() does not step by itself", () => {
  for (const found of [...ranks, ...inHalves])
    expect(found["innerStep"]).toMatch(
      /PlanError: step: SGD was given to boost\(\).*step\(\) of that/,
    );
});

test("a step is refused while each rank has gradients of its own", () => {
  for (const found of [...ranks, ...inHalves])
    expect(found["underNoSync"]).toMatch(/PlanError: step: .*leave noSync before the last pass/);
});

test("a parameter that is trained since boost(), and a model boosted without an optimizer, are refused", () => {
  for (const found of ranks) {
    expect(found["unfrozen"]).toMatch(/PlanError: backward: a\.weight was frozen.*boost it again/);
    expect(found["withoutOptimizer"]).toMatch(
      /PlanError: backward: Net was boosted without an opt/,
    );
  }
});

function expectClose(actual: unknown, wanted: unknown): void {
  expect(actual).toBeInstanceOf(Array);
  for (const [i, one] of (wanted as number[]).entries())
    expect(Math.abs(((actual as number[])[i] as number) - one)).toBeLessThan(1e-5);
}

async function run(precision: string): Promise<readonly Found[]> {
  const environment = { OMP_NUM_THREADS: "1" };
  return (await runRanks("passes.mjs", 2, { options: { precision }, environment })) as Found[];
}
