// Weights of four bits beside bitsandbytes' bits, and training of adapters over them beside PEFT.
import { join } from "node:path";
import {
  AdamW,
  Booster,
  type DType,
  dequantizeNf4,
  fromBytes,
  GPT2LMHeadModel,
  mergeAndUnload,
  Nf4Linear,
  ops,
  quantizeNf4,
  type Tensor,
} from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { boostedWithAdapter, expectGradients, TRAIN_ADAPTER } from "../fixtures/beside-peft.js";
import { batch } from "../fixtures/beside-transformers.js";
import { expectClose } from "../fixtures/expect-close.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
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

const PEFT = `${WITHOUT_LIBRARY}
import torch, warnings
warnings.filterwarnings("ignore")
from transformers import LlamaConfig, LlamaForCausalLM
from peft import LoraConfig, get_peft_model
${TRAIN_ADAPTER}def in_four_bits(model, nested):
    for name, module in list(model.named_modules()):
        if not isinstance(module, torch.nn.Linear) or name == "lm_head": continue
        layer = bnb.nn.Linear4bit(module.in_features, module.out_features, bias=module.bias is not None, compute_dtype=torch.float32, compress_statistics=nested, quant_type="nf4")
        layer.weight = bnb.nn.Params4bit(module.weight.data, requires_grad=False, compress_statistics=nested, quant_type="nf4").to("cpu")
        if module.bias is not None: layer.bias = module.bias
        parent, _, child = name.rpartition(".")
        setattr(model.get_submodule(parent), child, layer)
    model.is_loaded_in_4bit = True
    return model
def train(folder, case):
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

  test("is refused for a model that has it already", () => {
    const [model, booster] = [small(), new Booster()];
    booster.enableLora(model, { quantize: "nf4" });
    expect(() => booster.enableLora(model, { adapterName: "b", quantize: "nf4" })).toThrow(
      /in four bits already/,
    );
  });
});
