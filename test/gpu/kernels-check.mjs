// Every kernel of native/kernels on the GPU against its CPU implementation in float32 on the same numbers, at odd sizes
// and at the shapes of LLaMA-7B and GPT-2. Prints one JSON line a case; exits with 1 when one differs.
//   notebooster exec test/gpu/kernels-check.mjs [small]
import { cat, ops, scoped } from "notebooster";
import {
  checkAdamW,
  checkAdamW8bit,
  checkAdamW8bitUnaligned,
  checkCrossEntropy,
  checkLinearCrossEntropy,
  checkNumbersOnDevice,
  checkOverflow,
} from "./check-loss-optim.mjs";
import {
  both,
  finish,
  freed,
  hidden,
  isSmall,
  kernels,
  random,
  tokenCounts,
} from "./compare-devices.mjs";

const trained = (shape, dtype) => ({ values: random(shape, dtype), grad: true });

function checkNorms(dtype) {
  const odd = "3x7 5x129 0x8 37x264 9x4096 1200x72".split(" ");
  const long = "300x1024 700x1536 6x8192 40x16384 3x40000".split(" ");
  const full = tokenCounts(dtype).map((n) => `${n}x${hidden}`);
  for (const text of isSmall ? odd : [...odd, ...long, "4096x768", ...full]) {
    const shape = text.split("x").map(Number);
    const x = trained(shape, dtype);
    const residual = trained(shape, dtype);
    const weight = trained([shape[1]], dtype);
    const bias = trained([shape[1]], dtype);
    both(`rms_norm ${shape}`, dtype, [x, weight], (a, w) => kernels.rms_norm(a, w, 1e-5));
    both(`add_rms_norm ${shape}`, dtype, [x, residual, weight], (a, r, w) =>
      kernels.add_rms_norm(a, r, w, 1e-5),
    );
    both(`layer_norm ${shape}`, dtype, [x, weight, bias], (a, w, b) =>
      kernels.layer_norm(a, w, b, 1e-5),
    );
    if (dtype === "float32")
      both(`layer_norm far from zero ${shape}`, dtype, [x, weight, bias], (a, w, b) =>
        kernels.layer_norm(a.add(30), w, b, 1e-5),
      );
    both(`layer_norm without bias ${shape}`, dtype, [x, weight], (a, w) =>
      kernels.layer_norm(a, w, null, 1e-5),
    );
    both(`add_layer_norm ${shape}`, dtype, [x, residual, weight, bias], (a, r, w, b) =>
      kernels.add_layer_norm(a, r, w, b, 1e-5),
    );
  }
}

function checkGated(dtype) {
  const full = tokenCounts(dtype).map((n) => [n, 11008]);
  const small = [
    [3, 7],
    [37, 264],
  ];
  const kinds = {
    swiglu: kernels.swiglu,
    "geglu by erf": (g, u) => kernels.geglu(g, u),
    "geglu by tanh": (g, u) => kernels.geglu(g, u, { approximate: "tanh" }),
  };
  for (const [name, operator] of Object.entries(kinds)) {
    for (const shape of isSmall ? small : [[1], [3, 7], [0, 4], [70000, 3], ...full])
      both(`${name} ${shape}`, dtype, [trained(shape, dtype), trained(shape, dtype)], operator);
    both(`${name} of halves`, dtype, [trained([5, 9, 48], dtype)], (x) =>
      operator(x.slice(-1, 0, 24), x.slice(-1, 24, 48)),
    );
  }
}

function checkColumns(dtype) {
  const state = ops.aten.randint(2 ** 40, [2]);
  const odd = [
    [3, 7],
    [37, 264],
    [0, 8],
    [50, 12],
    [131, 520],
  ];
  for (const shape of isSmall ? odd : [...odd, [4096, 768], [4096, 3072], [700, 13]]) {
    const x = trained(shape, dtype);
    const residual = trained(shape, dtype);
    const bias = trained([shape[1]], dtype);
    for (const approximate of ["none", "tanh"])
      both(`bias_gelu ${approximate} ${shape}`, dtype, [x, bias], (a, b) =>
        kernels.bias_gelu(a, b, { approximate }),
      );
    both(`bias_dropout_add ${shape}`, dtype, [x, bias, residual, { values: state }], (a, b, r, s) =>
      kernels.bias_dropout_add(a, b, r, s, { p: 0.3, call: 3 }),
    );
    both(
      `bias_dropout_add without bias ${shape}`,
      dtype,
      [x, residual, { values: state }],
      (a, r, s) => kernels.bias_dropout_add(a, null, r, s, { p: 0.3, call: 4 }),
    );
    both(`bias_dropout_add without dropout ${shape}`, dtype, [x, bias, residual], (a, b, r) =>
      kernels.bias_dropout_add(a, b, r, null),
    );
  }
}

function checkSoftmax(dtype) {
  const odd = [
    [2, 3, 5, 7],
    [1, 2, 33, 264],
    [1, 1, 6, 3],
  ];
  const long = [
    [1, 4, 200, 1024],
    [1, 2, 64, 2056],
    [1, 2, 9, 6000],
    [1, 1, 5, 40000],
  ];
  for (const shape of isSmall ? odd : [...odd, ...long]) {
    const scores = trained(shape, dtype);
    const [b, h, q, k] = shape;
    const type = dtype === "float16" ? { dtype, tolerance: 5e-3 } : dtype; // 1 / 40,000 is subnormal
    const allowed = ops.aten.gt(ops.aten.rand([b, 1, q, k]), 0.3);
    const added = { values: random([1, h, 1, k], dtype) };
    const alibi_slopes = ops.aten.rand([h]);
    const on = (x, y) => y.to({ device: x.device });
    both(`softmax ${shape}`, type, [scores], (x) => kernels.softmax(x));
    both(`causal softmax ${shape}`, type, [scores], (x) =>
      kernels.softmax(x, null, { scale: 0.3, is_causal: true }),
    );
    both(`softmax with boolean mask ${shape}`, type, [scores], (x) =>
      kernels.softmax(x, on(x, allowed), { scale: 0.3 }),
    );
    both(`softmax with added mask and ALiBi ${shape}`, type, [scores, added], (x, m) =>
      kernels.softmax(x, m, { scale: 0.3, alibi_slopes: on(x, alibi_slopes) }),
    );
  }
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

/** Rows of text that is generated, with and without a bias, of widths that fill no whole round. */
function checkFewRows(dtype) {
  const full = [
    [4096, 4096],
    [32000, 4096],
    [4096, 11008],
  ];
  const odd = [
    [1, 8],
    [7, 264],
    [515, 2056],
  ];
  for (const [out, inner] of isSmall ? odd : [...odd, ...full])
    for (const rows of [1, 2, 3, 4, 5]) {
      const inputs = [[rows, inner], [out, inner], [out]].map((shape) => ({
        values: random(shape, dtype),
      }));
      const name = `linear of ${rows} rows, ${out} x ${inner}`;
      both(name, dtype, inputs.slice(0, 2), (x, w) => kernels.linear(x, w));
      both(`${name}, bias`, dtype, inputs, (x, w, b) => kernels.linear(x, w, b));
      const others = [
        [out + 3, inner],
        [out, inner],
        [rows, out],
      ].map((shape) => ({
        values: random(shape, dtype),
      }));
      both(`${name}, three at once`, dtype, [...inputs, ...others], (...tensors) => {
        const [given, first, bias, larger, second, residual] = tensors;
        const x = given.mul(1 / 16); // a gate times its factor is to fit into 16 bits
        return [
          ...kernels.decode_linear(x, [first, larger, second], []),
          ...kernels.decode_linear(x, [first, second], [bias, bias], { gated: true }),
          ...kernels.decode_linear(x, [first], [], { residual }),
        ];
      });
    }
}

/** One new token beside caches of several lengths: few and many streams, odd heads, and all that may be asked of scores. */
function checkDecodeAttention(dtype) {
  const odd = [
    { batch: 2, heads: 3, kvHeads: 1, dim: 6, room: 9 },
    { batch: 3, heads: 4, kvHeads: 2, dim: 80, room: 70, padding: 5 },
    { batch: 1, heads: 2, kvHeads: 2, dim: 256, room: 300, turned: 64, interleaved: true },
    { batch: 2, heads: 8, kvHeads: 2, dim: 96, room: 333, window: 40, soft_cap: 5 },
    { batch: 1, heads: 4, kvHeads: 4, dim: 64, room: 17, turned: 0 },
  ];
  const full = [
    { batch: 1, heads: 32, kvHeads: 32, dim: 128, room: 320 },
    { batch: 4, heads: 32, kvHeads: 8, dim: 128, room: 4096 },
    { batch: 1, heads: 28, kvHeads: 4, dim: 128, room: 16384, window: 4096 },
  ];
  for (const given of isSmall ? odd : [...odd, ...full]) {
    const { batch, heads, kvHeads, dim, room, turned = dim, padding = 0, ...options } = given;
    for (const place of [0, Math.floor(room / 2), room - 1]) {
      const angles = ops.aten.randn([batch, Math.max(1, turned / 2)]);
      const wide = cat([angles, angles], -1);
      const values = (shape) => ({ values: random(shape, dtype) });
      const mask = ops.aten.ones([batch, room], { dtype: "int64" });
      mask.select(0, 0).slice(0, 0, padding).zero_();
      const head = [batch, kvHeads, 1, dim];
      const layout = (x) => x.transpose(1, 2);
      both(
        `decode_attention ${JSON.stringify(given)}, place ${place}`,
        dtype,
        [
          ...[{ ...values([batch, 1, heads, dim]), layout }, values(head), values(head)],
          ...[values([batch, kvHeads, room, dim]), values([batch, kvHeads, room, dim])],
          ...[wide.cos(), wide.sin()].map((x) => ({ values: x.to(dtype).to("float32") })),
          ...[ops.aten.full([1], place, { dtype: "int64" }), mask].map((x) => ({ values: x })),
        ],
        (...tensors) => {
          const [q, k, v, keys, stored, cos, sin, at, seen] = tensors;
          const out = kernels.decode_attention(q, k, v, keys, stored, at, {
            ...(turned > 0 && { cos, sin }),
            ...(padding > 0 && { mask: seen }),
            ...options,
          });
          return [out, keys, stored];
        },
      );
    }
  }
}

const CHECKS = [
  checkNorms,
  checkGated,
  checkColumns,
  checkSoftmax,
  checkRope,
  checkCrossEntropy,
  checkLinearCrossEntropy,
];
for (const dtype of isSmall ? ["bfloat16", "float32"] : ["bfloat16", "float16", "float32"])
  for (const check of CHECKS) scoped(() => void check(dtype));
for (const [param, grad, master] of [
  ["bfloat16", "bfloat16", true],
  ["bfloat16", "float32", true],
  ["bfloat16", "bfloat16", false],
  ["float16", "float16", true],
  ["float32", "float32", false],
  ["float32", "bfloat16", false],
])
  checkAdamW(param, grad, master);
for (const [param, grad, how] of [
  ["bfloat16", "bfloat16", "with masters"],
  ["float16", "float32", "with masters"],
  ["bfloat16", "bfloat16", "alone"],
  ["bfloat16", "bfloat16", "rounded at random"],
  ["float32", "float32", "alone"],
])
  checkAdamW8bit(param, grad, how);
for (const dtype of ["bfloat16", "float16"]) scoped(() => void checkFewRows(dtype));
for (const dtype of ["bfloat16", "float16", "float32"])
  scoped(() => void checkDecodeAttention(dtype));
freed(checkOverflow);
freed(checkNumbersOnDevice);
freed(checkAdamW8bitUnaligned);
finish();
