// What a call costs in CPU time, ours and Python torch's in turns on one thread: small operators, and forward and backward
// through one LLaMA layer of tiny shapes, on the CPU and on a GPU when there is one (or `bench dispatch DEVICE
// PART-OF-A-TASK'S-NAME`). The time is that of all threads of the process: the one that calls, autograd's, V8's garbage collector;
// freeing the results is in it. `ratio` is the median of ours / Python's in pairs of windows, one right after the other.
import {
  arange,
  backward,
  LlamaForCausalLM,
  numGpus,
  ops,
  randn,
  scoped,
  setNumThreads,
  slice,
  synchronize,
  zeros,
} from "notebooster";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const WARM_UPS = 5;
const PAIRS = 25;
const LAYER = { hidden: 64, heads: 4, inner: 128, tokens: 8 };

setNumThreads(1);
const torch = startPeer("dispatch_peer.py", [JSON.stringify(LAYER)]);
const [onlyDevice, onlyTask = ""] = process.argv.slice(2);
const devices = onlyDevice ? [onlyDevice] : numGpus() > 0 ? ["cpu", "cuda"] : ["cpu"];
for (const device of devices) await compareOn(device);
await torch.close();

/** All tasks in every round: a time when other programs are busy then touches a few pairs of each, not all of one. */
async function compareOn(device) {
  const measured = Object.entries(tasks())
    .filter(([task]) => task.includes(onlyTask))
    .map(([task, { calls, perWait, make }]) => {
      return { request: { device, task, calls, perWait }, run: make(device), pairs: [] };
    });
  for (let round = 0; round < WARM_UPS + PAIRS; round++)
    for (const { request, run, pairs } of measured) {
      const us = usPerCall(request, run);
      const { usPerCall: torchUs } = await torch.ask(request);
      if (round >= WARM_UPS) pairs.push({ us, torchUs });
    }
  for (const { request, pairs } of measured) reportPairs(request, pairs);
}

function reportPairs({ device, task, calls }, pairs) {
  report({
    name: `dispatch ${task}`,
    device,
    us: median(pairs.map(({ us }) => us)),
    torchUs: median(pairs.map(({ torchUs }) => torchUs)),
    ratio: median(pairs.map(({ us, torchUs }) => us / torchUs)),
    calls,
    pairs: PAIRS,
  });
}

/** Microseconds of CPU time of one call, the results freed; a GPU's queue is empty before and waited for outside of the time. */
function usPerCall({ device, calls, perWait }, run) {
  let total = 0;
  for (let done = 0; done < calls; done += perWait) {
    synchronize(device);
    const begin = process.cpuUsage();
    scoped(() => {
      for (let i = 0; i < perWait; i++) run();
    });
    const { user, system } = process.cpuUsage(begin);
    total += user + system;
  }
  return total / calls;
}

/** `calls` in a window, the GPU waited for before every `perWait` of them; `make` gives what is called. */
function tasks() {
  const pair = (device) => [randn([4, 4], { device }), randn([4, 4], { device })];
  const onPair = (call) => ({ calls: 1000, perWait: 100, make: (device) => call(...pair(device)) });
  return {
    "a + b": onPair((a, b) => () => a.add(b)),
    "a * 2": onPair((a) => () => a.mul(2)),
    "add_(b, alpha)": onPair((a, b) => () => a.add_(b, { alpha: 0.001 })),
    "sum(1, keepdim)": onPair((a) => () => a.sum(1, { keepdim: true })),
    "mean(-1)": onPair((a) => () => a.mean(-1)),
    "softmax(-1)": onPair((a) => () => a.softmax(-1)),
    silu: onPair((a) => () => a.silu()),
    shape: onPair((a) => () => a.shape),
    "view(2, 8)": onPair((a) => () => a.view(2, 8)),
    "reshape(2, 8)": onPair((a) => () => a.reshape(2, 8)),
    "transpose(0, 1)": onPair((a) => () => a.transpose(0, 1)),
    "permute(1, 0)": onPair((a) => () => a.permute(1, 0)),
    "index [0]": onPair((a) => () => a.at(0)),
    "index [1:]": onPair((a) => () => a.at(slice(1))),
    "index [1:, 0]": onPair((a) => () => a.at(slice(1), 0)),
    "index [..., None, 0]": onPair((a) => () => a.at("...", null, 0)),
    "index [mask]": onPair((a) => {
      const mask = a.gt(0);
      return () => a.at(mask);
    }),
    "index [0] = 1": onPair((a) => () => a.setAt([0], 1)),
    "index [mask] = 0": onPair((a) => {
      const mask = a.gt(0);
      return () => a.setAt([mask], 0);
    }),
    "split(2)": onPair((a) => () => a.split(2)),
    cat: onPair((a, b) => () => ops.aten.cat([a, b], 1)),
    stack: onPair((a, b) => () => ops.aten.stack([a, b])),
    "topk(2)": onPair((a) => () => a.topk(2)),
    matmul: onPair((a, b) => () => a.matmul(b)),
    linear: onPair((a, b) => () => ops.aten.linear(a, b)),
    embedding: onPair((a) => {
      const indices = arange(0, 4, 1, { dtype: "int64", device: a.device });
      return () => ops.aten.embedding(a, indices);
    }),
    "matmul 64 and backward": { calls: 200, perWait: 100, make: matmulBackward },
    // Ten calls stay below the 1024 launches that a GPU's queue takes before it makes the CPU wait.
    "LLaMA layer and backward": { calls: 50, perWait: 10, make: layerBackward },
  };
}

function matmulBackward(device) {
  const [a, b] = [0, 1].map(() => randn([64, 64], { device, requiresGrad: true }));
  return () =>
    scoped(() => {
      backward(a.matmul(b).sum());
      a.grad = null;
      b.grad = null;
    });
}

function layerBackward(device) {
  const { hidden, heads, inner, tokens } = LAYER;
  const model = new LlamaForCausalLM({
    vocabSize: 8,
    hiddenSize: hidden,
    intermediateSize: inner,
    numHiddenLayers: 1,
    numAttentionHeads: heads,
    numKeyValueHeads: heads,
    maxPositionEmbeddings: tokens,
  }).to({ device });
  const [layer] = [...model.model.layers];
  const parameters = [...layer.parameters()];
  const x = randn([1, tokens, hidden], { device });
  const angles = arange(0, tokens, 1, { dtype: "float32" })
    .unsqueeze(1)
    .mul(randn([1, hidden / heads]));
  const rotation = { cos: angles.cos().to({ device }), sin: angles.sin().to({ device }) };
  const inputIds = zeros([1, tokens], { dtype: "int64", device });
  const scores = { softCap: null, visible: undefined };
  const views = { full_attention: { rotation, scores, window: Number.POSITIVE_INFINITY } };
  const pass = { inputIds, views };
  return () =>
    scoped(() => {
      backward(layer.forward(x, pass).sum());
      for (const parameter of parameters) parameter.grad = null;
    });
}
