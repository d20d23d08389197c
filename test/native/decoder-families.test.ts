// Every family of rotary decoders beside transformers: folders that we save are loaded there, strictly, and give the same logits,
// losses, gradients and texts; what it saves of them loads here with the same bits. One Python program a family.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AutoModelForCausalLM,
  backward,
  type CausalLM,
  countMemory,
  manualSeed,
  noGrad,
  randn,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { readConfig } from "../../src/models/config-file.js";
import { DECODERS, SIZES } from "../fixtures/decoder-cases.js";
import { expectClose, expectGradients } from "../fixtures/expect-close.js";
import { isMatrix } from "../fixtures/matrix.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const LENGTH = 21;
/** The second row is shorter. */
const MASK = [LENGTH, LENGTH - 6].map((real) =>
  Array.from({ length: LENGTH }, (_, i) => +(i < real)),
);
const IDS = MASK.map((row, r) => row.map((_, i) => (i * 31 + r * 17 + ((i * i) % 13)) % 97));
const LABELS = IDS.map((row, r) => row.map((id, i) => (MASK[r]?.[i] === 1 ? id : -100)));
const PROMPTS = [[5, 60, 31], [8, 9, 77, 13, 2, 50, 41], [90]];
const NUM_NEW = 50;

interface Expected {
  /** Parameters that the folder lacks, that it has beyond, and of other shapes. */
  readonly report: readonly unknown[];
  readonly whole: readonly number[];
  readonly padded: readonly number[];
  readonly loss: number;
  readonly bfloat16: readonly number[];
  readonly texts: readonly (readonly number[])[];
}

const RUN = `
import os, torch
from transformers import AutoConfig, AutoModelForCausalLM
from safetensors.torch import save_file
try:
    from transformers.core_model_loading import revert_weight_conversion
    experts = dict(experts_implementation="eager")
except ImportError: # version 4 holds weights as files do
    revert_weight_conversion = lambda model, stored: stored
    experts = {}
folders, ids, mask, prompts, minimal = args
ids, mask = torch.tensor(ids), torch.tensor(mask)
longest = max(map(len, prompts))
rows = torch.tensor([[0] * (longest - len(row)) + row for row in prompts])
seen = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in prompts])
def run(folder):
    how = "eager" if AutoConfig.from_pretrained(folder).model_type == "gemma2" else "sdpa"
    model, report = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True, dtype=torch.float32, attn_implementation=how, **experts)
    whole = model(input_ids=ids, labels=ids)
    padded = model(input_ids=ids, attention_mask=mask, labels=ids.masked_fill(mask == 0, -100))
    loss = whole.loss + padded.loss
    loss.backward()
    stored = revert_weight_conversion(model, {n: torch.zeros_like(p) if p.grad is None else p.grad.clone() for n, p in model.named_parameters()})
    save_file({n: g.contiguous() for n, g in stored.items()}, folder + "/gradients")
    balance = getattr(model.config, "output_router_logits", False)
    model.config.output_router_logits = False # transformers would count rows of the cache, too
    texts = model.generate(rows, attention_mask=seen, max_new_tokens=${NUM_NEW}, do_sample=False, eos_token_id=None, pad_token_id=0)
    model.config.output_router_logits = balance
    model.save_pretrained(folder + "/again", **(dict(max_shard_size="20KB") if os.path.exists(folder + "/model.safetensors.index.json") else {}))
    return dict(report=[sorted(map(str, report[key])) for key in ("missing_keys", "unexpected_keys", "mismatched_keys")],
        whole=whole.logits.reshape(-1).tolist(), padded=padded.logits[mask == 1].reshape(-1).tolist(), loss=loss.item(),
        texts=texts[:, longest:].tolist(), bfloat16=model.to(torch.bfloat16)(input_ids=ids).logits.float().reshape(-1).tolist())
print(json.dumps(dict(cases=[run(folder) for folder in folders], minimal=AutoConfig.from_pretrained(minimal).to_dict())))`;

const MINIMAL = {
  vocab_size: 160000,
  hidden_size: 1024,
  intermediate_size: 80,
  num_hidden_layers: 3,
  num_attention_heads: 32,
};

/** The first configuration of each family; all of them in the matrix. */
const FAMILIES = DECODERS.map((family) => ({
  ...family,
  cases: family.cases.slice(0, isMatrix ? undefined : 1),
}));

describe.each(FAMILIES)("$name", (family) => {
  const root = sharedFolder();
  const folders = family.cases.map((_, i) => join(root, String(i)));
  const models: CausalLM[] = [];
  let answer: { readonly cases: readonly Expected[]; readonly minimal: Record<string, unknown> };

  beforeAll(async () => {
    for (const [i, { options }] of family.cases.entries()) {
      const model = withDistinctNumbers(family.make(options as never));
      const isSharded = i % 2 === 1;
      await model.savePretrained(folders[i] as string, isSharded ? { sizePerShard: 0.02 } : {});
      models.push(model.eval());
    }
    const minimal = join(root, "minimal");
    mkdirSync(minimal);
    const { model_type } = family.table.toJson(models[0]?.config as never, "float32");
    writeFileSync(join(minimal, "config.json"), JSON.stringify({ ...MINIMAL, model_type }));
    answer = python(RUN, folders, IDS, MASK, PROMPTS, minimal) as typeof answer;
  });

  describe.each(family.cases.map((each, i) => ({ ...each, i })))(
    "$name",
    ({ i, dependsOnLength, hasCloseChoices }) => {
      const model = () => models[i] as CausalLM;
      const expected = () => answer.cases[i] as Expected;

      test("the folder loads in transformers with nothing missing or left over", () => {
        expect(expected().report).toEqual([[], [], []]);
      });

      test("logits, losses and all gradients are transformers'", () => {
        const [whole, padded] = [forward(model()), forward(model(), MASK)];
        expectClose(whole.logits, Float32Array.from(expected().whole), BOUNDS);
        expectClose(ofRealTokens(padded.logits), Float32Array.from(expected().padded), BOUNDS);
        const loss = whole.loss.add(padded.loss);
        expect(Math.abs((loss.item() as number) - expected().loss)).toBeLessThan(1e-5);
        backward(loss);
        using reference = SafetensorsFile.open(join(folders[i] as string, "gradients"));
        expectGradients(model(), reference);
        model().zeroGrad();
      });

      test("in bfloat16 logits are transformers' but for what rounding makes", async () => {
        const low = await AutoModelForCausalLM.fromPretrained(folders[i] as string, {
          dtype: "bfloat16",
        });
        const logits = noGrad(() =>
          low
            .forward({ inputIds: tensor(IDS) })
            .logits.float()
            .toTypedArray(),
        ) as Float32Array;
        const apart = logits.map((x, at) => x - (expected().bfloat16[at] as number));
        const rows = rowsOf(apart, logits.length / IDS.flat().length);
        const wrong = hasCloseChoices ? nearest(rows, 0.5) : rows;
        expect(rootMeanSquare(wrong.flat()) / rootMeanSquare([...logits])).toBeLessThan(2e-2);
      });

      test("rows of different lengths continue as transformers continues them, and as each alone", () => {
        const newTokens = (prompts: number[][]) =>
          (
            model()
              .generate(prompts, { maxNewTokens: NUM_NEW, eosTokenId: null })
              .toArray() as number[][]
          ).map((row) => row.slice(-NUM_NEW));
        const texts = newTokens(PROMPTS);
        expect(texts).toEqual(expected().texts);
        expect(new Set(texts.flat()).size).toBeGreaterThan(2);
        if (dependsOnLength) return;
        expect(PROMPTS.map((row) => newTokens([row])[0])).toEqual(texts);
      });

      test("what transformers saves of it loads here with the same bits", async () => {
        const again = await AutoModelForCausalLM.fromPretrained(
          join(folders[i] as string, "again"),
        );
        expect(bytesOf(again)).toEqual(bytesOf(model()));
        const logits = (of: CausalLM) =>
          noGrad(() => of.forward({ inputIds: tensor(IDS) }).logits.toArray());
        expect(logits(again)).toEqual(logits(model()));
        const said = (of: CausalLM) => meaning(family.table.toJson(of.config as never, "float32"));
        expect(said(again)).toEqual(said(model()));
      });
    },
  );

  test("a step keeps as many bytes as its cost says", () => {
    const numKeyValueHeads = SIZES.numAttentionHeads; // the CPU's attention repeats grouped keys
    const options = { ...SIZES, ...family.fewExperts, numKeyValueHeads };
    const model = family.make(options as never);
    const inputIds = zeros([30, 6], { dtype: "int64" });
    const step = () => model.forward({ inputIds, labels: inputIds });
    const outputs = [step()]; // tables are made once
    const { heldBytes } = countMemory(() => outputs.push(step()));
    const said = model.cost({ batchSize: 30, sequenceLength: 6 });
    expect(heldBytes / said.reduce((sum, { saved }) => sum + saved.graph, 0)).toBeCloseTo(1, 1);
  });

  const mutations = Object.entries(family.mutations).flatMap(([field, values]) =>
    values.map((value) => ({ field, value })),
  );
  test.each(mutations)("$field changed to $value is felt", async ({ field, value }) => {
    const folder = mutated(folders[0] as string, join(root, `${field} ${value}`), {
      [field]: value,
    });
    const other = await AutoModelForCausalLM.fromPretrained(folder);
    expect(distance(other, answer.cases[0] as Expected)).toBeGreaterThan(1e-3);
  });

  test.each(family.refused)("%j is refused by name", async (change, message) => {
    const folder = mutated(folders[0] as string, scratchFolder(), change);
    await expect(AutoModelForCausalLM.fromPretrained(folder)).rejects.toThrow(message);
  });

  test("tokens that are seen though they are padding are felt", () => {
    const { logits } = forward(models[0] as CausalLM, [
      MASK[0] as number[],
      MASK[0]?.map((_, i) => +(i > 2)) as number[],
    ]);
    const seen = noGrad(() => forward(models[0] as CausalLM).logits);
    expect(logits.sub(seen).abs().max().item()).toBeGreaterThan(1e-3);
  });

  test("a file that says only sizes means what it means to transformers", () => {
    const config = family.table.fromFile(readConfig(join(root, "minimal")));
    const here = meaning(family.table.toJson(config as never, "float32"));
    const experts = answer.minimal["num_local_experts"]; // as version 5 calls them in every family
    const there = meaning({
      num_experts: experts,
      ...answer.minimal,
      ...ropeOf(answer.minimal),
      rope_scaling: null,
      sliding_window_pattern: answer.minimal["_sliding_window_pattern"], // Gemma 3's, in both versions
    });
    expect(here).toEqual(Object.fromEntries(Object.keys(here).map((name) => [name, there[name]])));
  });
});

const BOUNDS = { absolute: 1e-5, relative: 1e-5 };

/** Norms and biases begin alike everywhere; here each number is another. */
function withDistinctNumbers<M extends CausalLM>(model: M): M {
  manualSeed(7);
  noGrad(() => {
    for (const parameter of model.parameters()) {
      const noise = randn(parameter.shape).mul(0.1);
      parameter.copy_(parameter.ndim === 1 ? parameter.add(noise) : noise);
    }
  });
  return model;
}

function forward(model: CausalLM, mask?: readonly (readonly number[])[]) {
  const inputIds = tensor(IDS);
  if (mask === undefined) return model.forward({ inputIds, labels: inputIds });
  return model.forward({
    inputIds,
    labels: tensor(LABELS),
    attentionMask: tensor(mask as number[][]),
  });
}

/** logits (B, T, V) -> (real tokens, V) */
function ofRealTokens(logits: Tensor): Tensor {
  return logits
    .view(-1, logits.shape[2] as number)
    .indexSelect(0, tensor(MASK.flat().flatMap((real, i) => (real ? [i] : []))));
}

function bytesOf(model: CausalLM): string[] {
  return [...model.namedParameters()].map(
    ([name, parameter]) => `${name} ${Buffer.from(parameter.toBytes()).toString("base64")}`,
  );
}

/** numbers (rows, width) */
function rowsOf(numbers: Float32Array, width: number): number[][] {
  const count = numbers.length / width;
  return Array.from({ length: count }, (_, i) => [...numbers.slice(i * width, (i + 1) * width)]);
}

/** The part of the rows that is nearest to zero. */
function nearest(rows: readonly number[][], part: number): number[][] {
  const sorted = rows.toSorted((a, b) => rootMeanSquare(a) - rootMeanSquare(b));
  return sorted.slice(0, Math.round(rows.length * part));
}

function rootMeanSquare(numbers: readonly number[]): number {
  return Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);
}

/** A copy of the model in `from` whose config.json says something else. */
function mutated(from: string, to: string, change: object): string {
  mkdirSync(to, { recursive: true });
  copyFileSync(join(from, "model.safetensors"), join(to, "model.safetensors"));
  const config = JSON.parse(readFileSync(join(from, "config.json"), "utf8")) as object;
  writeFileSync(join(to, "config.json"), JSON.stringify({ ...config, ...change }));
  return to;
}

/** Between logits. */
function distance(model: CausalLM, { whole }: Expected): number {
  const logits = noGrad(() =>
    model.forward({ inputIds: tensor(IDS) }).logits.toTypedArray(),
  ) as Float32Array;
  return Math.max(...logits.map((x, i) => Math.abs(x - (whole[i] as number))));
}

/** Rotations in the fields of transformers 4; nothing where it is 4 that answers. */
function ropeOf(json: Record<string, unknown>): Record<string, unknown> {
  const rope = json["rope_parameters"] as Record<string, unknown> | undefined;
  if (rope === undefined) return {};
  if (!("full_attention" in rope)) return rope;
  const ofType = rope as Record<"full_attention" | "sliding_attention", Record<string, unknown>>;
  return {
    rope_theta: ofType.full_attention["rope_theta"],
    rope_local_base_freq: ofType.sliding_attention["rope_theta"],
  };
}

/** What a config.json says of the numbers; windows that are off and what follows from other fields may be left out. */
function meaning(json: Record<string, unknown>): Record<string, unknown> {
  const { architectures, use_cache, dtype, torch_dtype, ...fields } = json;
  const isOff = fields["use_sliding_window"] === false;
  const headDim = (fields["hidden_size"] as number) / (fields["num_attention_heads"] as number);
  return {
    ...fields,
    head_dim: fields["head_dim"] ?? headDim,
    ...(isOff && { sliding_window: null }),
  };
}
