// What `fromPretrained` is told beside a folder: heads that the folder has not, labels, other fields of the configuration; and
// configurations by the folder's family.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AutoConfig,
  AutoModelForCausalLM,
  AutoModelForSequenceClassification,
  BertForMaskedLM,
  BertForSequenceClassification,
  MixtralForCausalLM,
  tensor,
} from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { DECODERS, SIZES } from "../fixtures/decoder-cases.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const BERT = {
  ...{ vocabSize: 50, hiddenSize: 16, numHiddenLayers: 2, numAttentionHeads: 2 },
  ...{ intermediateSize: 24, maxPositionEmbeddings: 32 },
};
const root = sharedFolder();
const [masked, twoClasses] = [join(root, "masked"), join(root, "two-classes")];

beforeAll(async () => {
  await new BertForMaskedLM(BERT).savePretrained(masked);
  await new BertForSequenceClassification(BERT).savePretrained(twoClasses);
});

describe("a head that the folder has not", () => {
  test("begins anew and is named once, the rest is the folder's", async () => {
    const warnings = warningsOf(masked);
    const id2label = ["bad", "fair", "good"];
    const model = await AutoModelForSequenceClassification.fromPretrained(masked, { id2label });
    await new Promise(setImmediate);
    expect(warnings).toEqual([
      expect.stringMatching(
        /masked has no fitting weights for these of BertForSequenceClassification, .*: bert.pooler.dense.weight, bert.pooler.dense.bias, classifier.weight, classifier.bias$/,
      ),
    ]);
    const base = (await BertForMaskedLM.fromPretrained(masked)).stateDict();
    const state = model.stateDict();
    const shared = Object.keys(state).filter((name) => name in base);
    expect(shared.length).toBeGreaterThan(30);
    for (const name of shared) expect(state[name]?.toArray()).toEqual(base[name]?.toArray());
    expect(state["classifier.weight"]?.shape).toEqual([3, 16]);
    expect(state["classifier.weight"]?.std().item()).toBeCloseTo(0.02, 2);
    expect(state["classifier.bias"]?.toArray()).toEqual([0, 0, 0]);
    expect(
      model.forward({ inputIds: tensor([[1, 2]]), labels: tensor([2]) }).loss.item(),
    ).toBeCloseTo(Math.log(3), 1);
  });

  test("labels are those of transformers for the same words", async () => {
    const given = [
      { numLabels: 3 },
      { id2label: ["a", "b", "c", "d"] },
      { numLabels: 1, problemType: "regression" },
      {},
    ] as const;
    const folders = given.map(() => scratchFolder());
    for (const [i, options] of given.entries()) {
      const model = await BertForSequenceClassification.fromPretrained(masked, options);
      await model.savePretrained(folders[i] as string);
    }
    const theirs = python(
      `
from transformers import BertConfig
def labels(folder, **said):
    config = BertConfig.from_pretrained(folder, **said)
    return [config.num_labels, config.id2label, config.label2id, config.problem_type]
said = [dict(num_labels=3), dict(id2label={i: n for i, n in enumerate("abcd")}, label2id={n: i for i, n in enumerate("abcd")}),
    dict(num_labels=1, problem_type="regression"), {}]
print(json.dumps([[labels(args[0], **each), labels(folder)] for each, folder in zip(said, args[1])]))`,
      masked,
      folders,
    ) as [unknown, unknown][];
    for (const [asked, saved] of theirs) expect(saved).toEqual(asked);
  });

  test("one of other classes is refused, unless it is asked for", async () => {
    const options = { numLabels: 5 };
    await expect(BertForSequenceClassification.fromPretrained(twoClasses, options)).rejects.toThrow(
      /classifier.weight is \[2, 16\], the model's config wants \[5, 16\]/,
    );
    const warnings = warningsOf(twoClasses);
    const model = await BertForSequenceClassification.fromPretrained(twoClasses, {
      ...options,
      ignoreMismatchedSizes: true,
    });
    await new Promise(setImmediate);
    expect(warnings).toEqual([expect.stringMatching(/: classifier.weight, classifier.bias$/)]);
    expect(model.classifier.weight.shape).toEqual([5, 16]);
  });

  test("what is no head may not be missing", async () => {
    const folder = join(root, "deeper");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "model.safetensors"),
      readFileSync(join(masked, "model.safetensors")),
    );
    const config = JSON.parse(readFileSync(join(masked, "config.json"), "utf8")) as object;
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({ ...config, intermediate_size: 25 }),
    );
    await expect(BertForSequenceClassification.fromPretrained(folder)).rejects.toThrow(
      /intermediate.dense.weight is \[24, 16\]/,
    );
  });
});

describe("fields of the configuration", () => {
  test("may be given, and are used and saved", async () => {
    const folder = scratchFolder();
    await new MixtralForCausalLM({ ...SIZES, numLocalExperts: 3 }).savePretrained(folder);
    const inputIds = tensor([[1, 2, 3]]);
    const plain = await AutoModelForCausalLM.fromPretrained(folder);
    const balanced = await AutoModelForCausalLM.fromPretrained(folder, {
      outputRouterLogits: true,
    });
    expect(plain.forward({ inputIds }).auxLoss).toBeUndefined();
    expect(balanced.forward({ inputIds }).auxLoss?.item()).toBeGreaterThan(1);
    await balanced.savePretrained(folder);
    expect(await AutoConfig.fromPretrained(folder)).toMatchObject({ outputRouterLogits: true });
    await expect(
      MixtralForCausalLM.fromPretrained(folder, { numExpertsPerTok: 4 }),
    ).rejects.toThrow(
      "fromPretrained: numExpertsPerTok must be at most numLocalExperts, got 4 and 3",
    );
    await expect(
      AutoModelForCausalLM.fromPretrained(folder, { outputRouterLogit: true }),
    ).rejects.toThrow(
      "fromPretrained has no option outputRouterLogit; did you mean outputRouterLogits?",
    );
  });
});

describe("AutoConfig", () => {
  test.each(DECODERS)("reads a $name's", async ({ make, cases }) => {
    const model = make(cases[0]?.options as never);
    const folder = scratchFolder();
    await model.savePretrained(folder);
    const { modelType, ...config } = await AutoConfig.fromPretrained(folder);
    const stored = JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as {
      model_type: string;
    };
    expect(modelType).toBe(stored.model_type);
    expect(config).toEqual(model.config);
  });

  test.each([
    ...[
      "falcon",
      "gptj",
      "deepseek_v2",
      "deepseek_v3",
      "cohere",
      "cohere2",
      "vit",
      "whisper",
      "sam",
      "blip-2",
    ],
  ])("says that %s is deferred, as loading does", async (model_type) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "config.json"), JSON.stringify({ model_type }));
    const deferred = new RegExp(
      `model_type "${model_type}" is not supported yet: the family .* is deferred`,
    );
    await expect(AutoConfig.fromPretrained(folder)).rejects.toThrow(deferred);
    await expect(AutoModelForCausalLM.fromPretrained(folder)).rejects.toThrow(deferred);
  });
});

/** Those about new weights in a folder's place, from now on. */
function warningsOf(folder: string): string[] {
  const seen: string[] = [];
  process.on("warning", ({ name, message }) => {
    if (name === "NewWeights" && message.startsWith(folder)) seen.push(message);
  });
  return seen;
}
