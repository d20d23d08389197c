// Weights of four bits beside bitsandbytes' bits, and training of adapters over them beside PEFT.
import fs from "node:fs";
import { join } from "node:path";
import {
  AdamW,
  Booster,
  type DType,
  dequantizeNf4,
  fromBytes,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  mergeAndUnload,
  Nf4Linear,
  noGrad,
  ops,
  quantizeNf4,
  type Tensor,
} from "notebooster";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { writeSafetensors } from "../../src/checkpoint/safetensors-writer.js";
import { boostedWithAdapter, expectGradients, TRAIN_ADAPTER } from "../fixtures/beside-peft.js";
import { batch } from "../fixtures/beside-transformers.js";
import { expectClose } from "../fixtures/expect-close.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { disturb, logitsOf, small } from "../fixtures/small-lora.js";

/** Whole blocks, a last block in part, an odd number of weights, blocks of zeros, and more than 256 blocks. */
const WEIGHTS = [
  { name: "whole blocks", shape: [96, 160], dtype: "float32" },
  { name: "a last block in part", shape: [33, 50], dtype: "float32" },
  { name: "an odd number", shape: [9, 15], dtype: "float32" },
  { name: "more than 256 blocks, bfloat16", shape: [64, 4096], dtype: "bfloat16" },
  { name: "float16", shape: [32, 64], dtype: "float16" },
  { name: "zeros", shape: [4, 128], dtype: "float32" },
] as const;

/**
 * bitsandbytes 0.50 by its own plain PyTorch. Its library for CPUs widens rows wrongly that are no whole blocks, and looks 8-bit codes up in a
 * table that is not exact.
 */
const WITHOUT_LIBRARY = `
import ctypes, os
os.environ["TORCHDYNAMO_DISABLE"] = "1"
class Refuses(ctypes.CDLL):
    def __init__(self, name, *rest, **more):
        if "bitsandbytes" in str(name): raise OSError("left out")
        super().__init__(name, *rest, **more)
ctypes.cdll = ctypes.LibraryLoader(Refuses)
import logging; logging.disable(logging.CRITICAL)
import bitsandbytes as bnb
`;

const BITS_AND_BYTES = `${WITHOUT_LIBRARY}
import torch, bitsandbytes.functional as F
from safetensors.torch import save_file
torch.manual_seed(3)
tensors = {}
for i, case in enumerate(args[1]):
    w = (torch.randn(case["shape"]) * 0.05).to(getattr(torch, case["dtype"]))
    if case["name"] == "zeros": w.zero_()[1] = 1
    tensors[f"{i}.weight"] = w
    for nested in (False, True):
        q, state = F.quantize_4bit(w, blocksize=64, compress_statistics=nested, quant_type="nf4")
        parts = dict(packed=q.reshape(-1), absmax=state.absmax, dense=F.dequantize_4bit(q, state))
        if nested: parts |= dict(map=state.state2.code, scales=state.state2.absmax, offset=state.offset.reshape(1))
        tensors |= {f"{i}.{nested}.{name}": part.contiguous() for name, part in parts.items()}
save_file(tensors, args[0])
print("{}")`;

describe("a weight in NF4", () => {
  const folder = sharedFolder();
  let stored: SafetensorsFile;
  beforeAll(() => {
    const file = join(folder, "weights.safetensors");
    python(BITS_AND_BYTES, file, WEIGHTS);
    stored = SafetensorsFile.open(file);
    return () => stored.close();
  });

  describe.each(WEIGHTS.map((each, i) => ({ ...each, i })))("$name", ({ i, shape, dtype }) => {
    test.each([false, true])("has bitsandbytes' bits, double quantisation %s", (doubleQuant) => {
      const bytes = (name: string) => stored.read(`${i}.${doubleQuant ? "True" : "False"}.${name}`);
      const weight = fromBytes(stored.read(`${i}.weight`), [...shape], dtype);
      const rounded = quantizeNf4(weight, { doubleQuant });
      const parts = { packed: rounded.packed, absmax: rounded.absmax, ...rounded.double };
      for (const [name, part] of Object.entries(parts)) expectBits(part, bytes(name));
      expectBits(ops.aten.view(dequantizeNf4(rounded, dtype), "uint8"), bytes("dense"));
    });
  });

  test("is refused where its parts do not belong together", () => {
    const weight = quantizeNf4(ops.aten.ones([4, 64]));
    expect(() => dequantizeNf4({ ...weight, shape: [4, 128] }, "float32")).toThrow(/packed/);
    expect(() => dequantizeNf4({ ...weight, absmax: weight.packed }, "float32")).toThrow(/absmax/);
    expect(() => dequantizeNf4(weight, "int32" as DType)).toThrow(/float32, float16 or bfloat16/);
    expect(() => quantizeNf4(ops.aten.ones([4]))).toThrow(/a matrix \(out, in\)/);
  });
});

function expectBits(part: Tensor, bytes: Uint8Array): void {
  expect(Buffer.from(part.reshape(-1).toTypedArray() as Uint8Array).equals(bytes)).toBe(true);
}

const GPT2 = { vocabSize: 211, hiddenSize: 64, numAttentionHeads: 4, maxPositionEmbeddings: 64 };
const MERGED = { absolute: 1e-5, relative: 1e-5 };
const CASES = [
  {
    name: "LoRA on all linear layers",
    doubleQuant: true,
    config: { target_modules: "all-linear" },
  },
  {
    name: "LoRA on queries, one scale a block",
    doubleQuant: false,
    config: { target_modules: ["q_proj"] },
  },
  { name: "DoRA", doubleQuant: true, config: { target_modules: ["v_proj"], use_dora: true } },
] as const;

const IN_FOUR_BITS = `def in_four_bits(model, nested):
    for name, module in list(model.named_modules()):
        if not isinstance(module, torch.nn.Linear) or name == "lm_head": continue
        layer = bnb.nn.Linear4bit(module.in_features, module.out_features, bias=module.bias is not None, compute_dtype=torch.float32, compress_statistics=nested, quant_type="nf4")
        layer.weight = bnb.nn.Params4bit(module.weight.data, requires_grad=False, compress_statistics=nested, quant_type="nf4").to("cpu")
        if module.bias is not None: layer.bias = module.bias
        parent, _, child = name.rpartition(".")
        setattr(model.get_submodule(parent), child, layer)
    model.is_loaded_in_4bit = True
    return model
`;

const PEFT = `${WITHOUT_LIBRARY}
import torch, warnings
warnings.filterwarnings("ignore")
from transformers import LlamaConfig, LlamaForCausalLM
from peft import LoraConfig, get_peft_model
${TRAIN_ADAPTER}${IN_FOUR_BITS}def train(folder, case):
    torch.manual_seed(5)
    model = LlamaForCausalLM(LlamaConfig(vocab_size=211, hidden_size=64, intermediate_size=112, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, attention_bias=True))
    with torch.no_grad():
        for p in model.parameters(): p.copy_(torch.randn_like(p) * 0.08 + (1 if p.dim() == 1 else 0))
    model.save_pretrained(folder + "/base")
    model = get_peft_model(in_four_bits(model, case["doubleQuant"]), LoraConfig(task_type="CAUSAL_LM", r=4, lora_alpha=8, **case["config"]))
    assert sum(type(m).__name__ == "Linear4bit" and hasattr(m, "lora_A") for m in model.modules()) > 0
    return train_adapter(model, folder)
print(json.dumps([train(*each) for each in zip(*args)]))`;

describe("adapters over weights of four bits, beside PEFT and bitsandbytes", () => {
  const folder = sharedFolder();
  const folderOf = (i: number): string => join(folder, String(i));
  const boosted = (i: number) => {
    const { doubleQuant } = CASES[i] as (typeof CASES)[number];
    return boostedWithAdapter(folderOf(i), { quantize: "nf4", doubleQuant });
  };
  let theirs: readonly (readonly number[])[];
  beforeAll(() => {
    theirs = python(
      PEFT,
      CASES.map((_, i) => folderOf(i)),
      CASES,
    ) as (readonly number[])[];
  });

  test.each(CASES.map(({ name }, i) => ({ name, i })))(
    "$name: twenty losses and the first gradients; merged as computed",
    async ({ i }) => {
      const { model, booster, optimizer } = await boosted(i);
      using gradients = SafetensorsFile.open(join(folderOf(i), "gradients.safetensors"));
      for (const [step, expected] of (theirs[i] as readonly number[]).entries()) {
        const { loss } = model.forward(batch(step));
        booster.backward(loss, optimizer);
        if (step === 0) expectGradients(model, gradients);
        optimizer.step();
        optimizer.zeroGrad();
        expect(Math.abs(loss.item() - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
      }
      model.eval();
      const before = logitsOf(model);
      const merged = logitsOf(mergeAndUnload(model));
      expectClose(merged, before.toTypedArray() as Float32Array, MERGED);
      const names = [...model.namedModules()].map(([, module]) => module.constructor.name);
      expect(names).not.toContain("LoraLinear");
    },
  );

  test("leaves the head, frees the weights and keeps four bits while the model is converted", async () => {
    const { model } = await boosted(0);
    const layers = [...model.modules()].filter((module) => module instanceof Nf4Linear);
    expect(layers).toHaveLength(14);
    expect(
      [...model.namedParameters()].filter(([name]) => name.includes("base_layer.weight")),
    ).toEqual([]);
    const bits = layers[0]?.absmaxScales?.clone();
    model.to({ dtype: "bfloat16" });
    expect(layers[0]?.absmaxScales?.equal(bits as Tensor)).toBe(true);
    expect(logitsOf(model).dtype).toBe("bfloat16");
  });

  test("a merged GPT-2 is stored as it was, transposed weights and all", async () => {
    const model = new GPT2LMHeadModel({ ...GPT2, numHiddenLayers: 1 }).eval();
    const booster = new Booster();
    booster.enableLora(model, { quantize: "nf4" });
    disturb(model, "default");
    const before = logitsOf(model);
    expectClose(logitsOf(mergeAndUnload(model)), before.toTypedArray() as Float32Array, MERGED);
    await booster.saveModel(model, join(folder, "merged"));
    const loaded = await GPT2LMHeadModel.fromPretrained(join(folder, "merged"));
    expect(logitsOf(loaded).equal(logitsOf(model))).toBe(true);
  });

  test("what is merged has the dtype that the model was converted to", async () => {
    const [model, booster] = [small(), new Booster({ mixedPrecision: "bf16" })];
    booster.enableLora(model, { quantize: "nf4" });
    const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
    await booster.boost({ model, optimizer: new AdamW(trained, { lr: 1e-3 }) });
    expect(logitsOf(mergeAndUnload(model)).dtype).toBe("bfloat16");
    expect(new Set(model.parameters().map(({ dtype }) => dtype))).toEqual(new Set(["bfloat16"]));
  });

  test("a second adapter after a forward pass may round what is below both", () => {
    const [model, booster] = [small(), new Booster()];
    booster.enableLora(model);
    logitsOf(model);
    booster.enableLora(model, { adapterName: "b", quantize: "nf4" });
    expect(logitsOf(model).shape.at(-1)).toBe(211);
    const [, layer] = model.blocks;
    expect(layer?.parameters().some((one) => one.numel === 0)).toBe(false);
    const all = new Set(model.parameters());
    expect(model.blocks.flatMap((one) => one.parameters()).every((one) => all.has(one))).toBe(true);
  });

  test("nothing is widened while a model is rounded: its weights are never there in 16 bits together", () => {
    const widened = vi.spyOn(Nf4Linear.prototype, "weight", "get");
    try {
      new Booster().enableLora(small(), { r: 1, quantize: "nf4" });
      expect(widened).not.toHaveBeenCalled();
    } finally {
      widened.mockRestore();
    }
  });

  test("is refused for a model that has it already", () => {
    const [model, booster] = [small(), new Booster()];
    booster.enableLora(model, { quantize: "nf4" });
    expect(() => booster.enableLora(model, { adapterName: "b", quantize: "nf4" })).toThrow(
      /in four bits already/,
    );
  });
});

const SAVED_BY_TRANSFORMERS = `${WITHOUT_LIBRARY}
import torch, warnings
warnings.filterwarnings("ignore")
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM, BitsAndBytesConfig
folder, ids = args
${IN_FOUR_BITS}def save(folder, nested):
    torch.manual_seed(5)
    model = LlamaForCausalLM(LlamaConfig(vocab_size=211, hidden_size=64, intermediate_size=112, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, attention_bias=True))
    model.save_pretrained(folder + "/base")
    in_four_bits(model, nested)
    config = model.config.to_dict()
    config["quantization_config"] = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=nested).to_dict()
    os.makedirs(folder + "/rounded")
    json.dump(config, open(folder + "/rounded/config.json", "w"))
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder + "/rounded/model.safetensors", metadata={"format": "pt"})
    with torch.no_grad(): logits = model.eval()(torch.tensor(ids)).logits
    return logits.reshape(-1).tolist()
print(json.dumps([save(f"{folder}/{nested}", nested) for nested in (False, True)]))`;

describe("a folder of bitsandbytes' four bits", () => {
  const scratch = sharedFolder();
  const { inputIds } = batch(3);
  const folderOf = (isDouble: boolean) => join(scratch, isDouble ? "True" : "False");
  let expected: readonly (readonly number[])[];
  beforeAll(() => {
    expected = python(SAVED_BY_TRANSFORMERS, scratch, inputIds.tolist()) as typeof expected;
  });

  test.each([false, true])(
    "has its logits, and the bits of rounding the base here, double quantisation %s",
    async (doubleQuant) => {
      const folder = folderOf(doubleQuant);
      const model = await LlamaForCausalLM.fromPretrained(join(folder, "rounded"));
      const base = await LlamaForCausalLM.fromPretrained(join(folder, "base"));
      const logits = noGrad(() => model.forward({ inputIds }).logits);
      expectClose(logits, Float32Array.from(expected[Number(doubleQuant)] ?? []), MERGED);
      new Booster().enableLora(model, { r: 2 });
      new Booster().enableLora(base, { r: 2, quantize: "nf4", doubleQuant });
      const [read, rounded] = [model.stateDict(), base.stateDict()];
      expect(Object.keys(read)).toEqual(Object.keys(rounded));
      for (const [name, numbers] of Object.entries(read))
        if (!name.includes("lora_a"))
          expect(numbers.equal(rounded[name] as Tensor), name).toBe(true);
    },
  );

  test.each<[string, object, RegExp]>([
    ["fp4", { bnb_4bit_quant_type: "fp4" }, /bnb_4bit_quant_type "fp4"; of bitsandbytes nf4 is/],
    ["8 bits", { load_in_8bit: true, load_in_4bit: false }, /load_in_8bit, weights of 8 bits/],
    ["other storage", { bnb_4bit_quant_storage: "bfloat16" }, /quant_storage "bfloat16"/],
    ["GPTQ", { quant_method: "gptq" }, /quantization_config.*loading quantized weights/],
  ])("refuses %s by name", async (_, said, message) => {
    const folder = join(scratchFolder(), "model");
    fs.cpSync(join(folderOf(true), "rounded"), folder, { recursive: true });
    const file = join(folder, "config.json");
    const config = JSON.parse(fs.readFileSync(file, "utf8"));
    Object.assign(config.quantization_config, said);
    fs.writeFileSync(file, JSON.stringify(config));
    await expect(LlamaForCausalLM.fromPretrained(folder)).rejects.toThrow(message);
  });

  test("names the weight whose parts are not what they are to be", async () => {
    const name = "model.layers.0.mlp.up_proj.weight";
    const changed = async (change: (tensors: Map<string, Stored>) => void) => {
      const folder = scratchFolder();
      const rounded = join(folderOf(true), "rounded");
      fs.copyFileSync(join(rounded, "config.json"), join(folder, "config.json"));
      using file = SafetensorsFile.open(join(rounded, "model.safetensors"));
      const tensors = new Map(
        [...file.tensors.values()].map((each) => [
          each.name,
          { ...each, bytes: () => [file.read(each.name)] },
        ]),
      );
      change(tensors);
      writeSafetensors(join(folder, "model.safetensors"), [...tensors.values()]);
      return LlamaForCausalLM.fromPretrained(folder);
    };
    const state = `${name}.quant_state.bitsandbytes__nf4`;
    const edited = (tensors: Map<string, Stored>, from: string, to: string) => {
      const of = tensors.get(state) as Stored;
      const [bytes] = of.bytes() as [Uint8Array];
      const text = Buffer.from(bytes).toString().replace(from, to);
      tensors.set(state, { ...of, shape: [text.length], bytes: () => [Buffer.from(text)] });
    };
    await expect(changed((all) => all.delete(`${name}.absmax`))).rejects.toThrow(
      `has no ${name}.absmax, a part of a weight of four bits`,
    );
    await expect(
      changed((all) => edited(all, '"blocksize": 64', '"blocksize": 128')),
    ).rejects.toThrow(/blocksize.*64/);
    await expect(changed((all) => edited(all, "[112, 64]", "[64, 112]"))).rejects.toThrow(
      /up_proj\.weight, of four bits, is \[64, 112\], the model's config wants \[112, 64\]/,
    );
    await expect(
      changed((all) => {
        const of = all.get(`${name}.quant_map`) as Stored;
        all.set(of.name, { ...of, bytes: () => [new Uint8Array(64)] });
      }),
    ).rejects.toThrow(/quant_map is not the sixteen numbers of NF4/);
  });
});

interface Stored {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  bytes(): readonly Uint8Array[];
}
