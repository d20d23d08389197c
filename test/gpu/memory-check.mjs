// Memory plans beside what a step really takes on one GPU: tensors, what the allocator reserves, what lies outside of it. Prints one JSON
// line a case with both, in MiB; exits with 1 when tensors are more than 1 % off, or all together more than 2 %.
//   notebooster exec test/gpu/memory-check.mjs
import {
  AdamW,
  AdamW8bit,
  Booster,
  GeminiPlugin,
  LlamaForCausalLM,
  noGrad,
  scope,
  zeros,
} from "notebooster";
import { emptyCache } from "notebooster/device";
import { check, expect, finish } from "./check.mjs";

const MIB = 2 ** 20;
const SIZES = {
  tiny: sizes(256, 704, 4, 4),
  "160M": sizes(768, 2048, 12, 12),
  "400M": sizes(1024, 2816, 20, 16),
  "1.2B": sizes(2048, 5504, 22, 16),
  "2.1B": sizes(2560, 6912, 24, 20),
};

/**
 * @typedef {{ size: keyof typeof SIZES, batch: number, sequence: number, precision?: "fp32" | "bf16", layers?: number,
 *   selective?: boolean, lora?: boolean, eight?: boolean, onHost?: number, weights?: number, masterWeights?: boolean }} Case
 * @type {Case[]}
 */
const CASES = [
  { size: "tiny", batch: 2, sequence: 512 },
  { size: "tiny", batch: 8, sequence: 2048, precision: "fp32" },
  { size: "160M", batch: 4, sequence: 2048 },
  { size: "160M", batch: 4, sequence: 2048, layers: 12 },
  { size: "160M", batch: 2, sequence: 1024, precision: "fp32", layers: 5 },
  { size: "160M", batch: 4, sequence: 2048, eight: true },
  { size: "1.2B", batch: 2, sequence: 2048 },
  { size: "1.2B", batch: 2, sequence: 2048, selective: true },
  { size: "1.2B", batch: 4, sequence: 4096, layers: 22 },
  { size: "1.2B", batch: 4, sequence: 2048, lora: true },
  { size: "2.1B", batch: 2, sequence: 4096, layers: 24 },
];
/**
 * Last, since the streams of the first take memory that stays.
 * @type {Case[]}
 */
const ON_HOST = [
  { size: "1.2B", batch: 2, sequence: 2048, onHost: 1 },
  { size: "1.2B", batch: 2, sequence: 2048, layers: 22, onHost: 0.5 },
  { size: "400M", batch: 2, sequence: 2048, onHost: 1 },
  { size: "2.1B", batch: 1, sequence: 4096, layers: 12, onHost: 0.7 },
  { size: "1.2B", batch: 2, sequence: 2048, onHost: 1, weights: 1 },
  { size: "2.1B", batch: 1, sequence: 4096, layers: 24, onHost: 1, weights: 0.5 },
  { size: "2.1B", batch: 1, sequence: 4096, onHost: 1, weights: 1, lora: true },
];
/** The constants of gpus.ts were not made from these. */
/** @type {Case[]} */
const OTHERS = [
  { size: "tiny", batch: 4, sequence: 1024 },
  { size: "tiny", batch: 4, sequence: 1024, precision: "fp32", layers: 4 },
  { size: "160M", batch: 8, sequence: 1024, precision: "fp32" },
  { size: "160M", batch: 8, sequence: 1024, layers: 12 },
  { size: "160M", batch: 1, sequence: 4096 },
  { size: "160M", batch: 2, sequence: 4096, layers: 6 },
  { size: "160M", batch: 2, sequence: 2048, masterWeights: false },
  { size: "160M", batch: 4, sequence: 2048, lora: true },
  { size: "400M", batch: 2, sequence: 2048 },
  { size: "400M", batch: 4, sequence: 2048, layers: 20 },
  { size: "400M", batch: 2, sequence: 2048, eight: true },
  { size: "400M", batch: 4, sequence: 2048, layers: 10, masterWeights: false },
  { size: "1.2B", batch: 1, sequence: 4096 },
  { size: "1.2B", batch: 1, sequence: 4096, layers: 11 },
  { size: "1.2B", batch: 2, sequence: 2048, masterWeights: false },
  { size: "1.2B", batch: 2, sequence: 2048, layers: 22, lora: true },
  { size: "160M", batch: 4, sequence: 2048, selective: true },
  { size: "400M", batch: 4, sequence: 2048, selective: true },
  { size: "400M", batch: 2, sequence: 4096, selective: true, layers: 10 },
  { size: "1.2B", batch: 4, sequence: 2048, selective: true },
  { size: "2.1B", batch: 2, sequence: 2048, selective: true },
  { size: "2.1B", batch: 1, sequence: 2048 },
  { size: "2.1B", batch: 4, sequence: 2048, layers: 24, masterWeights: false },
];

for (const each of [...CASES, ...OTHERS, ...ON_HOST]) {
  await one(each);
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.(); // gives the memory of this one back
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  emptyCache();
}
finish();

/** @param {Case} of */
async function one(of) {
  const { size, batch, sequence, precision = "bf16", layers = 0, lora = false, eight = false } = of;
  const { onHost = 0, weights = 0, selective = false, masterWeights = true } = of;
  const words = [size, precision, `${batch} x ${sequence}`, layers && `${layers} layers again`];
  const name = [
    ...words,
    selective && "norms and activations again",
    lora && "LoRA",
    eight && "8-bit AdamW",
    !masterWeights && "without masters",
    onHost > 0 && `${onHost} on the host`,
    weights > 0 && `and ${weights} of the weights`,
  ]
    .filter(Boolean)
    .join(", ");
  const made = new LlamaForCausalLM(SIZES[size], { device: "cuda", seed: null });
  noGrad(() => {
    for (const parameter of made.parameters()) parameter.fill_(0.01);
  });
  const plugin = new GeminiPlugin({ offloadOptimFrac: onHost, offloadParamFrac: weights });
  const booster = new Booster({
    mixedPrecision: precision,
    masterWeights,
    ...(onHost > 0 && { plugin }),
  });
  if (lora) booster.enableLora(made, { r: 16, targetModules: "all-linear" });
  if (selective) made.gradientCheckpointingEnable({ granularity: "selective", fullLayers: layers });
  else if (layers > 0) made.gradientCheckpointingEnable({ layers });
  const trained = made.parameters().filter(({ requiresGrad }) => requiresGrad);
  const own = eight ? new AdamW8bit(trained) : new AdamW(trained);
  const plan = booster.plan(made, { batch, sequence, optimizer: own });
  const { model, optimizer } = await booster.boost({ model: made, optimizer: own });
  const step = () => {
    const all = scope();
    const inputIds = zeros([batch, sequence], { dtype: "int64", device: "cuda" });
    const labels = zeros([batch, sequence], { dtype: "int64", device: "cuda" });
    booster.backward(model.forward({ inputIds, labels }).loss, optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    all.close();
  };
  step();
  emptyCache();
  const compared = plan.compare(step);
  const inMib = (/** @type {number} */ bytes) => Math.round(bytes / MIB);
  const pair = (/** @type {import("notebooster").ComparedTerm} */ term) => [
    term.title,
    inMib(term.predictedBytes),
    inMib(term.measuredBytes),
  ];
  console.log(
    JSON.stringify({
      ...{ memory: name, peakIn: plan.peak.phase, block: plan.peak.block },
      columns: ["", "predicted MiB", "measured MiB"],
      terms: [...compared.terms, compared.total].map(pair),
      offBy: `${(100 * compared.difference).toFixed(2)} %`,
    }),
  );
  check(`tensors of ${name}`, () => {
    const tensors = compared.terms.slice(0, 3);
    const sum = (/** @type {"predictedBytes" | "measuredBytes"} */ which) =>
      tensors.reduce((bytes, term) => bytes + term[which], 0);
    const off = sum("predictedBytes") / sum("measuredBytes") - 1;
    expect(Math.abs(off) <= 0.01, `the plan is ${(100 * off).toFixed(2)} % off`);
  });
  check(`all of ${name}`, () => expect(Math.abs(compared.difference) <= 0.02, String(compared)));
}

/**
 * @param {number} hiddenSize
 * @param {number} intermediateSize
 * @param {number} numHiddenLayers
 * @param {number} numAttentionHeads
 */
function sizes(hiddenSize, intermediateSize, numHiddenLayers, numAttentionHeads) {
  const widths = { vocabSize: 32000, hiddenSize, intermediateSize };
  return { ...widths, numHiddenLayers, numAttentionHeads, maxPositionEmbeddings: 4096 };
}
