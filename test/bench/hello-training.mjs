// Training speed of the tutorial's model, ours through the Booster and transformers' in PyTorch: same weights, tokens,
// AdamW, clipping and threads, in turns. Equal losses show that both did the same work.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import {
  AdamW,
  Booster,
  LlamaForCausalLM,
  scoped,
  setNumThreads,
  TorchDDPPlugin,
  tensor,
} from "notebooster";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const folder = fileURLToPath(new URL("../../notebooks/base-model", import.meta.url));
const shape = { batchSize: 8, sequenceLength: 128 };
const steps = 3;
const repeats = 5;

export async function measureTraining(model = folder) {
  const numThreads = availableParallelism();
  setNumThreads(numThreads);
  const torch = startPeer("torch_peer.py", [numThreads]);
  const request = { task: "train", model, ...shape, steps };
  const train = await prepare(model);
  const ours = [];
  const theirs = [];
  train();
  await torch.ask(request);
  for (let i = 0; i < repeats; i++) {
    ours.push(train());
    theirs.push(await torch.ask(request));
  }
  await torch.close();
  const tokensPerS = { ours: speed(ours), torch: speed(theirs) };
  report({
    name: "training of the tutorial model, float32",
    tokensPerS: tokensPerS.ours,
    torchTokensPerS: tokensPerS.torch,
    ratio: tokensPerS.ours / tokensPerS.torch,
    loss: ours.at(-1).lastLoss,
    torchLoss: theirs.at(-1).lastLoss,
    ...shape,
    numThreads,
    repeats,
  });
}

const speed = (runs) => median(runs.map((run) => run.tokensPerS));

async function prepare(folder) {
  const loaded = await LlamaForCausalLM.fromPretrained(folder);
  const booster = new Booster({ plugin: new TorchDDPPlugin({ maxNorm: 1 }) });
  const optimizer = new AdamW(loaded.parameters(), { lr: 1e-4 });
  const boosted = await booster.boost({ model: loaded, optimizer });
  const inputIds = sameTokens(loaded.config.vocabSize);
  return () => {
    const begin = performance.now();
    let lastLoss = 0;
    for (let i = 0; i < steps; i++) lastLoss = scoped(() => step(booster, boosted, inputIds));
    const seconds = (performance.now() - begin) / 1e3;
    return { tokensPerS: (inputIds.numel * steps) / seconds, lastLoss };
  };
}

function step(booster, { model, optimizer }, inputIds) {
  const { loss } = model.forward({ inputIds, labels: inputIds });
  booster.backward(loss, optimizer);
  optimizer.step();
  optimizer.zeroGrad();
  return loss.item();
}

function sameTokens(vocabSize) {
  const { batchSize, sequenceLength } = shape;
  const numbers = Array.from(
    { length: batchSize * sequenceLength },
    (_, i) => (i * 7919) % vocabSize,
  );
  return tensor(numbers, { dtype: "int64" }).reshape(batchSize, sequenceLength);
}
