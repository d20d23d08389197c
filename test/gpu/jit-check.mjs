// jit() on the GPU: fused kernels and their gradients against the chain run operation by operation on the CPU in float32, for
// all types, broadcasts and memory layouts. Prints one JSON line a case; exits with 1 when one differs.
//   notebooster exec test/gpu/jit-check.mjs
/** @typedef {import("notebooster").Tensor} Tensor */
import { backward, jit, manualSeed, noGrad, numGpus, ops, scoped, tensor } from "notebooster";
import { CudaGraph } from "notebooster/device";

if (numGpus() === 0) {
  console.error("jit-check needs a GPU; this process sees none");
  process.exit(2);
}
manualSeed(1);

const TOLERANCE = { float32: 3e-6, float16: 1e-3, bfloat16: 6e-3 };
let failures = 0;

const chain = (a, b) =>
  a.mul(b).silu().add(a.sigmoid().mul(b.tanh()), { alpha: 0.5 }).sub(b.cos()).pow(2).add(1).log();
const long = (a, b, c) =>
  chain(a, b)
    .add(c.relu())
    .mul(c.exp().neg().exp())
    .div(a.mul(a).add(2).sqrt())
    .add(b.mul(b).add(1).rsqrt());

/** `view` makes what the function sees of a contiguous tensor. */
const CASES = [
  {
    name: "one shape",
    body: chain,
    shapes: [
      [64, 96],
      [64, 96],
    ],
  },
  {
    name: "odd sizes",
    body: chain,
    shapes: [
      [33, 7],
      [33, 7],
    ],
  },
  { name: "a row", body: chain, shapes: [[64, 96], [96]] },
  {
    name: "a column",
    body: chain,
    shapes: [
      [64, 96],
      [64, 1],
    ],
  },
  {
    name: "both broadcast",
    body: chain,
    shapes: [
      [5, 1, 24],
      [7, 1],
    ],
  },
  { name: "without dimensions", body: chain, shapes: [[16, 8], []] },
  {
    name: "transposed",
    body: chain,
    shapes: [
      [64, 96],
      [96, 64],
    ],
    view: (x, i) => (i === 1 ? x.transpose(0, 1) : x),
  },
  {
    name: "both transposed",
    body: chain,
    shapes: [
      [64, 96],
      [64, 96],
    ],
    view: (x) => x.transpose(0, 1),
  },
  {
    name: "slices that are not aligned",
    body: chain,
    shapes: [
      [64, 97],
      [64, 97],
    ],
    view: (x) => x.slice(1, 1, 97),
  },
  {
    name: "every other element",
    body: chain,
    shapes: [
      [64, 96],
      [64, 96],
    ],
    view: (x) => x.slice(1, 0, 96, 2),
  },
  {
    name: "four dimensions permuted",
    body: long,
    shapes: [
      [4, 6, 10, 16],
      [4, 10, 6, 16],
      [6, 1, 16],
    ],
    view: (x, i) => (i === 1 ? x.permute(0, 2, 1, 3) : x),
  },
  { name: "three inputs, large", body: long, shapes: [[2048, 1024], [2048, 1024], [1024]] },
  { name: "nothing", body: chain, shapes: [[0, 8], [8]] },
];

function distance(a, b) {
  const wide = (x) => x.detach().to({ device: "cpu" }).to("float64");
  const reference = wide(b);
  if (a.shape.join() !== b.shape.join()) return Number.NaN;
  const norm = (x) => (x.numel === 0 ? 0 : x.pow(2).sum().sqrt().item());
  return norm(wide(a).sub(reference)) / (norm(reference) || 1);
}

function evaluate(body, numbers, { device, dtype, seedType = dtype, view = (x) => x }) {
  const leaves = numbers.map((x) => {
    const moved = x.to({ device }).to(dtype);
    const own = moved === x ? x.clone() : moved;
    own.requiresGrad = true;
    return own;
  });
  const out = body(...leaves.map(view));
  const weights = ops.aten
    .arange(out.numel, { dtype: "float32" })
    .mul(0.37)
    .cos()
    .to(seedType)
    .view(...out.shape);
  backward(out, weights.to({ device }).to(out.dtype));
  return [out.detach(), ...leaves.map((leaf) => leaf.grad)];
}

function report(line, isRight) {
  if (!isRight) failures++;
  console.log(JSON.stringify({ ...line, ok: isRight }));
}

for (const { name, body, shapes, view } of CASES) {
  for (const dtype of /** @type {const} */ (["float32", "bfloat16", "float16"])) {
    scoped(() => {
      const numbers = shapes.map((shape) => ops.aten.randn(shape).to(dtype).to("float32"));
      const onCpu = { device: "cpu", dtype: "float32", seedType: dtype, view };
      const expected = evaluate(body, numbers, onCpu);
      const actual = evaluate(jit(body), numbers, { device: "cuda", dtype, view });
      const errors = actual.map((x, i) => Number(distance(x, expected[i]).toPrecision(2)));
      report(
        { name, dtype, errors },
        errors.every((error) => error <= TOLERANCE[dtype]),
      );
    });
  }
}

scoped(() => {
  const x = ops.aten.randn([1000], { device: "cuda" }).abs().add(1); // powers of negative numbers are NaN
  const scaled = jit((/** @type {Tensor} */ a, /** @type {number} */ factor) =>
    a
      .mul(factor)
      .add(factor - 1)
      .pow(factor + 2),
  );
  const errors = [0.5, 1.25, 3].map((factor) => {
    const expected = x
      .mul(factor)
      .add(factor - 1)
      .pow(factor + 2);
    return distance(scaled(x, factor), expected);
  });
  report(
    { name: "other numbers", errors },
    errors.every((error) => error <= 3e-6),
  );
});

/** Where a value is infinite, not a number, tiny or huge, operations are to do as ATen's do. */
const EDGES = [0, 1e-30, 0.59, 0.61, 1, 20, 85, 100, 1e30, Infinity]
  .flatMap((x) => [x, -x])
  .concat(NaN);
const UNARY =
  "neg abs exp expm1 log log1p sqrt rsqrt square reciprocal cos sin tanh erf sigmoid relu silu gelu";

scoped(() => {
  const x = tensor(Float32Array.from(EDGES), { device: "cuda" });
  const bodies = [
    ...UNARY.split(" ").map((name) => ({ name, body: (a) => a[name]() })),
    { name: "gelu by tanh", body: (a) => a.gelu({ approximate: "tanh" }) },
    ...[0, 0.5, -0.5, 1, -1, 2, -2, 3, 4, 5].map((n) => ({
      name: `to the power ${n}`,
      body: (a) => a.pow(n),
    })),
    ...[0, 3, Infinity].map((n) => ({ name: `by ${n}`, body: (a) => a.div(n) })),
    ...["div", "maximum", "minimum"].map((name) => ({ name, body: (a) => a[name](a.neg()) })),
  ];
  for (const { name, body } of bodies) {
    const [actual, expected] = [jit(body)(x), body(x)].map((y) => [
      ...y.to({ device: "cpu" }).toTypedArray(),
    ]);
    const wrong = expected.flatMap((y, i) =>
      isNear(actual[i], y) ? [] : [[EDGES[i], actual[i], y].map(String)],
    );
    if (wrong.length > 0) report({ name: `edges of ${name}: of, got, ATen's`, wrong }, false);
  }
  report({ name: "edges", operations: bodies.length }, true);
});

/** Float32 numbers below 2^-126 may be 0. */
function isNear(a, b) {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-5 * Math.abs(b) + 2e-36;
}

scoped(() => {
  const [a, b] = [
    ops.aten.randn([64, 96], { device: "cuda" }),
    ops.aten.randn([96], { device: "cuda", dtype: "bfloat16" }),
  ];
  const both = jit((/** @type {Tensor} */ x, /** @type {Tensor} */ y) => [x.mul(y), x.add(y)]);
  const [product, sum] = both(a, b);
  const errors = [distance(product, a.mul(b)), distance(sum, a.add(b))];
  report(
    { name: "two results of two types", dtypes: [product.dtype, sum.dtype], errors },
    errors.every((e) => e < 1e-6),
  );
});

noGrad(() => {
  const x = ops.aten.randn([4096], { device: "cuda" });
  const fused = jit((/** @type {Tensor} */ a) => a.silu().mul(2));
  fused(x);
  const graph = CudaGraph.capture(() => fused(x));
  x.copy_(ops.aten.randn([4096], { device: "cuda" }));
  graph.replay();
  const error = distance(graph.outputs, x.silu().mul(2));
  report({ name: "in a CUDA graph", errors: [error] }, error < 3e-6);
});

process.exit(failures === 0 ? 0 : 1);
