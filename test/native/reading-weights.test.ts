// Weights as they come from files: in the dtype that is asked for or stored, also where a tensor is read in several pieces.
import fs from "node:fs";
import { join } from "node:path";
import { AutoModelForCausalLM, LlamaForCausalLM, type Tensor } from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const folder = sharedFolder();
const SIZES = {
  vocabSize: 150_000,
  hiddenSize: 16,
  intermediateSize: 24,
  numHiddenLayers: 1,
  numAttentionHeads: 2,
};

test("a tensor of several pieces is the same in every dtype", async () => {
  const model = new LlamaForCausalLM(SIZES).to("bfloat16"); // the embedding has 4.8 MB, a piece 4 MiB
  await model.savePretrained(folder);
  const own = new Map(model.namedParameters());
  for (const dtype of ["bfloat16", "float32", "float64"] as const) {
    const loaded = await LlamaForCausalLM.fromPretrained(folder, { dtype });
    for (const [name, parameter] of loaded.namedParameters()) {
      expect([parameter.dtype, parameter.to("bfloat16").equal(own.get(name) as Tensor)]).toEqual([
        dtype,
        true,
      ]);
    }
  }
});

test.each([
  ["as config.json says", "bfloat16", (fields: object) => ({ ...fields, dtype: "bfloat16" })],
  [
    "by its older name",
    "float16",
    (fields: object) => ({ ...fields, dtype: undefined, torch_dtype: "float16" }),
  ],
  [
    "as the weights are stored",
    "bfloat16",
    (fields: object) => ({ ...fields, dtype: undefined, torch_dtype: undefined }),
  ],
])('dtype: "auto" is %s', async (_, dtype, change) => {
  const copy = scratchFolder();
  fs.cpSync(folder, copy, { recursive: true });
  const file = join(copy, "config.json");
  fs.writeFileSync(
    file,
    JSON.stringify(change(JSON.parse(fs.readFileSync(file, "utf8")) as object)),
  );
  const model = await AutoModelForCausalLM.fromPretrained(copy, { dtype: "auto" });
  expect(model.dtype).toBe(dtype);
});
