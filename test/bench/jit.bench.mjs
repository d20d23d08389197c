// Chains of pointwise operations fused by jit() beside the same chain operation by operation and beside torch.compile, on one
// GPU in bfloat16 at the shapes of LLaMA-7B. TB/s count each tensor once; ratios above 1: ours is faster. JSON lines.
//   notebooster bench jit
import { backward, jit, noGrad, numGpus, ops, scoped } from "notebooster";
import { gpuMilliseconds } from "./gpu-time.mjs";
import { runPeer } from "./python-peer.mjs";
import { report } from "./statistics.mjs";

const [TOKENS, HIDDEN, FFN] = [8192, 4096, 11008];
const CASES = [
  {
    name: "x.mul(y).silu()",
    body: (x, y) => x.mul(y).silu(),
    shapes: [
      [TOKENS, FFN],
      [TOKENS, FFN],
    ],
  },
  { name: "bias and GELU (tanh)", body: gelu, shapes: [[TOKENS, FFN], [FFN]] },
  {
    name: "ten operations",
    body: ten,
    shapes: [
      [TOKENS, HIDDEN],
      [TOKENS, HIDDEN],
      [TOKENS, HIDDEN],
    ],
  },
];

function gelu(x, bias) {
  const z = x.add(bias);
  const inner = z.add(z.mul(z).mul(z).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return z.mul(0.5).mul(inner.tanh().add(1));
}

function ten(x, y, z) {
  return x
    .mul(y)
    .silu()
    .add(z.sigmoid().mul(x))
    .sub(y.tanh())
    .mul(z)
    .add(x.exp().neg().exp())
    .mul(0.5);
}

if (numGpus() === 0) throw new Error("bench jit needs a GPU; this process sees none");

const size = (shape) => shape.reduce((a, b) => a * b, 1);

function measure({ body, shapes }, isTrained) {
  return scoped(() => {
    const inputs = shapes.map((shape) =>
      ops.aten.randn(shape, { dtype: "bfloat16", device: "cuda" }),
    );
    if (!isTrained) return noGrad(() => gpuMilliseconds(() => body(...inputs)));
    for (const x of inputs) x.requiresGrad = true;
    const seed = ops.aten.randn(shapes[0], { dtype: "bfloat16", device: "cuda" });
    return gpuMilliseconds(() => {
      backward(body(...inputs), seed);
      for (const x of inputs) x.grad = null;
    });
  });
}

const peers = runPeer("jit_peer.py", [JSON.stringify({ TOKENS, HIDDEN, FFN })]);
for (const { name, body, shapes } of CASES) {
  const fused = jit(body);
  const bytes = 2 * (shapes.reduce((sum, shape) => sum + size(shape), 0) + size(shapes[0]));
  for (const isTrained of [false, true]) {
    const us = 1000 * measure({ body: fused, shapes }, isTrained);
    const eagerUs = 1000 * measure({ body, shapes }, isTrained);
    const peer = peers[name][isTrained ? "both" : "forward"];
    report({
      name: isTrained ? `${name}, forward and backward` : name,
      us,
      ...(!isTrained && { tbs: bytes / us / 1e6 }),
      overEager: eagerUs / us,
      torchEagerUs: peer.eager,
      torchCompiledUs: peer.compiled,
      overTorchCompiled: peer.compiled / us,
    });
  }
}
