// The kernels of native/kernels at LLaMA-7B's shapes in bfloat16 on one GPU, by CUDA events: time, bandwidth counted as
// the bytes that must move, its share of a large copy's in the same run, and the speed over ATen and torch.compile
// (ratios above 1: ours is faster). Then AdamW on the CPU. JSON lines.
//   notebooster bench kernels
import { noGrad, ops, scoped } from "notebooster";
import {
  BF16,
  gpuMicroseconds,
  kernels,
  measure,
  measureCopy,
  peers,
  random,
  reportBeside,
  SHAPE,
} from "./kernel-timing.mjs";
import { report } from "./statistics.mjs";

const { tokens, hidden, ffn, vocab, heads, params } = SHAPE;

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
  const forwardAdd = () => {
    const [a, r, w] = [x(), x(), random(hidden)];
    return () => kernels.add_rms_norm(a, r, w, 1e-5);
  };
  const addBackward = () => {
    const [a, g, s, w] = [x(), x(), x(), random(hidden)];
    return () => kernels.rms_norm_backward(g, s, a, w, 1e-5);
  };
  measure("rms_norm", { bytes: 2 * row, make: forward });
  measure("rms_norm backward", { bytes: 3 * row, make: backward });
  measure("add_rms_norm", { bytes: 4 * row, make: forwardAdd });
  measure("add_rms_norm backward", { bytes: 4 * row, make: addBackward });
}

function measureLayerNorms() {
  for (const { tokens: n, hidden: c } of [SHAPE, SHAPE.small]) {
    const row = BF16 * n * c;
    const x = () => random(n, c);
    const place = c === hidden ? "" : `, ${n} x ${c}`;
    const forward = () => {
      const [a, w, b] = [x(), random(c), random(c)];
      return () => kernels.layer_norm(a, w, b, 1e-5);
    };
    const forwardAdd = () => {
      const [a, r, w, b] = [x(), x(), random(c), random(c)];
      return () => kernels.add_layer_norm(a, r, w, b, 1e-5);
    };
    const backward = (withSum) => () => {
      const [a, g, s, w] = [x(), x(), withSum ? x() : null, random(c)];
      const [, stats] = kernels.layer_norm_forward(a, w, w, 1e-5);
      return () => kernels.layer_norm_backward(g, s, a, stats, w, true);
    };
    measure(`layer_norm${place}`, { bytes: 2 * row, make: forward });
    measure(`layer_norm${place} backward`, { bytes: 3 * row, make: backward(false) });
    measure(`add_layer_norm${place}`, { bytes: 4 * row, make: forwardAdd });
    measure(`add_layer_norm${place} backward`, { bytes: 4 * row, make: backward(true) });
  }
}

function measureColumns() {
  const wide = BF16 * tokens * ffn;
  for (const approximate of ["none", "tanh"]) {
    const forward = () => {
      const [x, bias] = [random(tokens, ffn), random(ffn)];
      return () => kernels.bias_gelu(x, bias, { approximate });
    };
    const backward = () => {
      const [grad, x, bias] = [random(tokens, ffn), random(tokens, ffn), random(ffn)];
      return () => kernels.bias_gelu_backward(grad, x, bias, { approximate });
    };
    measure(`bias_gelu ${approximate}`, { bytes: 2 * wide, make: forward });
    measure(`bias_gelu ${approximate} backward`, { bytes: 3 * wide, make: backward });
  }
  const row = BF16 * tokens * hidden;
  const state = ops.aten.randint(2 ** 40, [2], { device: "cuda" });
  const forward = () => {
    const [x, residual, bias] = [random(tokens, hidden), random(tokens, hidden), random(hidden)];
    return () => kernels.bias_dropout_add(x, bias, residual, state, { p: 0.1 });
  };
  const backward = () => {
    const grad = random(tokens, hidden);
    return () => kernels.bias_dropout_add_backward(grad, state, true, { p: 0.1 });
  };
  measure("bias_dropout_add", { bytes: 3 * row, make: forward });
  measure("bias_dropout_add backward", { bytes: 2 * row, make: backward });
}

function measureSoftmax() {
  const { batch, length } = SHAPE;
  const scores = () => random(batch, heads, length, length);
  const bytes = BF16 * batch * heads * length * length;
  const allowed = ops.aten.gt(ops.aten.rand([batch, 1, length, length], { device: "cuda" }), 0.1);
  const masked = () => {
    const x = scores();
    return () => kernels.softmax(x, allowed, { scale: 0.1 });
  };
  const causal = () => {
    const x = scores();
    return () => kernels.softmax(x, null, { scale: 0.1, is_causal: true });
  };
  const backward = () => {
    const [grad, x] = [scores(), kernels.softmax(scores())];
    return () => kernels.softmax_backward(grad, x, { scale: 0.1 });
  };
  measure("softmax", { bytes: 2 * bytes, make: masked });
  measure("softmax backward", { bytes: 3 * bytes, make: backward });
  measure("causal softmax", { bytes: 1.5 * bytes, make: causal });
}

function measureGated() {
  const row = BF16 * tokens * ffn;
  const x = () => random(tokens, ffn);
  const { swiglu, swiglu_backward, geglu, geglu_backward } = kernels;
  const tanh = { approximate: "tanh" };
  const kinds = {
    swiglu: { forward: swiglu, backward: swiglu_backward },
    "geglu none": { forward: geglu, backward: geglu_backward },
    "geglu tanh": {
      forward: (gate, up) => geglu(gate, up, tanh),
      backward: (grad, gate, up) => geglu_backward(grad, gate, up, tanh),
    },
  };
  for (const [name, { forward, backward }] of Object.entries(kinds)) {
    const make = () => {
      const [gate, up] = [x(), x()];
      return () => forward(gate, up);
    };
    const makeBackward = () => {
      const [grad, gate, up] = [x(), x(), x()];
      return () => backward(grad, gate, up);
    };
    measure(name, { bytes: 3 * row, make });
    measure(`${name} backward`, { bytes: 5 * row, make: makeBackward });
  }
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

/** The head of GPT-2: logits, loss and both gradients, against the matrix products alone at the best. */
function measureLinearCrossEntropy() {
  const { tokens: n, hidden: c, vocab: v } = SHAPE.small;
  scoped(() => {
    const [hiddenRows, weight] = [random(n, c), random(v, c)];
    for (const leaf of [hiddenRows, weight]) leaf.requiresGrad = true;
    const targets = ops.aten.randint(v, [n], { device: "cuda" });
    for (const chunk of [0, 1024]) {
      const us = gpuMicroseconds([
        () => kernels.linear_cross_entropy(hiddenRows, weight, targets, { chunk }),
      ]);
      const { eagerUs, compiledUs } = peers.linear_cross_entropy ?? {};
      report({
        name: `linear_cross_entropy, chunk ${chunk}`,
        us,
        tflops: (6 * n * c * v) / us / 1e6,
        ...(eagerUs && { atenUs: eagerUs, overAten: eagerUs / us }),
        ...(compiledUs && { compiledUs, overCompiled: compiledUs / us }),
      });
    }
  });
}

const step = { lr: 1e-3, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1, step: 10 };

function adamwState(count) {
  const make = (dtype) => [ops.aten.rand([count], { dtype, device: "cuda" })];
  const [param, grad] = [make("bfloat16"), make("bfloat16")];
  return { param, grad, master: make("float32"), m: make("float32"), v: make("float32") };
}

function measureAdamW() {
  scoped(() => {
    const { param, grad, master, m, v } = adamwState(params);
    const grad_scale = ops.aten.ones([1], { device: "cuda" });
    const call = () => kernels.adamw_(param, master, grad, m, v, { ...step, grad_scale });
    reportBeside("adamw", gpuMicroseconds([call], 3), 28 * params);
    const scales = () => [ops.aten.rand([Math.ceil(params / 256)], { device: "cuda" })];
    const [first, second] = [m, v].map(([x]) => [x.mul(255).to("uint8")]);
    const [ofFirst, ofSecond] = [scales(), scales()];
    const rest = { ...step, grad_scale };
    const eight = () =>
      kernels.adamw_8bit_(param, master, grad, first, second, ofFirst, ofSecond, rest);
    // codes and scales of both moments instead of sixteen bytes
    reportBeside("adamw_8bit", gpuMicroseconds([eight], 3), (16 + 16 / 256) * params);
    const norm = () => kernels.l2_norm_and_overflow(grad);
    reportBeside("l2_norm", gpuMicroseconds([norm]), BF16 * params);
  });
}

noGrad(measureCopy);
noGrad(measureNorms);
noGrad(measureLayerNorms);
noGrad(measureGated);
noGrad(measureColumns);
noGrad(measureSoftmax);
noGrad(measureRope);
measureCrossEntropy();
measureLinearCrossEntropy();
noGrad(measureAdamW);
await import("./cpu-adamw.bench.mjs");
