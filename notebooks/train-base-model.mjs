// Trains the base model of the tutorials, notebooks/base-model: a LLaMA of 5 million parameters that has read nothing but
// Jane Austen's six novels (data/austen.txt.gz; data/SOURCES.md says where they come from).
//
//   node notebooks/train-base-model.mjs --stage tokenizer     a byte-level BPE of 2,048 tokens, seconds
//   node notebooks/train-base-model.mjs --stage model         the model, half a minute on one GPU, an hour on a laptop
//
// Losses go to stderr; the last twentieth of the text is held out and measured before, during and after.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  AdamW,
  AutoTokenizer,
  Booster,
  CosineAnnealingWarmupLR,
  DataLoader,
  LlamaForCausalLM,
  noGrad,
  readText,
  TextDataset,
  TorchDDPPlugin,
  trainByteLevelBpe,
  writeTokenizer,
} from "notebooster";

const notebooks = path.dirname(fileURLToPath(import.meta.url));
const TEXT = path.join(notebooks, "data/austen.txt.gz");
const ROLES = { bos: "<|bos|>", eos: "<|eos|>", pad: "<|pad|>" };
const VOCAB_SIZE = 2048;
const MAX_POSITIONS = 512;

const { values } = parseArgs({
  options: {
    stage: { type: "string" },
    out: { type: "string", default: path.join(notebooks, "base-model") },
    device: { type: "string" },
    precision: { type: "string" },
    steps: { type: "string", default: "1200" },
    batch: { type: "string", default: "32" },
    length: { type: "string", default: "256" },
    lr: { type: "string", default: "4e-3" },
    seed: { type: "string", default: "1" },
  },
});

if (values.stage === "tokenizer") trainTokenizer();
else if (values.stage === "model") await trainModel();
else throw new Error(`--stage ${values.stage}: expected tokenizer or model`);

function trainTokenizer() {
  const trained = trainByteLevelBpe([readText(TEXT)], {
    vocabSize: VOCAB_SIZE,
    specialTokens: Object.values(ROLES),
  });
  writeTokenizer(values.out, trained, { ...ROLES, modelMaxLength: MAX_POSITIONS });
  console.error(`${trained.tokens.length} tokens -> ${values.out}`);
}

async function trainModel() {
  const tokenizer = await AutoTokenizer.fromPretrained(values.out);
  const text = TextDataset.fromFile(TEXT, { tokenizer, sequenceLength: Number(values.length) });
  const { train, heldOut } = text.split(0.05);
  const plugin = new TorchDDPPlugin({ maxNorm: 1, ...(values.device && { device: values.device }) });
  const precision = values.precision ?? (plugin.device === "cpu" ? "fp32" : "bf16");
  const steps = Number(values.steps);

  const model = newModel(tokenizer);
  const optimizer = new AdamW(model.parameters(), { lr: Number(values.lr), betas: [0.9, 0.95], weightDecay: 0.1 });
  const boosted = await new Booster({ plugin, mixedPrecision: precision }).boost({
    model,
    optimizer,
    lrScheduler: new CosineAnnealingWarmupLR(optimizer, {
      totalSteps: steps,
      warmupSteps: Math.ceil(steps / 20),
      etaMin: Number(values.lr) / 10,
    }),
    dataloader: new DataLoader({ dataset: train, batchSize: Number(values.batch), shuffle: true, seed: Number(values.seed) }),
  });
  const measure = () => heldOutLoss(model, heldOut, plugin.device);
  console.error(
    `${model.numParameters()} parameters, ${precision} on ${plugin.device}; ${train.numTokens} tokens to train on, ` +
      `${heldOut.numTokens} held out, ${steps * boosted.dataloader.globalBatchSize * train.sequenceLength} to see`,
  );
  console.error(`step 0: held-out loss ${measure().toFixed(4)}`);
  trainLoop(boosted, steps, measure);
  await save(model, tokenizer);
  console.error(`saved to ${values.out}, weights as bfloat16: held-out loss ${measure().toFixed(4)}`);
}

function newModel(tokenizer) {
  const config = {
    vocabSize: VOCAB_SIZE,
    hiddenSize: 256,
    intermediateSize: 704,
    numHiddenLayers: 6,
    numAttentionHeads: 8,
    numKeyValueHeads: 4,
    maxPositionEmbeddings: MAX_POSITIONS,
    rmsNormEps: 1e-5,
    ropeTheta: 10000,
    tieWordEmbeddings: true,
    bosTokenId: tokenizer.bosTokenId,
    eosTokenId: tokenizer.eosTokenId,
    padTokenId: tokenizer.padTokenId,
  };
  return new LlamaForCausalLM(config, { seed: Number(values.seed) });
}

function trainLoop({ model, optimizer, lrScheduler, dataloader }, steps, measure) {
  const startMs = performance.now();
  let step = 0;
  for (const batch of dataloader.take(steps)) {
    const { loss } = model.forward(batch);
    optimizer.backward(loss);
    optimizer.step();
    lrScheduler.step();
    optimizer.zeroGrad();
    step += 1;
    if (step % 50 > 0 && step < steps) continue;
    const seconds = (performance.now() - startMs) / 1000;
    const tokens = step * dataloader.globalBatchSize * batch.inputIds.shape[1];
    const heldOut = step % 250 === 0 || step === steps ? `, held-out loss ${measure().toFixed(4)}` : "";
    console.error(
      `step ${step}: loss ${loss.item().toFixed(4)}${heldOut}, ${seconds.toFixed(0)} s, ${Math.round(tokens / seconds)} tokens/s`,
    );
  }
}

/** Mean next-token loss in nats; every row has the same number of targets, so batches count by their rows. */
function heldOutLoss(model, dataset, device) {
  let sum = 0;
  for (const batch of new DataLoader({ dataset, batchSize: 16, dropLast: false, device })) {
    sum += noGrad(() => model.forward(batch).loss).item() * batch.inputIds.shape[0];
  }
  return sum / dataset.length;
}

async function save(model, tokenizer) {
  const saved = path.join(values.out, "model"); // a folder of its own, for a saved model replaces all that is there
  await model.to({ dtype: "bfloat16" }).savePretrained(saved);
  for (const name of ["config.json", "model.safetensors"])
    fs.renameSync(path.join(saved, name), path.join(values.out, name));
  fs.rmSync(saved, { recursive: true });
  const generation = {
    bos_token_id: tokenizer.bosTokenId,
    eos_token_id: tokenizer.eosTokenId,
    pad_token_id: tokenizer.padTokenId,
  };
  fs.writeFileSync(path.join(values.out, "generation_config.json"), `${JSON.stringify(generation, undefined, 2)}\n`);
}
