// The loop of train(), copied into a cell as its head says: it is of the package's public names, and an interrupt in the middle of
// a step ends it after a whole one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSamples } from "notebooster/report";
import { expect, test } from "vitest";
import { useKernel } from "../kernel/kernel-under-test.js";

const kernel = useKernel();

const source = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)), "utf8");
const INDEX = source("index.ts");
const LOOP = source("train/loop.ts")
  .replaceAll(/from "\.\.?\/[^"]*"/g, 'from "notebooster"')
  .replace("export async function", "async function");

const PREPARE = `
import { AdamW, Booster, DataLoader, getScheduler, isGradEnabled, LlamaForCausalLM, manualSeed, train } from "notebooster";
import { currentHost } from "notebooster/host";
const rows = { length: 512, sequenceLength: 16, row: (r: number) => Int32Array.from({ length: 16 }, (_, i) => (r * 7 + i * 3) % 64) };
/** Says when it is at a forward pass, and waits there until it is interrupted. */
class Watched extends LlamaForCausalLM {
  waitsAt: string[] = [];
  counts = { training: 0, heldOut: 0 };
  override forward(...given: Parameters<LlamaForCausalLM["forward"]>): never {
    const kind = isGradEnabled() ? "training" : "heldOut";
    if (this.waitsAt.includes(kind + ++this.counts[kind])) {
      display({ "text/plain": "begun" });
      while (!currentHost()?.interruptRequested);
    }
    return super.forward(...given) as never;
  }
}
async function prepare() {
  manualSeed(1);
  const model = new Watched({ vocabSize: 64, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2, numAttentionHeads: 2 }, { seed: 1 });
  const booster = new Booster();
  booster.enableLora(model, { r: 4, loraDropout: 0.3 });
  const adamw = new AdamW(model.parameters(), { lr: 0.01 });
  const parts = await booster.boost({
    model,
    optimizer: adamw,
    lrScheduler: getScheduler("linear", adamw, { numWarmupSteps: 0, numTrainingSteps: 10 }),
    dataloader: new DataLoader({ dataset: rows, batchSize: 4, shuffle: true, seed: 1 }),
  });
  const heldOut = booster.prepareDataloader({ dataset: rows, batchSize: 64 });
  const saveBest = (to: string) => booster.saveLoraAsPretrained(model, to);
  const samples = () => [{ prompt: "said", text: String(parts.lrScheduler.state().step), numTokens: 1 }];
  return { booster, model, parts, options: { heldOut, saveBest, samples, steps: 10, accumulation: 4, evalEvery: 5 } };
}
const whole = await prepare();
const cut = await prepare();
cut.model.waitsAt = ["training10", "heldOut12"]; // within the third step, and within the evaluation after the fifth
const trained = ({ model }: typeof cut) =>
  model.parameters().filter((p) => p.requiresGrad).map((p) => Buffer.from(p.toBytes()).toString("base64"));`;

test("all that the loop imports is public", () => {
  const names = [...LOOP.matchAll(/import (?:type )?{ ([^}]+) } from/g)].flatMap(([, list]) =>
    (list as string).split(", "),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(INDEX))).toEqual([]);
});

test("copied into a cell and interrupted within a step, and within an evaluation, it goes on to the numbers of train()", async () => {
  expect((await kernel.run(LOOP)).error).toBe("");
  expect((await kernel.run(PREPARE)).error).toBe("");
  const { error } = await kernel.run(
    `manualSeed(2);
    const expected = await train(whole.booster, whole.parts, { ...whole.options, folder: "whole" });`,
  );
  expect(error).toBe("");
  const runs = join(kernel.folder, "runs");
  const said = readSamples(join(runs, readdirSync(runs)[0] as string));
  expect(said.rows).toEqual(
    [0, 5, 10].map((step) => ({ step, prompt: "said", text: `${step}`, rank: 0 })),
  );
  await kernel.run("manualSeed(2);");
  const goOn = `const record = await trainingLoop(cut.booster, cut.parts, { ...cut.options, folder: "cut" });`;
  for (const step of [2, 5]) {
    expect((await kernel.interrupted(goOn)).reply).toMatchObject({ ename: "TrainingInterrupted" });
    expect(await resultOf("cut.parts.lrScheduler.state().step")).toBe(`${step}`);
    expect(readdirSync(join(kernel.folder, "cut"))).toContain(`step-0000000${step}`);
  }
  expect((await kernel.run(goOn)).error).toBe("");
  const same = "isDeepStrictEqual(record.evaluations, expected.evaluations)";
  expect(await resultOf(same)).toBe("true");
  expect(await resultOf("isDeepStrictEqual(trained(cut), trained(whole))")).toBe("true");
});

async function resultOf(code: string): Promise<string> {
  const { result, error } = await kernel.run(
    `import { isDeepStrictEqual } from "node:util";\n${code}`,
  );
  expect(error).toBe("");
  return result as string;
}
