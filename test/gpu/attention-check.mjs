// attention() on the GPU by every backend against the plain formula on the CPU in float32 on the same numbers, gradients
// included, and which backend is chosen. Prints one JSON line a case; exits with 1 when one differs.
//   notebooster exec test/gpu/attention-check.mjs
import {
  ATTENTION_BACKENDS,
  attention,
  backward,
  explainAttention,
  lastAttentionBackend,
  manualSeed,
  numGpus,
  ops,
  scoped,
  tensor,
} from "notebooster";

if (numGpus() === 0) {
  console.error("attention-check needs a GPU; this process sees none");
  process.exit(2);
}
manualSeed(1);

const TOLERANCE = { float32: 2e-3, float16: 4e-3, bfloat16: 2e-2 }; // float32: the GPU's products may be TF32
let failures = 0;

/** `serves`: the backends that must be able to, the first of them is the one to be chosen. */
const CASES = [
  {
    name: "causal, head dim 64",
    shapes: [[2, 4, 256, 64]],
    options: { causal: true },
    serves: ["cudnn", "flash", "efficient", "math"],
  },
  {
    name: "causal, head dim 128, GQA",
    shapes: [
      [2, 8, 192, 128],
      [2, 2, 192, 128],
    ],
    options: { causal: true },
    serves: ["cudnn", "flash", "efficient", "math"],
  },
  {
    name: "not causal, head dim 40",
    shapes: [[1, 3, 100, 40]],
    options: {},
    serves: ["cudnn", "flash", "efficient", "math"],
  },
  {
    name: "head dim 20",
    shapes: [[1, 3, 65, 20]],
    options: { causal: true },
    serves: ["flash", "math"],
  },
  {
    name: "more keys than queries",
    shapes: [
      [2, 4, 48, 64],
      [2, 4, 176, 64],
    ],
    options: { causal: true },
    serves: ["cudnn", "flash", "efficient", "math"],
  },
  {
    name: "one query, GQA",
    shapes: [
      [2, 8, 1, 64],
      [2, 2, 77, 64],
    ],
    options: { causal: true },
    serves: ["flash", "cudnn", "math"],
  },
  {
    name: "mask added",
    shapes: [[2, 4, 96, 64]],
    mask: "float",
    options: {},
    serves: ["cudnn", "efficient", "math"],
  },
  {
    name: "boolean mask of odd length",
    shapes: [
      [2, 4, 61, 64],
      [2, 2, 61, 64],
    ],
    mask: "bool",
    options: { causal: true },
    serves: ["cudnn", "efficient", "math"],
  },
  {
    name: "float32",
    dtype: "float32",
    shapes: [[2, 4, 128, 64]],
    options: { causal: true },
    serves: ["efficient", "math"],
  },
  {
    name: "float16",
    dtype: "float16",
    shapes: [[2, 4, 128, 64]],
    options: { causal: true },
    serves: ["cudnn", "flash", "efficient", "math"],
  },
  {
    name: "variable length",
    shapes: [
      [300, 4, 64],
      [300, 2, 64],
    ],
    starts: [0, 100, 101, 300],
    options: { causal: true },
    serves: ["flash", "efficient", "math"],
  },
  {
    name: "variable length of keys",
    shapes: [
      [60, 4, 128],
      [220, 4, 128],
    ],
    starts: [0, 10, 60],
    keyStarts: [0, 20, 220],
    options: { causal: true },
    serves: ["flash", "efficient", "math"],
  },
  {
    name: "variable length within a window",
    shapes: [
      [300, 4, 64],
      [300, 2, 64],
    ],
    starts: [0, 100, 101, 300],
    options: { causal: true, window: 33 },
    serves: ["flash", "math"],
  },
  {
    name: "variable length of keys within a window",
    shapes: [
      [60, 4, 128],
      [220, 4, 128],
    ],
    starts: [0, 10, 60],
    keyStarts: [0, 20, 220],
    options: { causal: true, window: 21 },
    serves: ["flash", "math"],
  },
  {
    name: "variable length in float32",
    dtype: "float32",
    shapes: [[90, 2, 32]],
    starts: [0, 30, 90],
    options: {},
    serves: ["efficient", "math"],
  },
];

/** ||a - b|| / ||b||, NaN when one of them has one */
function distance(a, b) {
  const wide = (x) => x.detach().to({ device: "cpu" }).to("float64");
  const reference = wide(b);
  const norm = (x) => x.pow(2).sum().sqrt().item();
  return norm(wide(a).sub(reference)) / norm(reference);
}

function maskOf({ mask, shapes }, { device, dtype }) {
  const [queries, keys] = [shapes[0][2], (shapes[1] ?? shapes[0])[2]];
  if (mask === "float") {
    const values = Float32Array.from({ length: queries * keys }, (_, i) => ((i * 7) % 5) * 0.5 - 1);
    return tensor(values, { shape: [queries, keys], device }).to(dtype);
  }
  const flags = Uint8Array.from({ length: queries * keys }, (_, i) =>
    Number(i % keys === 0 || (i * 5) % 3 > 0),
  );
  return tensor(flags, { shape: [1, 1, queries, keys], device }).to("bool");
}

function optionsOn(example, target) {
  const starts = (values) => tensor(Int32Array.from(values), { device: target.device });
  const longest = (values) => Math.max(...values.slice(1).map((end, i) => end - values[i]));
  const { starts: queries, keyStarts: keys = queries } = example;
  return {
    ...example.options,
    ...(example.mask && { mask: maskOf(example, target) }),
    ...(queries && {
      cuSeqlens: starts(queries),
      maxSeqlen: longest(queries),
      cuSeqlensKeys: starts(keys),
      maxSeqlenKeys: longest(keys),
    }),
  };
}

/** Output and gradients of q, k and v for given numbers and given weights of the output. */
function evaluate(numbers, weights, { device, dtype, options }) {
  const [q, k, v] = numbers.map((x) => {
    const leaf = x.to({ device }).to(dtype);
    const own = leaf === x ? x.clone() : leaf;
    own.requiresGrad = true;
    return own;
  });
  const out = attention(q, k, v, options);
  backward(out, weights.to({ device }).to(dtype));
  return [out.detach(), q.grad, k.grad, v.grad];
}

function check(example) {
  const { name, dtype = "bfloat16", shapes, serves } = example;
  const [q, kv = q] = shapes;
  const random = (shape) => ops.aten.randn(shape).to(dtype).to("float32");
  const numbers = [random(q), random(kv), random(kv)];
  const weights = random(q);
  const onCpu = { device: "cpu", dtype: "float32" };
  const expected = evaluate(numbers, weights, {
    ...onCpu,
    options: { ...optionsOn(example, onCpu), backend: "math" },
  });
  const onGpu = { device: "cuda", dtype };
  const options = optionsOn(example, onGpu);
  const [queries, keys, values] = numbers.map((x) => x.to(onGpu));
  const { refused } = explainAttention(queries, keys, values, options);
  evaluate(numbers, weights, { ...onGpu, options });
  const chosen = lastAttentionBackend();
  const errors = {};
  for (const backend of ATTENTION_BACKENDS.filter((backend) => refused[backend] === undefined)) {
    const results = evaluate(numbers, weights, { ...onGpu, options: { ...options, backend } });
    errors[backend] = Math.max(...results.map((x, i) => distance(x, expected[i])));
  }
  const isRight =
    chosen === serves[0] &&
    serves.every((backend) => errors[backend] <= TOLERANCE[dtype]) &&
    Object.values(errors).every((error) => error <= TOLERANCE[dtype]);
  if (!isRight) failures++;
  console.log(
    JSON.stringify({ name, dtype, chosen, errors, ok: isRight, ...(isRight ? {} : { refused }) }),
  );
}

for (const example of CASES) scoped(() => void check(example));
process.exit(failures === 0 ? 0 : 1);
