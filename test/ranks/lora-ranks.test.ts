// Adapters on several ranks: as on one, in checkpoints, and saved by all together.
import { join } from "node:path";
import { Booster, LlamaForCausalLM, WeightsFolder } from "notebooster";
import { expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

interface Result {
  readonly losses: number[];
  readonly weights: string;
  readonly states: string[];
}

test("two ranks train an adapter as one does with the whole batch, and save it for all", async () => {
  const [one, two] = [join(scratchFolder(), "one"), join(scratchFolder(), "two")];
  const [alone] = await train(1, { adapter: one });
  const [first, second] = await train(2, { adapter: two });
  expect(second?.weights).toBe(first?.weights);
  for (const [step, loss] of (alone as Result).losses.entries())
    expect(Math.abs((first?.losses[step] as number) - loss), `loss ${step}`).toBeLessThan(1e-5);
  expect(first?.states.every((name) => name.includes(".lora_"))).toBe(true);
  expect(first?.states.length).toBe(28);
  using saved = SafetensorsFile.open(join(two, "adapter_model.safetensors"));
  expect(saved.tensors.size).toBe(28);
  for (const name of saved.tensors.keys())
    expect([name, saved.read(name).some((byte) => byte !== 0)]).toEqual([name, true]); // B began as zeros
  const model = new LlamaForCausalLM({
    ...{ vocabSize: 61, hiddenSize: 32, intermediateSize: 48, numHiddenLayers: 2 },
    ...{ numAttentionHeads: 4, tieWordEmbeddings: true },
  });
  new Booster().enableLora(model, { pretrainedDir: two });
});

test.each([
  [1, "fp32"],
  [2, "bf16"],
] as const)("on %i ranks in %s a checkpoint goes on to the bit", async (numRanks, precision) => {
  const folder = join(scratchFolder(), "checkpoints");
  const whole = await train(numRanks, { folder, saveAt: 4, precision });
  const resumed = await train(numRanks, { folder, resume: true, precision });
  expect(resumed.map(({ losses }) => losses)).toEqual(whole.map(({ losses }) => losses.slice(4)));
  expect(resumed.map(({ weights }) => weights)).toEqual(whole.map(({ weights }) => weights));
});

test("ranks that read a base model each leave it out of checkpoints, and fail together where one cannot read it", async () => {
  const [base, spoiled] = [join(scratchFolder(), "base"), join(scratchFolder(), "spoiled")];
  const folder = join(scratchFolder(), "checkpoints");
  for (const each of [base, spoiled])
    await new LlamaForCausalLM({
      ...{ vocabSize: 61, hiddenSize: 32, intermediateSize: 48, numHiddenLayers: 2 },
      ...{ numAttentionHeads: 4, tieWordEmbeddings: true },
    }).savePretrained(each);
  const whole = await train(2, { base, folder, saveAt: 4, precision: "bf16" });
  using saved = WeightsFolder.open(join(folder, "step-00000004"));
  expect(saved.names.filter((name) => !name.includes("lora_"))).toEqual([]);
  const resumed = await train(2, { base, folder, resume: true, precision: "bf16" });
  expect(resumed.map(({ losses }) => losses)).toEqual(whole.map(({ losses }) => losses.slice(4)));
  expect(resumed.map(({ weights }) => weights)).toEqual(whole.map(({ weights }) => weights));
  await expect(train(2, { base, spoiled })).rejects.toThrow(/spoiled.*was written to since/);
});

function train(worldSize: number, options: Record<string, unknown>): Promise<Result[]> {
  return runRanks("train-lora.mjs", worldSize, {
    options,
    environment: { OMP_NUM_THREADS: "1" },
  }) as Promise<Result[]>;
}
