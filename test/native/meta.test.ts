// Tensors and models on "meta": shapes without numbers, from our own operators as on the CPU.
import {
  AdamW,
  attention,
  BatchNorm1d,
  Booster,
  GPT2LMHeadModel,
  jit,
  Linear,
  LlamaForCausalLM,
  type Module,
  memory,
  ones,
  ops,
  randint,
  Sequential,
  type Tensor,
  TorchDDPPlugin,
  withDevice,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";
import { native } from "../../src/native/native.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { type Make, UPDATES } from "./meta-updates.js";

const { notebooster } = ops;

/** A call of each operator, with tensors that lie in memory as models have them, strides included. */
const CALLS: Record<string, (make: Make) => unknown> = {
  rope: ({ bf16 }) => notebooster.rope(bf16(2, 5, 3, 8).transpose(1, 2), bf16(5, 8), bf16(5, 8)),
  rope_backward: ({ f32 }) => notebooster.rope_backward(f32(2, 3, 5, 8), f32(5, 8), f32(5, 8)),
  decode_attention: ({ bf16, int64 }) =>
    notebooster.decode_attention(
      ...[bf16(2, 1, 6, 8).transpose(1, 2), bf16(2, 3, 1, 8), bf16(2, 3, 1, 8)],
      ...[bf16(2, 3, 20, 8), bf16(2, 3, 20, 8), int64(1)],
      { cos: bf16(1, 8), sin: bf16(1, 8) },
    ),
  decode_linear: ({ bf16 }) =>
    notebooster.decode_linear(bf16(2, 1, 8), [bf16(6, 8), bf16(6, 8)], [], { gated: true }),
  swiglu: ({ bf16 }) => notebooster.swiglu(...halves(bf16(2, 4, 12))),
  swiglu_backward: ({ f32 }) => notebooster.swiglu_backward(f32(2, 6), f32(2, 6), f32(2, 6)),
  geglu: ({ f32 }) => notebooster.geglu(f32(2, 6), f32(2, 6), { approximate: "tanh" }),
  geglu_backward: ({ f32 }) => notebooster.geglu_backward(f32(2, 6), f32(2, 6), f32(2, 6)),
  bias_gelu: ({ f32 }) => notebooster.bias_gelu(f32(3, 2).t(), f32(3)),
  bias_gelu_backward: ({ f32 }) => notebooster.bias_gelu_backward(f32(2, 3), f32(2, 3), f32(3)),
  rms_norm: ({ bf16 }) => notebooster.rms_norm(bf16(2, 3, 4), bf16(4), 1e-6),
  add_rms_norm: ({ f32 }) => notebooster.add_rms_norm(f32(2, 4), f32(2, 4), f32(4), 1e-6),
  rms_norm_backward: ({ f32 }) =>
    notebooster.rms_norm_backward(f32(2, 4), f32(2, 4), f32(2, 4), f32(4), 1e-6),
  layer_norm: ({ bf16 }) => notebooster.layer_norm(bf16(2, 3, 4), bf16(4), bf16(4), 1e-5),
  add_layer_norm: ({ f32 }) => notebooster.add_layer_norm(f32(2, 4), f32(2, 4), f32(4), null, 1e-5),
  layer_norm_forward: ({ bf16 }) => notebooster.layer_norm_forward(bf16(6, 4), bf16(4), null, 1e-5),
  layer_norm_backward: ({ f32 }) =>
    notebooster.layer_norm_backward(f32(6, 4), null, f32(6, 4), f32(6, 2), f32(4), true),
  bias_dropout_add: ({ f32, int64 }) =>
    notebooster.bias_dropout_add(f32(2, 4), f32(4), f32(2, 4), int64(2), { p: 0.5 }),
  bias_dropout_add_backward: ({ f32, int64 }) =>
    notebooster.bias_dropout_add_backward(f32(2, 4), int64(2), true, { p: 0.5 }),
  cross_entropy_: ({ f32, int64 }) => notebooster.cross_entropy_(f32(6, 5), int64(6)),
  linear_cross_entropy: ({ bf16, int64 }) =>
    notebooster.linear_cross_entropy(bf16(6, 4), bf16(9, 4), int64(6), { chunk: 4 }),
  linear: ({ bf16 }) => notebooster.linear(bf16(2, 3, 4), bf16(5, 4), bf16(5)),
  lora_linear({ bf16 }) {
    const tensors = [bf16(2, 3, 4), bf16(5, 4), bf16(5), bf16(2, 4), bf16(5, 2)] as const;
    return notebooster.lora_linear(...tensors, { scaling: 2 });
  },
  lora_linears: ({ bf16 }) =>
    notebooster.lora_linears(
      ...([bf16(2, 3, 4), [bf16(5, 4), bf16(6, 4)], [bf16(5), null]] as const),
      ...([[bf16(2, 4), null], [bf16(5, 2), null], { scalings: [2, 1] }] as const),
    ),
  dequantize_nf4: ({ uint8 }) =>
    notebooster.dequantize_nf4(uint8(160), uint8(20), { size: [5, 64], dtype: "bfloat16" }),
  nf4_linear: ({ bf16, uint8 }) =>
    notebooster.nf4_linear(
      ...([bf16(2, 3, 64), uint8(160), uint8(20), null, null, null] as const),
      ...([bf16(5), bf16(2, 64), bf16(5, 2), { out_features: 5 }] as const),
    ),
  nf4_linears({ bf16, uint8 }) {
    const weights = [[uint8(160)], [uint8(20)], [null], [null], [null]] as const;
    const adapters = [[bf16(5)], [bf16(2, 64)], [bf16(5, 2)]] as const;
    const sizes = { out_features: [5], scalings: [1] };
    return notebooster.nf4_linears(bf16(2, 3, 64), ...weights, ...adapters, sizes);
  },
  softmax({ f32 }) {
    const options = { is_causal: true, alibi_slopes: f32(3) };
    return notebooster.softmax(f32(2, 3, 4, 5), f32(1, 1, 4, 5), options);
  },
  softmax_backward: ({ f32 }) => notebooster.softmax_backward(f32(2, 3, 4, 5), f32(2, 3, 4, 5)),
  ...UPDATES,
};

function halves(x: Tensor): [Tensor, Tensor] {
  const size = (x.shape.at(-1) as number) / 2;
  return [x.slice(-1, 0, size), x.slice(-1, size)];
}

function makeOn(device: string): Make {
  const of =
    (dtype: "float32" | "bfloat16" | "int64" | "uint8") =>
    (...shape: number[]) =>
      zeros(shape, { dtype, device });
  return {
    ...{ f32: of("float32"), bf16: of("bfloat16") },
    ...{ int64: of("int64"), uint8: of("uint8") },
  };
}

/** Of each result its shape, dtype and strides. */
function forms(results: unknown): unknown[] {
  const tensors = (Array.isArray(results) ? results : [results]) as (Tensor | undefined)[];
  return tensors.map(
    (x) => x && [x.shape, x.dtype, x.shape.map((_, dim) => ops.aten.stride(x, dim))],
  );
}

test("every operator of our own has a row here", () => {
  const names = native.operatorNames().filter((name) => name.startsWith("notebooster::"));
  expect(names.map((name) => name.slice("notebooster::".length)).sort()).toEqual(
    Object.keys(CALLS).sort(),
  );
});

test.each(Object.entries(CALLS))("%s gives shapes, dtypes and strides as on the CPU", (_, call) => {
  const results = call(makeOn("meta"));
  expect(forms(results)).toEqual(forms(call(makeOn("cpu"))));
});

test("wrong arguments are refused in the same words", () => {
  const wrong: ((make: Make) => unknown)[] = [
    ({ f32 }) => notebooster.rope(f32(2, 3, 5, 7), f32(5, 7), f32(5, 7)),
    ({ f32 }) => notebooster.swiglu(f32(2, 3), f32(3, 2)),
    ({ f32, bf16 }) => notebooster.rms_norm(f32(2, 4), bf16(4), 1e-6),
    ({ f32, int64 }) => notebooster.cross_entropy_(f32(6, 5), int64(5)),
    ({ f32 }) => notebooster.softmax(f32(2, 3)),
    ({ f32 }) => notebooster.l2_norm_and_overflow([f32(2), makeOn("cpu").f32(2).double()]),
  ];
  for (const call of wrong) {
    const [meta, cpu] = [
      messageOf(() => call(makeOn("meta"))),
      messageOf(() => call(makeOn("cpu"))),
    ];
    expect(cpu).toMatch(/must/);
    expect(meta).toBe(cpu);
  }
  const { f32 } = makeOn("meta");
  expect(messageOf(() => notebooster.swiglu(f32(2), makeOn("cpu").f32(2)))).toMatch(
    /`up` must be on the device of `gate`, meta, got cpu/,
  );
});

function messageOf(use: () => unknown): string {
  try {
    use();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("attention and jit work on meta as on the CPU", () => {
  const of = (device: string, length: number, heads: number) =>
    zeros([2, length, heads, 8], { device }).transpose(1, 2);
  const attend = (device: string) =>
    attention(of(device, 5, 4), of(device, 7, 2), of(device, 7, 2), { causal: true });
  expect(forms(attend("meta"))).toEqual(forms(attend("cpu")));
  const fused = jit((x: Tensor, y: Tensor) => x.mul(y).silu());
  const { f32 } = makeOn("meta");
  expect(forms(fused(f32(2, 3), f32(3)))).toEqual([[[2, 3], "float32", [3, 1]]]);
  const starts = zeros([2], { dtype: "int32", device: "meta" });
  expect(() =>
    attention(f32(4, 2, 8), f32(4, 2, 8), f32(4, 2, 8), { cuSeqlens: starts, maxSeqlen: 4 }),
  ).toThrow(/packed sequences on "meta" have no lengths/);
});

const LLAMA_70B = {
  ...{ vocabSize: 32000, hiddenSize: 8192, intermediateSize: 28672 },
  ...{ numHiddenLayers: 80, numAttentionHeads: 64, numKeyValueHeads: 8 },
};

test("a model of 70 billion parameters is made on meta without memory, and says the shape of its loss", () => {
  new LlamaForCausalLM({ ...LLAMA_70B, numHiddenLayers: 1 }, { device: "meta" });
  const before = memory().host;
  const begin = process.cpuUsage();
  const model = new LlamaForCausalLM(LLAMA_70B, { device: "meta" });
  const { user, system } = process.cpuUsage(begin);
  expect(model.numParameters()).toBe(68_976_648_192);
  const inputIds = zeros([2, 128], { dtype: "int64", device: "meta" });
  const { loss, logits, numTokens } = model.forward({ inputIds, labels: inputIds });
  expect([loss.shape, logits.shape, numTokens.shape]).toEqual([[], [2, 128, 32000], []]);
  loss.backward();
  expect(model.lmHead.weight.grad?.shape).toEqual([32000, 8192]);
  expect(memory().host.tensorBytes).toBe(before.tensorBytes);
  expect(memory().host.residentBytes - before.residentBytes).toBeLessThan(100 * 2 ** 20);
  expect((user + system) / 1000).toBeLessThan(2000); // ms of the processors
});

const SIZES = { vocabSize: 61, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 };
const MODELS = {
  LLaMA: (device?: "meta") =>
    new LlamaForCausalLM(
      { ...SIZES, intermediateSize: 40, attentionBias: true, padTokenId: 3 },
      { seed: 5, ...(device && { device }) },
    ),
  "GPT-2": (device?: "meta") => new GPT2LMHeadModel(SIZES, { seed: 5, ...(device && { device }) }),
};

const numbers = (model: Module): unknown[] =>
  [...model.namedParameters()].map(([name, each]) => [name, each.device, each.toArray()]);

test.each(Object.entries(MODELS))(
  "%s moved from meta has no numbers until it is initialised or loaded, then those of one made at once",
  async (_, make) => {
    const model = make("meta");
    const parameters = model.parameters();
    model.to({ device: "cpu" });
    expect(model.parameters().every((each, i) => each === parameters[i])).toBe(true);
    const inputIds = randint(61, [1, 4]);
    expect(model.forward({ inputIds, labels: inputIds }).loss.item()).toBeNaN();
    expect(numbers(model.initialize(5))).toEqual(numbers(make()));
    expect(numbers(model.initialize(6))).not.toEqual(numbers(make()));
    const folder = scratchFolder();
    await make().savePretrained(folder);
    const loaded = make("meta");
    loaded.loadWeights(folder);
    expect(numbers(loaded)).toEqual(numbers(make()));
  },
);

test("a tied head stays tied on the way from meta", () => {
  const options = { ...SIZES, intermediateSize: 40, tieWordEmbeddings: true };
  const model = new LlamaForCausalLM(options, { device: "meta" }).to("cpu").initialize();
  expect(model.lmHead.weight).toBe(model.model.embedTokens.weight);
  expect(numbers(model)).toEqual(numbers(new LlamaForCausalLM(options)));
});

test("withDevice makes a module of one's own on meta", () => {
  const net = withDevice("meta", () => new Sequential(new Linear(3, 4), new BatchNorm1d(4)));
  expect(new Set([...net.parameters(), ...net.buffers()].map(({ device }) => device))).toEqual(
    new Set(["meta"]),
  );
  net.to("cpu");
  expect(net.parameters().every((each) => each.isnan().all().item() === 1)).toBe(true);
  const other = new Sequential(new Linear(3, 4), new BatchNorm1d(4));
  net.loadStateDict(other.stateDict());
  expect(
    net
      .eval()
      .forward(ones([1, 3]))
      .toArray(),
  ).toEqual(
    other
      .eval()
      .forward(ones([1, 3]))
      .toArray(),
  );
});

test("what needs numbers refuses a model on meta and says what to do", async () => {
  const model = MODELS.LLaMA("meta");
  const remedy =
    'is on "meta", it has a shape and no numbers; call model.to(device), then load weights or call model.initialize(seed)';
  const inputIds = zeros([1, 4], { dtype: "int64", device: "meta" });
  const { loss } = model.forward({ inputIds, labels: inputIds });
  expect(() => loss.item()).toThrow('a tensor on "meta" has a shape and no numbers, got float32[]');
  expect(() => loss.toArray()).toThrow('a tensor on "meta" has a shape and no numbers');
  loss.backward();
  const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
  expect(() => optimizer.step()).toThrow(`optimizer.step: a parameter ${remedy}`);
  expect(() => model.initialize()).toThrow(`initialize: model.embed_tokens.weight ${remedy}`);
  expect(() => model.loadStateDict(MODELS.LLaMA().stateDict())).toThrow(
    `loadStateDict: model.embed_tokens.weight ${remedy}`,
  );
  expect(() => MODELS.LLaMA().loadStateDict(model.stateDict())).toThrow(
    `loadStateDict: state: model.embed_tokens.weight ${remedy}`,
  );
  await expect(model.savePretrained(scratchFolder())).rejects.toThrow(
    `saving: model.embed_tokens.weight ${remedy}`,
  );
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  await expect((async () => await booster.boost({ model, optimizer }))()).rejects.toThrow(
    `booster.boost: model.embed_tokens.weight ${remedy}`,
  );
});
