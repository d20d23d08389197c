// For a host with a GPU: CUDA graphs of training steps, random numbers, what cannot be captured.
//   ./notebooster exec test/gpu/graphs-check.mjs        exits non-zero on a failure
import {
  AdamW,
  arange,
  backward,
  Generator,
  LlamaForCausalLM,
  manualSeed,
  memory,
  ops,
  rand,
  randn,
  T5ForConditionalGeneration,
  tensor,
  zeros,
} from "notebooster";
import {
  CudaGraph,
  emptyCache,
  GraphCaptureError,
  graphed,
  isCapturing,
  memorySnapshot,
} from "notebooster/device";
import { check, expect, expectError, finish } from "./check.mjs";

const MIB = 2 ** 20;
const device = "cuda:0";
const on = { device };

/**
 * A training step of a small model, float32 or bfloat16 with masters.
 * @param {{ lr?: number | import("notebooster").Tensor, dtype?: import("notebooster").DType }} options
 */
function makeStep({ lr = 1e-2, dtype = "float32" } = {}) {
  const config = {
    vocabSize: 128,
    hiddenSize: 64,
    intermediateSize: 160,
    numHiddenLayers: 2,
    numAttentionHeads: 4,
    numKeyValueHeads: 2,
  };
  const model = new LlamaForCausalLM(config, { seed: 3 }).to({ device });
  const optimizer = new AdamW(model.parameters(), { lr });
  const originals = new Map(model.parameters().map((p) => [p, p.detach()]));
  model.to({ dtype });
  optimizer.useMasterWeights(originals);
  const inputIds = zeros([4, 16], { ...on, dtype: "int64" });
  const body = () => {
    const { loss } = model.forward({ inputIds, labels: inputIds });
    backward(loss);
    optimizer.step();
    optimizer.zeroGrad();
    return loss.detach();
  };
  return { body, inputIds };
}

for (const prompts of [[[5, 6, 7, 8]], [[5, 6, 7, 8], [9], [3, 4]]])
  check(
    `texts of ${prompts.length} prompts are the same with a graph of a step and without`,
    () => {
      const sizes = { vocabSize: 128, hiddenSize: 64, intermediateSize: 160, numHiddenLayers: 2 };
      const model = new LlamaForCausalLM({ ...sizes, numAttentionHeads: 4, eosTokenId: null });
      model.to({ device }).eval();
      const options = { maxNewTokens: 300, eosTokenId: null };
      const text = (more) => model.generate(prompts, { ...options, ...more }).tolist();
      const eager = text({ cacheImplementation: "dynamic" });
      expect(JSON.stringify(text({})) === JSON.stringify(eager), "other tokens");
      expect(JSON.stringify(text({})) === JSON.stringify(eager), "other tokens the second time");
    },
  );

check("answers of an encoder are the same with a graph of a step and without", () => {
  const sizes = { vocabSize: 128, dModel: 64, dKv: 16, dFf: 160, numLayers: 2, numHeads: 4 };
  const model = new T5ForConditionalGeneration({ ...sizes, initializerFactor: 4 });
  model.to({ device }).eval();
  const options = { maxNewTokens: 300, eosTokenId: null, repetitionPenalty: 2 };
  const prompts = [[5, 6, 7, 8], [9], [3, 4]];
  const text = (more) => model.generate(prompts, { ...options, ...more }).tolist();
  const eager = text({ cacheImplementation: "dynamic" });
  expect(JSON.stringify(text({})) === JSON.stringify(eager), "other tokens");
  expect(new Set(String(eager).split(",")).size > 8, "hardly any tokens");
});

/** Losses of `count` steps, eagerly or as a graph. */
function trainingLosses(count, isGraphed) {
  const { body, inputIds } = makeStep();
  const step = isGraphed ? graphed(body) : body;
  return Array.from({ length: count }, (_, index) => {
    const ids = ops.aten.remainder(arange(0, 64, 1, on).mul(3 + (index % 2)), 128);
    inputIds.copy_(ids.reshape(4, 16));
    return step().item();
  });
}

check("a training step as a CUDA graph gives the losses of eager steps", () => {
  const eager = trainingLosses(10, false);
  const replayed = trainingLosses(10, true);
  const worst = Math.max(...eager.map((loss, i) => Math.abs(loss - replayed[i])));
  expect(worst < 1e-5, `losses differ: ${eager} and ${replayed}`);
  expect(eager[9] < eager[1] - 0.2, `the model does not learn: ${eager}`);
  return { worst, first: eager[0], last: eager[9] };
});
check("a learning rate in a tensor is read at each replay, masters in float32 are trained", () => {
  const lr = tensor([1e-2], on);
  const { body } = makeStep({ lr, dtype: "bfloat16" });
  const step = graphed(body);
  const losses = (count) => Array.from({ length: count }, () => step().item());
  const trained = losses(8);
  lr.fill_(0);
  const [, still, again] = losses(3);
  step.dispose();
  expect(trained[7] < trained[0] - 0.2, `the model does not learn: ${trained}`);
  expect(Math.abs(still - again) < 1e-3, `the learning rate of 0 is not read: ${still}, ${again}`);
  return { first: trained[0], last: trained[7], still, again };
});
check("replays read what was copied into the inputs and write the same outputs", () => {
  const x = zeros([4], on);
  const graph = CudaGraph.capture(() => ({ y: x.mul(2), z: x.add(1) }));
  const { y, z } = graph.outputs;
  for (const value of [1, 5]) {
    x.fill_(value);
    graph.replay();
    expect(
      y.toArray()[3] === 2 * value && z.toArray()[0] === value + 1,
      `wrong numbers for ${value}`,
    );
  }
  graph.dispose();
  expect(y.isDisposed, "outputs outlive the graph");
  expect(!isCapturing(), "still capturing");
});
check("random numbers of replays continue the generators as eager calls do", () => {
  const own = new Generator(9, device);
  const body = () => ({ a: rand([5], on), b: rand([5], { ...on, generator: own }) });
  manualSeed(4);
  const eager = [body(), body()].map(({ a, b }) => [a.toArray(), b.toArray()]);
  const fresh = new Generator(9, device);
  own.setState(fresh.getState());
  const graph = CudaGraph.capture(body, { generators: [own] });
  manualSeed(4);
  own.setState(fresh.getState());
  const replayed = [0, 1].map(() => {
    graph.replay();
    return [graph.outputs.a.toArray(), graph.outputs.b.toArray()];
  });
  expect(
    JSON.stringify(replayed) === JSON.stringify(eager),
    `${JSON.stringify(eager)} and ${JSON.stringify(replayed)}`,
  );
  graph.dispose();
});
check("what cannot be captured is refused, and the process goes on", () => {
  const x = zeros([4], on);
  expectError(GraphCaptureError, /item\(\) makes the host wait/, () =>
    CudaGraph.capture(() => void x.sum().item()),
  );
  expectError(GraphCaptureError, /copying to the host/, () =>
    CudaGraph.capture(() => void x.add(1).toArray()),
  );
  const { message } = expectError(GraphCaptureError, /cannot be captured/, () =>
    CudaGraph.capture(() => void ops.aten.nonzero(x)),
  );
  expectError(GraphCaptureError, /do not nest/, () =>
    CudaGraph.capture(() => void CudaGraph.capture(() => undefined)),
  );
  const graph = CudaGraph.capture(() => x.add(1));
  graph.replay();
  expect(
    graph.outputs.sum().item() === 4 && zeros([1000, 1000], on).add(2).sum().item() === 2e6,
    "wrong afterwards",
  );
  graph.dispose();
  return { message: message.split("\n")[0] };
});
check("graphs can share a pool, and a disposed one gives its memory back", () => {
  emptyCache();
  const before = memory().gpus[0].reservedBytes;
  const first = CudaGraph.capture(() => randn([8 * MIB], on).mul(2));
  const second = CudaGraph.capture(() => randn([8 * MIB], on).mul(3), { pool: first });
  first.replay();
  second.replay();
  const { segments } = memorySnapshot();
  expect(
    segments.some(({ isGraphPool }) => isGraphPool),
    "no segment belongs to a graph",
  );
  second.dispose();
  first.dispose();
  emptyCache();
  const after = memory().gpus[0].reservedBytes;
  expect(after <= before, `reserved ${before} before, ${after} after`);
});

finish();
