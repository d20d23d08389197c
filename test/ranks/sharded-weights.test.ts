// Weights that several ranks have written, a file each, are one model for transformers.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

test("transformers loads the shards that three ranks have written, also under a prefix, as it loads one file", async () => {
  const folder = scratchFolder();
  expect(await runRanks("save-sharded.mjs", 3, { options: { folder } })).toEqual([
    true,
    true,
    true,
  ]);
  const shards = readdirSync(join(folder, "sync")).filter((name) => /^model-.*-of-/.test(name));
  expect(shards.length).toBeGreaterThan(3);
  expect(readdirSync(join(folder, "async"))).toContain("model.safetensors.index.ema.json");
  const differing = python(
    `
import torch
from transformers import LlamaForCausalLM
def load(name, **more): return LlamaForCausalLM.from_pretrained(f"{args[0]}/{name}", dtype=torch.bfloat16, **more).state_dict()
one, others = load("one"), [load("sync"), load("async", variant="ema")]
print(json.dumps([k for other in others for k in one if not torch.equal(one[k], other[k])]))`,
    folder,
  );
  expect(differing).toEqual([]);
});
