// CUDA graphs: a chain of small operators, and a GPT-2 124M training step at batch 4 x 1024 in bfloat16, each eagerly and as
// a graph, beside PyTorch's eager, torch.compile and graph in the same run. `cpuUs`: what launching costs the host;
// ratios above 1: ours is faster. JSON lines.
//   notebooster bench graph [--no-peers]
import { graphed, manualSeed, noGrad, ones, scoped } from "notebooster";
import { native } from "../../dist/src/native/native.js";
import { gpt2Step } from "./gpt2-step.mjs";
import { matmulTflops } from "./gpu-time.mjs";
import { runPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const CHAIN = { operators: 200, numel: 1024 };
const GPT2 = { batch: 4, length: 1024 };
const device = "cuda:0";

if (native.numGpus() === 0) throw new Error("bench graph needs a GPU; this process sees none");
manualSeed(1);
const peers = process.argv.includes("--no-peers")
  ? {}
  : runPeer("graph_peer.py", [JSON.stringify({ ...CHAIN, ...GPT2 })]);

/** Microseconds of a step on the GPU and of launching it on the host: medians over rounds of `turns` steps. */
function measure(step, turns, warmup) {
  const once = () => scoped(() => void step());
  for (let i = 0; i < warmup; i++) once();
  const rounds = Array.from({ length: 5 }, () => {
    once();
    const begin = native.recordGpuEvent();
    const start = process.hrtime.bigint();
    for (let i = 0; i < turns; i++) once();
    const cpuUs = Number(process.hrtime.bigint() - start) / 1000 / turns;
    const us = (native.gpuMillisecondsBetween(begin, native.recordGpuEvent()) * 1000) / turns;
    return { us, cpuUs };
  });
  return {
    us: median(rounds.map(({ us }) => us)),
    cpuUs: median(rounds.map((round) => round.cpuUs)),
  };
}

function chain() {
  const x = ones([CHAIN.numel], { device });
  const body = () => {
    let y = x;
    for (let i = 0; i < CHAIN.operators; i++) y = y.mul(1.0001);
    return y;
  };
  const step = graphed(body);
  for (const [name, run] of [
    ["chain eager", body],
    ["chain graph", step],
  ]) {
    const { us, cpuUs } = noGrad(() => measure(run, 20, 6));
    const torchUs = peers[name]?.us;
    report({ name, us, cpuUs, ...(torchUs && { torchUs, overTorch: torchUs / us }) });
  }
  step.dispose();
}

function training(peakTflops) {
  const { step, tokens, flops } = gpt2Step({ ...GPT2, device });
  const replayed = graphed(step);
  const ours = { "gpt2 eager": step, "gpt2 graph": replayed };
  for (const [name, run] of Object.entries(ours)) {
    const { us, cpuUs } = measure(run, 10, 6);
    const line = {
      name,
      us,
      cpuUs,
      tokensPerSecond: (tokens / us) * 1e6,
      mfu: flops / us / 1e6 / peakTflops,
    };
    for (const [peer, { us: torchUs }] of Object.entries(peers).filter(([key]) =>
      key.startsWith("gpt2"),
    )) {
      line[`over torch ${peer.slice("gpt2 ".length)}`] = torchUs / us;
    }
    report(line);
  }
}

for (const [name, { us }] of Object.entries(peers)) report({ name: `torch ${name}`, us });
const peakTflops = matmulTflops();
report({ name: "matmul 8192, bfloat16", tflops: peakTflops });
chain();
training(peakTflops);
process.exit(0);
