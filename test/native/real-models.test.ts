// Models that people use beside transformers: the ids of texts, outputs of rows of different lengths, losses and greedy texts. Only in
// the matrix, which fetches them once: 680 MB of Python packages.
import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  AutoModel,
  AutoModelForCausalLM,
  AutoModelForMaskedLM,
  AutoTokenizer,
  fromBytes,
  noGrad,
  type PretrainedModel,
  type Tensor,
  tensor,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { isMatrix } from "../fixtures/matrix.js";
import { python } from "../fixtures/python.js";
import { realModel } from "../fixtures/real-models.js";
import { sharedFolder } from "../fixtures/scratch.js";

const NUM_NEW = 30;
const ENGLISH = [
  "The capital of France is",
  "Whether 'tis nobler in the mind to suffer the slings and arrows of outrageous fortune,",
  "naïve café, 12345.67 — 日本 👍🏽",
];
const ANTIBODIES = [
  "E V Q L V [MASK] S G G G",
  "D I Q M T Q S P S S L S A S V G D R V T I T C [MASK] A S Q",
  "Q V",
];
const PROMPTS = [
  "[HEAVY] [HUMAN] E V Q L V E S G",
  "[LIGHT] [MOUSE] D I Q M T Q S P S S L S A S V",
  "[HEAVY] [CAMEL] Q",
];

interface Case {
  readonly name: Parameters<typeof realModel>[0];
  readonly family: string;
  /** The class of transformers. */
  readonly className: string;
  readonly loads: { fromPretrained(source: string): Promise<PretrainedModel> };
  /** How the package holds it; what is in "bin" goes through transformers into a folder of safetensors. */
  readonly as: "gguf" | "safetensors" | "bin";
  readonly output: "logits" | "lastHiddenState";
  readonly texts: readonly string[];
  /** Texts are continued. */
  readonly generates?: true;
}

const decoder = { loads: AutoModelForCausalLM, output: "logits", generates: true } as const;
const CASES: readonly Case[] = [
  {
    name: "SmolLM2-135M-Instruct",
    family: "LLaMA",
    className: "LlamaForCausalLM",
    as: "gguf",
    texts: ENGLISH,
    ...decoder,
  },
  {
    name: "gemma-3-270m",
    family: "Gemma 3",
    className: "Gemma3ForCausalLM",
    as: "gguf",
    texts: ENGLISH,
    ...decoder,
  },
  {
    name: "IgLM",
    family: "GPT-2",
    className: "GPT2LMHeadModel",
    as: "bin",
    texts: PROMPTS,
    ...decoder,
  },
  {
    name: "IgLM-S",
    family: "GPT-2",
    className: "GPT2LMHeadModel",
    as: "bin",
    texts: PROMPTS,
    ...decoder,
  },
  {
    name: "all-MiniLM-L6-v2",
    family: "BERT",
    className: "BertModel",
    loads: AutoModel,
    as: "safetensors",
    output: "lastHiddenState",
    texts: ENGLISH,
  },
  {
    name: "AntiBERTy",
    family: "BERT",
    className: "BertForMaskedLM",
    loads: AutoModelForMaskedLM,
    as: "bin",
    output: "logits",
    texts: ANTIBODIES,
  },
];

const RUN = `
import torch, transformers
from safetensors.torch import save_file
case, kept, folder = args
cls = getattr(transformers, case["className"])
if case["as"] == "bin":
    tokenizer = transformers.BertTokenizer(f"{kept}/vocab.txt", do_lower_case=False)
    model = cls(cls.config_class.from_pretrained(kept))
    missing, _ = model.load_state_dict(torch.load(f"{kept}/pytorch_model.bin", weights_only=True, map_location="cpu"), strict=False)
    assert set(missing) <= {"cls.predictions.decoder.bias"}, missing # which is cls.predictions.bias
    model.save_pretrained(folder); tokenizer.save_pretrained(folder)
else:
    more = dict(gguf_file="model.gguf") if case["as"] == "gguf" else {}
    tokenizer = transformers.AutoTokenizer.from_pretrained(kept, **more)
    model = cls.from_pretrained(kept, dtype=torch.float32, **more)
model.eval()
ids = [tokenizer(text)["input_ids"] for text in case["texts"]]
def outputs(row):
    out = model(torch.tensor([row]))
    return out.logits[0] if case["output"] == "logits" else out.last_hidden_state[0]
def continued(row):
    seen = torch.ones(1, len(row), dtype=torch.int64)
    return model.generate(torch.tensor([row]), attention_mask=seen, max_new_tokens=${NUM_NEW}, do_sample=False, eos_token_id=None, pad_token_id=0)[0, len(row):].tolist()
result = dict(ids=ids, texts=[tokenizer.decode(row, clean_up_tokenization_spaces=False) for row in ids])
with torch.no_grad():
    save_file({str(i): outputs(row).contiguous() for i, row in enumerate(ids)}, f"{folder}/outputs")
    if case.get("generates"):
        result["losses"] = [model(torch.tensor([row]), labels=torch.tensor([row])).loss.item() for row in ids]
        result["continued"] = [continued(row) for row in ids]
print(json.dumps(result))`;

interface Expected {
  readonly ids: readonly (readonly number[])[];
  readonly texts: readonly string[];
  readonly losses?: readonly number[];
  readonly continued?: readonly (readonly number[])[];
}

describe.skipIf(!isMatrix)("a real model beside transformers", () => {
  const root = sharedFolder();
  test.each(CASES)("$family: $name", { timeout: 1_800_000 }, async (given) => {
    const kept = realModel(given.name);
    const folder = join(root, given.name);
    const expected = python(`import os; os.mkdir(args[2])${RUN}`, given, kept, folder) as Expected;
    const source = { gguf: join(kept, "model.gguf"), safetensors: kept, bin: folder }[given.as];
    const tokenizer = await AutoTokenizer.fromPretrained(source);
    expect(given.texts.map((text) => [...tokenizer.encode(text)])).toEqual(expected.ids);
    expect(expected.ids.map((row) => tokenizer.decode(row))).toEqual(expected.texts);
    const model = (await given.loads.fromPretrained(source)).eval();
    expectOutputs(model, given, { rows: expected.ids, file: join(folder, "outputs") });
    if (given.generates) expectTexts(model as Generates, expected);
    rmSync(folder, { recursive: true });
  });
});

/** Rows of different lengths together, within 1e-5 of the largest number that transformers gives for them one by one. */
function expectOutputs(
  model: PretrainedModel,
  { output }: Case,
  { rows, file }: { rows: Expected["ids"]; file: string },
): void {
  const longest = Math.max(...rows.map(({ length }) => length));
  const padded = (row: readonly number[], fill: number): number[] => [
    ...row,
    ...Array<number>(longest - row.length).fill(fill),
  ];
  const given = {
    inputIds: tensor(rows.map((row) => padded(row, 0))),
    attentionMask: tensor(
      rows.map((row) =>
        padded(
          row.map(() => 1),
          0,
        ),
      ),
    ),
  };
  const outputs = noGrad(() => model.forward(given)) as unknown as Record<string, Tensor>;
  using reference = SafetensorsFile.open(file);
  for (const [i, row] of rows.entries()) {
    const ours = (outputs[output] as Tensor).select(0, i).slice(0, 0, row.length);
    const theirs = fromBytes(reference.read(`${i}`), ours.shape, "float32");
    const [worst, largest] = [ours.sub(theirs), theirs].map((each) => each.abs().max().item());
    expect(worst).toBeLessThanOrEqual(1e-5 * (largest as number));
  }
}

interface Generates extends PretrainedModel {
  forward(inputs: { inputIds: Tensor; labels: Tensor }): { readonly loss: Tensor };
  generate(
    prompts: readonly (readonly number[])[],
    options: { maxNewTokens: number; eosTokenId: null },
  ): Tensor;
}

function expectTexts(model: Generates, { ids, losses = [], continued }: Expected): void {
  for (const [i, row] of ids.entries()) {
    const inputIds = tensor([row as number[]]);
    const loss = noGrad(() => model.forward({ inputIds, labels: inputIds }).loss.item());
    expect(Math.abs(loss / (losses[i] as number) - 1)).toBeLessThan(1e-4);
  }
  const options = { maxNewTokens: NUM_NEW, eosTokenId: null } as const;
  const together = model.generate(ids, options).toArray() as number[][];
  expect(together.map((row) => row.slice(-NUM_NEW))).toEqual(continued);
}
