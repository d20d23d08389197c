// Packed rows by attention of variable length beside the same rows through a mask: losses and gradients, which kernels serve, that no
// document sees another and that the host waits for nothing. Then four layers of the shape of a 7B model: 8,192 tokens in documents
// of some 500, packed, masked and padded. One JSON line a check, then a table; exits with 1 when a check fails.
//   ./notebooster exec test/gpu/packing-check.mjs
import {
  GPT2LMHeadModel,
  LlamaForCausalLM,
  lastAttentionBackend,
  MistralForCausalLM,
  manualSeed,
  memory,
  noGrad,
  ops,
  PackedDocuments,
  scoped,
  tensor,
} from "notebooster";
import { GpuEvent, resetPeakMemory } from "notebooster/device";
import { gpuMilliseconds } from "../bench/gpu-time.mjs";
import { check, expect, finish } from "./check.mjs";

const device = "cuda";
const SMALL = {
  ...{ vocabSize: 300, hiddenSize: 256, intermediateSize: 512, numHiddenLayers: 3 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2, maxPositionEmbeddings: 512 },
};
const GPT2 = { vocabSize: 300, hiddenSize: 256, numHiddenLayers: 3, numAttentionHeads: 4 };
const NO_DROPOUT = { embdPdrop: 0, attnPdrop: 0, residPdrop: 0 };
const MODELS = {
  llama: () => new LlamaForCausalLM(SMALL),
  mistral: () => new MistralForCausalLM({ ...SMALL, slidingWindow: 50 }),
  gpt2: () => new GPT2LMHeadModel({ ...GPT2, maxPositionEmbeddings: 512, ...NO_DROPOUT }),
};
const ROWS = [
  [130, 1, 200, 64, 100],
  [77, 300, 90],
];
const TOLERANCE = { bfloat16: 2e-2, float32: 2e-3 }; // float32: the GPU's products may be TF32

/** What a loader gives for rows of such documents, and the same without what kernels of variable length need. */
function batchOf(lengths, rowLength) {
  const ofRows = (of) =>
    tensor(
      lengths.map((row) => {
        const tokens = row.flatMap((length, document) =>
          Array.from({ length }, (_, i) => of(i, document)),
        );
        return [...tokens, ...Array(rowLength - tokens.length).fill(of(-1, -1))];
      }),
      { dtype: "int64", device },
    );
  const inputIds = ofRows((i, document) => (i < 0 ? 0 : 1 + ((i * 7 + document * 13) % 200)));
  const masked = {
    inputIds,
    labels: ofRows((i, document) => (i < 1 ? -100 : 1 + ((i * 7 + document * 13) % 200))),
    attentionMask: ofRows((i) => (i < 0 ? 0 : 1)),
    positionIds: ofRows((i) => Math.max(i, 0)),
    documentIds: ofRows((_, document) => document),
  };
  return {
    masked,
    packed: { ...masked, documents: new PackedDocuments(lengths, { rowLength, device }) },
  };
}

/** Loss, gradients and the kernel that served. */
function pass(model, input) {
  model.zeroGrad();
  const { loss } = model.forward(input);
  const backend = lastAttentionBackend();
  loss.backward();
  return {
    loss: loss.item(),
    backend,
    gradients: model.parameters().map(({ grad }) => grad.clone()),
  };
}

/** ||a - b|| / ||b|| */
const distance = (a, b) => {
  const norm = (x) => x.float().pow(2).sum().sqrt().item();
  return norm(a.float().sub(b.float())) / (norm(b) + 1e-12);
};

const small = batchOf(ROWS, 512);
for (const [name, make] of Object.entries(MODELS))
  for (const dtype of /** @type {const} */ (["bfloat16", "float32"]))
    for (const again of [false, true])
      check(`${name} in ${dtype}${again ? ", layers computed again" : ""}`, () => {
        const model = make().train().to({ device, dtype });
        if (again) model.gradientCheckpointingEnable();
        const [packed, masked] = [pass(model, small.packed), pass(model, small.masked)];
        const worst = Math.max(...packed.gradients.map((g, i) => distance(g, masked.gradients[i])));
        const off = Math.abs(packed.loss - masked.loss) / masked.loss;
        expect(off < TOLERANCE[dtype] / 4, `losses ${packed.loss} and ${masked.loss}`);
        expect(worst < TOLERANCE[dtype], `a gradient is off by ${worst} of its norm`);
        const hasMask = name === "mistral" && dtype === "float32"; // no kernel in float32 has windows
        const wanted = dtype === "bfloat16" ? "flash" : hasMask ? masked.backend : "efficient";
        expect(packed.backend === wanted, `packed by ${packed.backend}, not ${wanted}`);
        expect(masked.backend !== "flash", "what is to be a mask went by flash");
        return { packed: packed.backend, masked: masked.backend, worst, off };
      });

check("a document that changes changes no other, a start that is off by one does", () => {
  const model = MODELS.llama().eval().to({ device, dtype: "bfloat16" });
  const { labels: _, ...input } = small.packed;
  const logits = (changed) =>
    noGrad(() => model.forward({ ...input, ...changed }).logits.slice(1, 130));
  const inputIds = input.inputIds.clone();
  inputIds.slice(1, 0, 77).fill_(9); // in the first document of each row
  const behind = (x) => x.slice(0, 0, 1);
  const off = (a, b) => behind(a).sub(behind(b)).abs().max().item();
  const right = logits({});
  expect(off(logits({ inputIds }), right) === 0, "tokens behind it are other ones");
  const moved = new PackedDocuments([[129, 2, 200, 64, 100], ROWS[1]], { rowLength: 512, device });
  const leak = off(logits({ inputIds, documents: moved }), right);
  expect(leak > 1e-2, `one token more is off by ${leak} alone`);
  return { leak };
});

check(
  "the host waits for nothing: a batch and its forward and backward pass are given while the GPU is busy",
  () => {
    const model = MODELS.mistral().train().to({ device, dtype: "bfloat16" });
    const step = () => {
      const { packed } = small;
      const documents = new PackedDocuments(ROWS, { rowLength: 512, device });
      model.forward({ ...packed, documents }).loss.backward();
      model.zeroGrad();
    };
    for (let i = 0; i < 3; i++) scoped(step);
    const a = ops.aten.randn([8192, 8192], { dtype: "bfloat16", device });
    noGrad(() =>
      scoped(() => {
        for (let i = 0; i < 400; i++) a.matmul(a).dispose();
      }),
    ); // half a second
    const busy = new GpuEvent().record();
    const begin = performance.now();
    scoped(step);
    const hostMs = performance.now() - begin;
    expect(!busy.isDone(), `the GPU was done after ${hostMs} ms of the host`);
    busy.synchronize();
    return { hostMs, gpuMs: performance.now() - begin };
  },
);

const LENGTHS = Array.from({ length: 16 }, (_, i) => 512 + (((i * 7) % 16) - 7.5) * 24); // 332 to 692, 8,192 together
const NUM_TOKENS = LENGTHS.reduce((sum, length) => sum + length, 0);
const table = [];
const large = noGrad(() => {
  const config = {
    ...{ vocabSize: 1024, hiddenSize: 4096, intermediateSize: 11008, numHiddenLayers: 4 },
    ...{ numAttentionHeads: 32, numKeyValueHeads: 32, maxPositionEmbeddings: 8192 },
  };
  const model = new LlamaForCausalLM(config, { seed: null, device });
  manualSeed(1);
  for (const [name, parameter] of model.namedParameters())
    name.endsWith("norm.weight") ? parameter.fill_(1) : parameter.normal_(0, 0.02);
  return model.train().to({ dtype: "bfloat16" });
});
const { masked, packed } = batchOf([LENGTHS], NUM_TOKENS);
const { documentIds: _, ...padded } = batchOf(
  LENGTHS.map((length) => [length]),
  Math.max(...LENGTHS),
).masked;
for (const [name, input] of Object.entries({ packed, masked, padded }))
  check(`four layers of a 7B model, ${name}`, () => {
    const step = () => {
      large.forward(input).loss.backward();
      large.zeroGrad();
    };
    scoped(step);
    const backend = lastAttentionBackend();
    resetPeakMemory();
    const ms = gpuMilliseconds(step, { turns: 4, rounds: 5 });
    const { peakAllocatedBytes } = memory().gpus[0];
    const row = {
      ...{ rows: input.inputIds.shape.join(" x "), backend, ms: Math.round(ms * 10) / 10 },
      ...{ tokensPerS: Math.round((NUM_TOKENS / ms) * 1000) },
      peakGiB: Math.round((peakAllocatedBytes / 2 ** 30) * 100) / 100,
    };
    table.push({ name, ...row });
    return row;
  });
console.table(table);
finish();
