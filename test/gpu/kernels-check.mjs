// Every kernel of native/kernels on the GPU against its CPU implementation in float32 on the same numbers, at odd sizes
// and at the shapes of LLaMA-7B. Prints one JSON line a case; exits with 1 when one differs.
//   notebooster exec test/gpu/kernels-check.mjs [small]
import {
  backward,
  cat,
  manualSeed,
  noGrad,
  numGpus,
  ops,
  scoped,
  tensor,
  zeros,
} from "notebooster";

const kernels = ops.notebooster;
const isSmall = process.argv.includes("small");
const TOLERANCE = { float32: 2e-6, float16: 1e-3, bfloat16: 8e-3 };
let failures = 0;

if (numGpus() === 0) {
  console.error("kernels-check needs a GPU; this process sees none");
  process.exit(2);
}
manualSeed(1);

/** Random float32 numbers on the CPU that the dtype holds exactly. */
const random = (shape, dtype) => ops.aten.randn(shape).to(dtype).to("float32");

/** ||a - b|| / ||b||, NaN when one of them has one */
function distance(a, b) {
  const wide = (x) => x.detach().to({ device: "cpu" }).to("float64");
  const reference = wide(b);
  const norm = reference.pow(2).sum().sqrt().item();
  const error = wide(a).sub(reference).pow(2).sum().sqrt().item();
  return norm === 0 ? error : error / norm;
}

function compare(name, { dtype, gpu, cpu, tolerance = TOLERANCE[dtype] }) {
  const errors = gpu.map((result, i) => distance(result, cpu[i]));
  const isRight = errors.every((error) => error <= tolerance);
  if (!isRight) failures++;
  console.log(
    JSON.stringify({
      name,
      dtype,
      errors: errors.map((e) => Number(e.toPrecision(2))),
      ok: isRight,
    }),
  );
}

/** Runs `operation` on GPU tensors of the dtype and on CPU tensors in float32, with gradients of those that ask. */
function both(name, dtype, inputs, operation) {
  freed(() => {
    const side = (device, type) => {
      const tensors = inputs.map(({ values, grad, layout = (x) => x }) => {
        const leaf =
          values.dtype === "int64" ? values.to({ device }) : values.to({ device }).to(type);
        const own = leaf === values ? values.clone() : leaf;
        if (grad) own.requiresGrad = true;
        return { own, seen: layout(own) };
      });
      const outputs = [operation(...tensors.map((t) => t.seen))].flat();
      const results = outputs.map((t) => t.detach().clone());
      const trained = tensors.filter((t) => t.own.requiresGrad).map((t) => t.own);
      if (trained.length > 0) {
        const loss = outputs
          .map((output, i) => weighed(output, i, { device, dtype }))
          .reduce((a, b) => a.add(b));
        backward(loss);
      }
      return [...results, ...trained.map((t) => t.grad)];
    };
    const cpu = side("cpu", "float32");
    compare(name, { dtype, gpu: side("cuda", dtype), cpu });
  });
}

/** Frees what `work` made. */
const freed = (work) => scoped(() => void work());

/** A sum with weights that differ from place to place, the same on both devices. */
function weighed(output, index, { device, dtype }) {
  if (output.ndim === 0) return output.mul(dtype === "float16" ? 16384 : 1.5); // as a loss scale does
  const wave = ops.aten
    .arange(output.numel)
    .to("float32")
    .mul(0.7 + index)
    .sin()
    .to(dtype);
  return output
    .to("float32")
    .mul(
      wave
        .to("float32")
        .view(...output.shape)
        .to({ device }),
    )
    .sum();
}

const hidden = isSmall ? 264 : 4096;
/** Tokens of the full-size cases, which the dtype of training runs. */
const tokenCounts = (dtype) => (isSmall ? [37] : dtype === "bfloat16" ? [4096, 8192] : [512]);

function checkNorms(dtype) {
  const odd = "3x7 5x129 0x8 37x264 9x4096 1200x72".split(" ");
  const long = "300x1024 700x1536 6x8192 40x16384 3x40000".split(" ");
  const full = tokenCounts(dtype).map((n) => `${n}x${hidden}`);
  for (const text of isSmall ? odd : [...odd, ...long, ...full]) {
    const shape = text.split("x").map(Number);
    const x = { values: random(shape, dtype), grad: true };
    const weight = { values: random([shape[1]], dtype), grad: true };
    both(`rms_norm ${shape}`, dtype, [x, weight], (a, w) => kernels.rms_norm(a, w, 1e-5));
    const residual = { values: random(shape, dtype), grad: true };
    both(`add_rms_norm ${shape}`, dtype, [x, residual, weight], (a, r, w) =>
      kernels.add_rms_norm(a, r, w, 1e-5),
    );
  }
}

function checkSwiGlu(dtype) {
  const shapes = isSmall
    ? [
        [3, 7],
        [37, 264],
      ]
    : [[1], [3, 7], [0, 4], [70000, 3], ...tokenCounts(dtype).map((n) => [n, 11008])];
  for (const shape of shapes) {
    const gate = { values: random(shape, dtype), grad: true };
    const up = { values: random(shape, dtype), grad: true };
    both(`swiglu ${shape}`, dtype, [gate, up], (g, u) => kernels.swiglu(g, u));
  }
  const fused = { values: random([5, 9, 48], dtype), grad: true };
  both("swiglu of halves", dtype, [fused], (x) =>
    kernels.swiglu(x.slice(-1, 0, 24), x.slice(-1, 24, 48)),
  );
}

function checkRope(dtype) {
  const long = tokenCounts(dtype).map((n) => [1, n, 32, 128]);
  for (const [b, t, h, d] of isSmall
    ? [
        [2, 5, 3, 8],
        [1, 37, 32, 128],
      ]
    : [[2, 5, 3, 6], [2, 77, 9, 80], ...long]) {
    const angles = ops.aten.randn([t, d / 2]);
    const wide = cat([angles, angles], -1);
    const cos = { values: wide.cos().to(dtype).to("float32") };
    const sin = { values: wide.sin().to(dtype).to("float32") };
    const layout = (x) => x.transpose(1, 2);
    const x = { values: random([b, t, h, d], dtype), grad: true, layout };
    both(`rope ${[b, h, t, d]} of (B, T, H, D)`, dtype, [x, cos, sin], kernels.rope);
    const plain = { values: random([b, h, t, d], dtype), grad: true };
    both(`rope ${[b, h, t, d]}`, dtype, [plain, cos, sin], kernels.rope);
  }
}

function checkCrossEntropy(dtype) {
  const shapes = isSmall
    ? [
        [5, 7],
        [9, 2048],
      ]
    : [
        [5, 7],
        [33, 50257],
        [20, 128256],
        [64, 16384],
        [9, 24576],
        [9, 50304],
        ...tokenCounts(dtype).map((n) => [n, 32000]),
      ];
  for (const [n, v] of shapes) {
    const targets = ops.aten.randint(v, [n]);
    ops.aten.copy_(targets.slice(0, 0, 2), ops.aten.full_like(targets.slice(0, 0, 2), -100));
    const logits = { values: random([n, v], dtype), grad: true, layout: (x) => x.mul(1) };
    both(`cross_entropy_ ${[n, v]}`, dtype, [logits, { values: targets }], (l, t) =>
      kernels.cross_entropy_(l, t, -100),
    );
    freed(() =>
      noGrad(() => {
        const device = logits.values.to({ device: "cuda" }).to(dtype);
        const before = device.clone();
        const loss = kernels.cross_entropy_(device, targets.to({ device: "cuda" }), -100);
        const reference = kernels.cross_entropy_(logits.values, targets, -100);
        compare(`cross_entropy_ ${[n, v]} without gradient`, {
          dtype,
          gpu: [loss, device],
          cpu: [reference, before],
        });
      }),
    );
  }
}

/** Three steps; returns the norm, the weights that are exact, the parameters and both moments. */
function adamwSteps({ params, grads, m, v }, withMaster, { device, paramType, gradType }) {
  const copies = (list, type) => list.map((x) => x.clone().to({ device }).to(type));
  const param = copies(params, paramType);
  const masters = withMaster && paramType !== "float32" ? copies(params, "float32") : [];
  const [first, second] = [copies(m, "float32"), copies(v, "float32")];
  const grad = copies(grads, gradType);
  const [norm, found_inf] = kernels.l2_norm_and_overflow(grad);
  const grad_scale = tensor([0.5]).to({ device });
  const options = { lr: 1e-2, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1 };
  for (const step of [1, 2, 3]) {
    const rest = { ...options, step, grad_scale, found_inf };
    kernels.adamw_(param, masters, grad, first, second, rest);
  }
  const exact = masters.length > 0 ? masters : param;
  return [norm, ...[exact, param, first, second].map((list) => cat(list))];
}

function checkAdamW(dtype, gradType, withMaster) {
  const sizes = isSmall
    ? [1, 2047, 2048, 5000]
    : [1, 5, 2048, 4096 * 11008, 2049, ...Array(60).fill(1000)];
  freed(() =>
    noGrad(() => {
      const make = (type) => sizes.map((size) => random([size], type));
      const v = make(dtype).map((x) => x.mul(x));
      const start = { params: make(dtype), grads: make(gradType), m: make(dtype), v };
      const isRounded = dtype !== "float32" && !withMaster; // a parameter that is its own master is rounded each step
      const wide = { device: "cpu", paramType: "float32", gradType: "float32" };
      compare(`adamw_ grads ${gradType}${withMaster ? " with masters" : ""}`, {
        dtype,
        gpu: adamwSteps(start, withMaster, { device: "cuda", paramType: dtype, gradType }),
        cpu: adamwSteps(start, withMaster, wide),
        tolerance: TOLERANCE[dtype] * (isRounded ? 3 : 1),
      });
    }),
  );
}

function checkOverflow() {
  for (const bad of [Infinity, Number.NaN]) {
    const grads = [zeros([3000], { device: "cuda" }), tensor([1, bad, 2]).to({ device: "cuda" })];
    const [, overflow] = kernels.l2_norm_and_overflow(grads);
    const param = tensor([1, 2, 3]).to({ device: "cuda" });
    const state = () => [zeros([3], { device: "cuda" })];
    kernels.adamw_([param], [], [grads[1]], state(), state(), {
      lr: 1,
      beta1: 0.9,
      beta2: 0.9,
      eps: 1e-8,
      weight_decay: 0,
      step: 1,
      found_inf: overflow,
    });
    compare(`overflow by ${bad} skips the step`, {
      dtype: "float32",
      gpu: [overflow.view(1), param],
      cpu: [tensor([1]), tensor([1, 2, 3])],
    });
  }
}

for (const dtype of isSmall ? ["bfloat16", "float32"] : ["bfloat16", "float16", "float32"]) {
  scoped(() => {
    checkNorms(dtype);
  });
  scoped(() => {
    checkSwiGlu(dtype);
  });
  scoped(() => {
    checkRope(dtype);
  });
  scoped(() => {
    checkCrossEntropy(dtype);
  });
}
for (const [param, grad, master] of [
  ["bfloat16", "bfloat16", true],
  ["bfloat16", "float32", true],
  ["bfloat16", "bfloat16", false],
  ["float16", "float16", true],
  ["float32", "float32", false],
  ["float32", "bfloat16", false],
])
  checkAdamW(param, grad, master);
freed(checkOverflow);
console.log(JSON.stringify({ failures }));
process.exit(failures === 0 ? 0 : 1);
