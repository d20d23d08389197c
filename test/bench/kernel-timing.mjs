// Times of kernels on one GPU by CUDA events, beside PyTorch's of the same run, for kernels.bench.mjs.
import { manualSeed, ops, scoped } from "notebooster";
import { native } from "../../dist/src/native/native.js";
import { runPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

export const SHAPE = {
  tokens: 8192,
  hidden: 4096,
  ffn: 11008,
  vocab: 32000,
  heads: 32,
  params: 1e9,
  // softmax
  batch: 1,
  length: 2048,
  // GPT-2 124M, batch 4
  small: { tokens: 4096, hidden: 768, vocab: 50257 },
};
const SETS = 4;
const ROUNDS = 7;
export const BF16 = 2;

if (native.numGpus() === 0) throw new Error("bench kernels needs a GPU; this process sees none");
export const peers = process.argv.includes("--no-peers")
  ? {}
  : runPeer("kernels_peer.py", [JSON.stringify(SHAPE)]);
export const kernels = ops.notebooster;
export const random = (...shape) => ops.aten.randn(shape, { dtype: "bfloat16", device: "cuda" });
const { tokens, hidden } = SHAPE;
manualSeed(1);
let copyTBs = 0;

/**
 * Mean microseconds of a call, the median over rounds; the calls take turns so that caches are cold. The call before
 * the first event keeps the GPU busy until the next ones are queued.
 */
export function gpuMicroseconds(calls, turns = 20) {
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

/**
 * Measures `make() -> call` over several sets of tensors.
 * @param {string} name
 * @param {{ bytes: number, make: () => () => unknown, sets?: number, turns?: number }} what
 */
export function measure(name, { bytes, make, sets = SETS, turns }) {
  scoped(() => {
    const us = gpuMicroseconds(
      Array.from({ length: sets }, () => make()),
      turns,
    );
    reportBeside(name, us, bytes);
  });
}

export function reportBeside(name, us, bytes) {
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

export function measureCopy() {
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
