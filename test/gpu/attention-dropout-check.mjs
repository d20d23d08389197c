// Dropout of attention weights on the GPU by every backend: how many are kept, that those are divided by 1 - p, and that gradients
// go through what the forward pass kept, against the formula on the CPU. Prints one JSON line a case; exits with 1 when one
// differs, or when a backend does not serve that should.
//   notebooster exec test/gpu/attention-dropout-check.mjs
import {
  ATTENTION_BACKENDS,
  attention,
  backward,
  explainAttention,
  manualSeed,
  numGpus,
  ops,
  scoped,
  tensor,
} from "notebooster";

if (numGpus() === 0) {
  console.error("attention-dropout-check needs a GPU; this process sees none");
  process.exit(2);
}

const TOLERANCE = { float32: 4e-3, float16: 8e-3, bfloat16: 4e-2 }; // float32: the GPU's products may be TF32
const SEED = 3;
const P = 0.25;
const [BATCH, HEADS, DIM] = [2, 4, 64];
const SERVES = { float32: ["efficient", "math"], bfloat16: ["flash", "efficient", "math"] };
SERVES.float16 = SERVES.bfloat16;
let failures = 0;

/** ||a - b|| / ||b|| */
function distance(a, b) {
  const norm = (x) => x.to("float64").pow(2).sum().sqrt().item();
  return norm(a.sub(b)) / norm(b);
}

/** Rows of all sequences one after the other, as heads, and back. */
function layout(isPacked, length) {
  if (!isPacked) return { pack: (x) => x, unpack: (x) => x, lengths: {} };
  const starts = tensor(Int32Array.of(0, length, BATCH * length), { device: "cuda" });
  return {
    pack: (x) => x.transpose(1, 2).reshape([BATCH * length, HEADS, DIM]),
    unpack: (x) => x.reshape([BATCH, length, HEADS, DIM]).transpose(1, 2),
    lengths: {
      cuSeqlens: starts,
      cuSeqlensKeys: starts,
      maxSeqlen: length,
      maxSeqlenKeys: length,
    },
  };
}

/** Output and gradients of queries, keys and values, for what is kept with one seed. */
function onGpu(numbers, grad, { dtype, options }) {
  const target = { device: "cuda", dtype };
  const [q, k, v] = numbers.map((x) => x.to(target).clone().requiresGrad_());
  manualSeed(SEED);
  const out = attention(q, k, v, options);
  backward(out, grad.to(target));
  const results = [out.detach(), q.grad, k.grad, v.grad];
  return results.map((x) => x.to({ device: "cpu", dtype: "float32" }));
}

function byFormula(numbers, grad, { visible, kept }) {
  const [q, k, v] = numbers.map((x) => x.clone().requiresGrad_());
  const scores = q.matmul(k.transpose(2, 3)).mul(DIM ** -0.5);
  const weights = scores.add(visible.sub(1).mul(1e9)).softmax(-1);
  const out = weights
    .mul(kept)
    .div(1 - P)
    .matmul(v);
  backward(out, grad);
  return [out.detach(), q.grad, k.grad, v.grad];
}

/**
 * Values that are the identity make the output the weights that were kept, divided by 1 - p; with the same seed the same are kept of any
 * values, so outputs and gradients have a formula.
 */
function check({ dtype, backend, causal, isPacked, length }) {
  const named = { isPacked, dtype, backend, causal, length };
  const { pack, unpack, lengths } = layout(isPacked, length);
  const options = { causal, dropout: P, backend, ...lengths };
  const shape = [BATCH, HEADS, length, DIM];
  const random = () => ops.aten.randn(shape).mul(0.5).to(dtype).to("float32");
  const [q, k, v, grad] = [random(), random(), random(), random()];
  const [queries, keys, values] = [q, k, v].map((x) => pack(x).to({ device: "cuda", dtype }));
  const reason = explainAttention(queries, keys, values, options).refused[backend];
  if (reason !== undefined) {
    const serves = SERVES[dtype].includes(backend) && !(isPacked && backend === "efficient");
    return report({ ...named, refused: reason }, !serves);
  }
  const run = (values) =>
    onGpu([q, k, values].map(pack), pack(grad), { dtype, options }).map(unpack);
  const [weights] = run(ops.aten.eye(DIM).narrow(0, 0, length).expand(shape).contiguous());
  const kept = weights.narrow(3, 0, length).ne(0).to("float32");
  const visible = causal ? ops.aten.ones([length, length]).tril() : ops.aten.ones([length, length]);
  const expected = byFormula([q, k, v], grad, { visible, kept });
  const errors = run(v).map((x, i) => distance(x, expected[i]));
  const draws = visible.sum().item() * BATCH * HEADS;
  const share = kept.mul(visible).sum().item() / draws;
  const deviations = Math.abs(share - (1 - P)) / Math.sqrt((P * (1 - P)) / draws);
  const isRight = errors.every((error) => error <= TOLERANCE[dtype]) && deviations < 4;
  report({ ...named, errors, share }, isRight);
}

function report(of, isRight) {
  if (!isRight) failures++;
  console.log(JSON.stringify({ ...of, ok: isRight }));
}

for (const dtype of ["float32", "bfloat16", "float16"])
  for (const backend of ATTENTION_BACKENDS)
    for (const isPacked of [false, true])
      for (const causal of [true, false])
        for (const length of [12, 64])
          scoped(() => check({ dtype, backend, causal, isPacked, length }));
process.exit(failures === 0 ? 0 : 1);
