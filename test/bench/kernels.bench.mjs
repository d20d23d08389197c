// The kernels of native/kernels at LLaMA-7B's shapes in bfloat16 on one GPU, by CUDA events: time, bandwidth counted as
// the bytes that must move, its share of a large copy's in the same run, and the speed over ATen and torch.compile
// (ratios above 1: ours is faster). Also AdamW on the CPU. JSON lines.
//   notebooster bench kernels
import { manualSeed, noGrad, ops, scoped } from "notebooster";
import { native } from "../../dist/src/native/native.js";
import { runPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const SHAPE = {
  tokens: 8192,
  hidden: 4096,
  ffn: 11008,
  vocab: 32000,
  heads: 32,
  params: 1e9,
  cpuParams: 1e8,
};
const SETS = 4;
const ROUNDS = 7;
const BF16 = 2;

if (native.numGpus() === 0) throw new Error("bench kernels needs a GPU; this process sees none");
const peers = process.argv.includes("--no-peers")
  ? {}
  : runPeer("kernels_peer.py", [JSON.stringify(SHAPE)]);
const kernels = ops.notebooster;
const random = (...shape) => ops.aten.randn(shape, { dtype: "bfloat16", device: "cuda" });
const { tokens, hidden, ffn, vocab, heads, params } = SHAPE;
manualSeed(1);
let copyTBs = 0;

/**
 * Mean microseconds of a call, the median over rounds; the calls take turns so that caches are cold. The call before
 * the first event keeps the GPU busy until the next ones are queued.
 */
function gpuMicroseconds(calls, turns = 20) {
  const once = (turn) => scoped(() => void calls[turn % calls.length]());
  for (let turn = 0; turn < calls.length; turn++) once(turn);
  const rounds = Array.from({ length: ROUNDS }, () => {
    once(0);
    const begin = native.recordGpuEvent();
    for (let turn = 0; turn < turns; turn++) once(turn);
    return (native.gpuMillisecondsBetween(begin, native.recordGpuEvent()) * 1000) / turns;
  });
  return median(rounds);
}

/** Measures `make() -> call` over several sets of tensors. */
function measure(name, { bytes, make, sets = SETS, turns }) {
  scoped(() => {
    const us = gpuMicroseconds(
      Array.from({ length: sets }, () => make()),
      turns,
    );
    reportBeside(name, us, bytes);
  });
}

function reportBeside(name, us, bytes) {
  const { eagerUs, compiledUs } = peers[name] ?? {};
  const tbs = bytes / us / 1e6;
  report({
    name,
    us,
    tbs,
    shareOfCopy: tbs / copyTBs,
    ...(eagerUs && { atenUs: eagerUs, overAten: eagerUs / us }),
    ...(compiledUs && { compiledUs, overCompiled: compiledUs / us }),
  });
}

function measureCopy() {
  const numel = 1 << 30;
  scoped(() => {
    const from = random(numel);
    const to = random(numel);
    copyTBs = (2 * BF16 * numel) / gpuMicroseconds([() => to.copy_(from)], 10) / 1e6;
  });
  report({ name: "copy", tbs: copyTBs });
  const bytes = 2 * BF16 * tokens * hidden;
  const make = () => {
    const x = random(tokens, hidden);
    const y = random(tokens, hidden);
    return () => y.copy_(x);
  };
  measure("copy of tokens x hidden", { bytes, make });
}

function measureNorms() {
  const row = BF16 * tokens * hidden;
  const x = () => random(tokens, hidden);
  const forward = () => {
    const [a, w] = [x(), random(hidden)];
    return () => kernels.rms_norm(a, w, 1e-5);
  };
  const backward = () => {
    const [a, g, w] = [x(), x(), random(hidden)];
    return () => kernels.rms_norm_backward(g, null, a, w, 1e-5);
  };
  const addForward = () => {
    const [a, r, w] = [x(), x(), random(hidden)];
    return () => kernels.add_rms_norm(a, r, w, 1e-5);
  };
  const addBackward = () => {
    const [a, g, s, w] = [x(), x(), x(), random(hidden)];
    return () => kernels.rms_norm_backward(g, s, a, w, 1e-5);
  };
  measure("rms_norm", { bytes: 2 * row, make: forward });
  measure("rms_norm backward", { bytes: 3 * row, make: backward });
  measure("add_rms_norm", { bytes: 4 * row, make: addForward });
  measure("add_rms_norm backward", { bytes: 4 * row, make: addBackward });
}

function measureSwiGlu() {
  const row = BF16 * tokens * ffn;
  const x = () => random(tokens, ffn);
  const forward = () => {
    const [gate, up] = [x(), x()];
    return () => kernels.swiglu(gate, up);
  };
  const backward = () => {
    const [grad, gate, up] = [x(), x(), x()];
    return () => kernels.swiglu_backward(grad, gate, up);
  };
  measure("swiglu", { bytes: 3 * row, make: forward });
  measure("swiglu backward", { bytes: 5 * row, make: backward });
}

function measureRope() {
  const length = tokens / 2;
  const dim = hidden / heads;
  const bytes = 2 * BF16 * tokens * hidden + 2 * BF16 * length * dim;
  const inputs = () => [
    random(2, length, heads, dim).transpose(1, 2),
    random(length, dim),
    random(length, dim),
  ];
  const make = (operator) => () => {
    const [x, cos, sin] = inputs();
    return () => operator(x, cos, sin);
  };
  measure("rope", { bytes, make: make(kernels.rope) });
  measure("rope backward", { bytes, make: make(kernels.rope_backward) });
}

function measureCrossEntropy() {
  const make = () => {
    const leaf = random(tokens * vocab);
    leaf.requiresGrad = true;
    const targets = ops.aten.randint(vocab, [tokens], { device: "cuda" });
    const logits = leaf.view(tokens, vocab);
    return () => kernels.cross_entropy_(logits, targets);
  };
  measure("cross_entropy", { bytes: 2 * BF16 * tokens * vocab, make, sets: 2 });
}

const step = { lr: 1e-3, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1, step: 10 };

function adamwState(count, device) {
  const make = (dtype) => [ops.aten.rand([count], { dtype, device })];
  const [param, grad] = [make("bfloat16"), make("bfloat16")];
  return { param, grad, master: make("float32"), m: make("float32"), v: make("float32") };
}

function measureAdamW() {
  scoped(() => {
    const { param, grad, master, m, v } = adamwState(params, "cuda");
    const grad_scale = ops.aten.ones([1], { device: "cuda" });
    const call = () => kernels.adamw_(param, master, grad, m, v, { ...step, grad_scale });
    reportBeside("adamw", gpuMicroseconds([call], 3), 28 * params);
    const norm = () => kernels.l2_norm_and_overflow(grad);
    reportBeside("l2_norm", gpuMicroseconds([norm]), BF16 * params);
  });
}

function wallMicroseconds(call) {
  call();
  const rounds = Array.from({ length: 5 }, () => {
    const begin = process.hrtime.bigint();
    call();
    return Number(process.hrtime.bigint() - begin) / 1000;
  });
  return median(rounds);
}

function measureCpuAdamW() {
  const count = SHAPE.cpuParams;
  scoped(() => {
    const { param, grad, master, m, v } = adamwState(count, "cpu");
    const copyGBs = (8 * count) / wallMicroseconds(() => m[0].copy_(master[0])) / 1e3;
    const us = wallMicroseconds(() => kernels.adamw_(param, master, grad, m, v, step));
    const { eagerUs } = peers["adamw on the CPU"] ?? {};
    const gbs = (28 * count) / us / 1e3;
    const beside = eagerUs && { atenUs: eagerUs, overAten: eagerUs / us };
    report({ name: "adamw on the CPU", us, gbs, copyGBs, shareOfCopy: gbs / copyGBs, ...beside });
  });
}

noGrad(measureCopy);
noGrad(measureNorms);
noGrad(measureSwiGlu);
noGrad(measureRope);
measureCrossEntropy();
noGrad(measureAdamW);
noGrad(measureCpuAdamW);
