// Models in GGUF files beside those of transformers that they were made of, in Python by the names of its gguf package.
import { join } from "node:path";
import { AutoModelForCausalLM, tensor } from "notebooster";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";

const folder = sharedFolder();
const IDS = [5, 17, 3, 40, 2, 61, 9, 33];
const ARCHITECTURES = ["llama", "qwen2", "qwen3", "gemma2", "gemma3", "phi3"];

const MAKE = `
import numpy as np, torch, transformers, gguf
from gguf import GGUFWriter, GGMLQuantizationType as T, dequantize, quantize
torch.manual_seed(0)
sizes = dict(vocab_size=64, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=128, pad_token_id=0)
own = dict(llama=dict(model="Llama", tie_word_embeddings=False), qwen2=dict(model="Qwen2", tie_word_embeddings=True), qwen3=dict(model="Qwen3", head_dim=32, tie_word_embeddings=True),
    gemma2=dict(model="Gemma2", head_dim=32, query_pre_attn_scalar=32, sliding_window=4), gemma3=dict(model="Gemma3", head_dim=32, query_pre_attn_scalar=32, sliding_window=4), phi3=dict(model="Phi3", tie_word_embeddings=False))
def write(arch, spec):
    name = spec.pop("model")
    config = getattr(transformers, name + ("TextConfig" if name == "Gemma3" else "Config"))(**sizes, **spec)
    model = getattr(transformers, name + "ForCausalLM")(config).eval()
    for p in model.parameters(): torch.nn.init.normal_(p, std=0.2)
    kind = {v: k for k, v in gguf.MODEL_ARCH_NAMES.items()}[arch]
    names = gguf.get_tensor_name_map(kind, config.num_hidden_layers)
    w = GGUFWriter(f"{args[0]}/{arch}.gguf", arch)
    w.add_context_length(128); w.add_block_count(2); w.add_feed_forward_length(96); w.add_embedding_length(64)
    w.add_head_count(4); w.add_head_count_kv(2); w.add_layer_norm_rms_eps(config.rms_norm_eps); w.add_rope_freq_base(config.rope_parameters.get("full_attention", config.rope_parameters)["rope_theta"])
    w.add_rope_dimension_count(config.head_dim if hasattr(config, "head_dim") else 16); w.add_vocab_size(64); w.add_pad_token_id(0)
    if "head_dim" in spec: w.add_key_length(32); w.add_value_length(32)
    if arch.startswith("gemma"): w.add_sliding_window(4)
    if arch == "gemma2": w.add_attn_logit_softcapping(50.0); w.add_final_logit_softcapping(30.0)
    for key, value in model.state_dict().items():
        if key == "lm_head.weight" and config.tie_word_embeddings: continue
        if value.ndim == 2: value.copy_(torch.from_numpy(dequantize(quantize(value.numpy(), T.Q8_0), T.Q8_0)))
        x = value.numpy()
        heads = {"q_proj": 4, "k_proj": 2}.get(key.split(".")[-2])
        if arch == "llama" and heads: x = x.reshape(heads, 2, x.shape[0] // heads // 2, *x.shape[1:]).swapaxes(1, 2).reshape(x.shape)
        if arch.startswith("gemma") and "norm.weight" in key: x = x + 1
        x = np.ascontiguousarray(x)
        name = names.get_name(key, try_suffixes=(".weight", ".bias"))
        if x.ndim == 1: w.add_tensor(name, x)
        else: w.add_tensor(name, quantize(x, T.Q8_0), raw_dtype=T.Q8_0)
    w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()
    logits = lambda m: m(torch.tensor([args[1]])).logits.reshape(-1).tolist()
    own = logits(model)
    if arch == "llama": # the one that transformers itself reads with all that a tiny model says
        loaded = transformers.AutoModelForCausalLM.from_pretrained(args[0], gguf_file="llama.gguf", dtype=torch.float32).eval()
        assert logits(loaded) == own, "transformers reads other numbers"
    return own
with torch.no_grad(): print(json.dumps({arch: write(arch, own[arch]) for arch in args[2]}))`;

describe("a model in a GGUF file", () => {
  const expected = python(MAKE, folder, IDS, ARCHITECTURES) as Record<string, number[]>;
  const inputIds = tensor(BigInt64Array.from(IDS, BigInt), { shape: [1, IDS.length] });

  test.each(ARCHITECTURES)(
    "of the architecture %s has transformers' logits",
    async (architecture) => {
      const model = await AutoModelForCausalLM.fromPretrained(join(folder, `${architecture}.gguf`));
      const logits = [...model.forward({ inputIds }).logits.view([-1]).toTypedArray()] as number[];
      const largest = Math.max(
        ...logits.map((value, i) => Math.abs(value - (expected[architecture]?.[i] as number))),
      );
      expect(largest).toBeLessThan(2e-5);
    },
  );
});

describe("a model that is saved as GGUF", () => {
  const COMPARE = `
import transformers, torch, numpy as np
from gguf import GGUFReader
def value(field): return field.contents()
def compare(arch):
    a, b = GGUFReader(f"{args[0]}/{arch}.gguf"), GGUFReader(f"{args[0]}/{arch}-ours.gguf")
    tensors = [{t.name: (t.tensor_type.name, t.shape.tolist(), t.data.tobytes()) for t in r.tensors} for r in (a, b)]
    skip = ("GGUF", "tokenizer", f"{arch}.rope.dimension_count")
    said = {k: value(f) for k, f in a.fields.items() if not k.startswith(skip)}
    other = [k for k, v in said.items() if k not in b.fields or value(b.fields[k]) != v]
    return [[n for n in tensors[0] if tensors[0][n] != tensors[1].get(n)], sorted(set(tensors[1]) - set(tensors[0])), other]
loaded = transformers.AutoModelForCausalLM.from_pretrained(args[0], gguf_file="llama-f16.gguf", dtype=torch.float32).eval()
with torch.no_grad(): logits = loaded(torch.tensor([args[1]])).logits.reshape(-1).tolist()
print(json.dumps([{arch: compare(arch) for arch in args[2]}, logits]))`;

  test("has the tensors that Python wrote, byte by byte, and is read by transformers", async () => {
    for (const architecture of ARCHITECTURES) {
      const model = await AutoModelForCausalLM.fromPretrained(join(folder, `${architecture}.gguf`));
      model.saveGguf(join(folder, `${architecture}-ours.gguf`), { type: "q8_0" });
      if (architecture === "llama") model.saveGguf(join(folder, "llama-f16.gguf"));
    }
    const [differences, logits] = python(COMPARE, folder, IDS, ARCHITECTURES) as [object, number[]];
    expect(differences).toEqual(
      Object.fromEntries(ARCHITECTURES.map((each) => [each, [[], [], []]])),
    );
    const half = await AutoModelForCausalLM.fromPretrained(join(folder, "llama-f16.gguf"));
    const inputIds = tensor(BigInt64Array.from(IDS, BigInt), { shape: [1, IDS.length] });
    const ours = [...half.forward({ inputIds }).logits.view([-1]).toTypedArray()] as number[];
    expect(Math.max(...ours.map((each, i) => Math.abs(each - (logits[i] as number))))).toBeLessThan(
      2e-5,
    );
  });
});
