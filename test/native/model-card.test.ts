// README.md beside a saved model or adapter: facts that are known, in the form of the Hugging Face Hub, and never over a person's own.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Booster } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { small } from "../fixtures/small-lora.js";

const booster = new Booster();
const training = {
  evaluations: [
    { step: 0, heldOutLoss: 4.25 },
    { step: 20, heldOutLoss: 1.5 },
  ],
};
const card = {
  baseModel: "somebody/base-1B",
  data: ["somebody/chats", "own: file.jsonl"],
  license: "apache-2.0",
  training,
};

const READ = `
import os
from huggingface_hub import ModelCard
from peft import PeftModel
from transformers import AutoModelForCausalLM
base, adapter = args
cards = [ModelCard.load(os.path.join(folder, "README.md")) for folder in (base, adapter)]
model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), adapter)
print(json.dumps([type(model).__name__] + [card.data.to_dict() for card in cards]))`;

test("cards say what is known, as the Hub reads it, and Python loads the folders as before", async () => {
  const [base, adapter] = [join(scratchFolder(), "base"), join(scratchFolder(), "adapter")];
  await booster.saveModel(small(), base, { card: {} });
  const model = small();
  booster.enableLora(model, { r: 3, loraAlpha: 6 });
  await booster.saveLoraAsPretrained(model, adapter, { card });
  const [loaded, ofModel, ofAdapter] = python(READ, base, adapter) as [string, object, object];
  expect(loaded).toBe("PeftModelForCausalLM");
  expect(ofModel).toEqual({
    library_name: "transformers",
    pipeline_tag: "text-generation",
    tags: ["notebooster"],
  });
  expect(ofAdapter).toEqual({
    library_name: "peft",
    base_model: "somebody/base-1B",
    pipeline_tag: "text-generation",
    license: "apache-2.0",
    datasets: ["somebody/chats"],
    tags: ["lora", "notebooster"],
  });
  const text = readFileSync(join(adapter, "README.md"), "utf8");
  expect(text).toContain(
    "# base-1B, fine-tuned\n\nLoRA adapter for LlamaForCausalLM of somebody/base-1B, trained with",
  );
  expect(text).toContain(
    "- data: somebody/chats, own: file.jsonl\n- steps: 20\n- LoRA: r 3, lora_alpha 6",
  );
  expect(text).toContain(
    "| step | loss on held-out rows |\n|---|---|\n| 0 | 4.2500 |\n| 20 | 1.5000 |",
  );
  const plain = readFileSync(join(base, "README.md"), "utf8");
  expect(plain).toContain(
    "# LlamaForCausalLM\n\nLlamaForCausalLM, saved with Notebooster.\n\n- weights: float32",
  );
  expect(plain).not.toMatch(/trained|steps|data:|undefined|null/);
});

test("ours is written anew, what a person wrote or changed stays, and none is written that is not asked for", async () => {
  const folder = join(scratchFolder(), "model");
  const readme = join(folder, "README.md");
  const save = (data?: string) =>
    booster.saveModel(small(), folder, data === undefined ? {} : { card: { data } });
  await save();
  expect(existsSync(readme)).toBe(false);
  await save("first.jsonl");
  await save("second.jsonl");
  expect(readFileSync(readme, "utf8")).toContain("data: second.jsonl");
  appendFileSync(readme, "and a remark of mine\n");
  const changed = readFileSync(readme, "utf8");
  await save("third.jsonl");
  expect(readFileSync(readme, "utf8")).toBe(changed);
  await save();
  expect(readFileSync(readme, "utf8")).toBe(changed);
  writeFileSync(readme, "all mine\n");
  for (const data of ["fourth.jsonl", undefined, undefined]) {
    await save(data);
    expect(readFileSync(readme, "utf8")).toBe("all mine\n");
  }
});
