// The loss, optimizer and norm kernels on the GPU, for kernels-check.mjs.
import { cat, noGrad, ops, tensor, zeros } from "notebooster";
import {
  both,
  compare,
  freed,
  isSmall,
  kernels,
  random,
  TOLERANCE,
  tokenCounts,
} from "./compare-devices.mjs";

export function checkCrossEntropy(dtype) {
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

export function checkLinearCrossEntropy(dtype) {
  const shapes = isSmall
    ? [[9, 32, 77, 4]]
    : [
        [77, 96, 130, 0],
        [77, 96, 50257, 20],
        [512, 768, 50257, 0],
      ];
  for (const [n, c, v, chunk] of shapes) {
    const targets = ops.aten.randint(v, [n]);
    ops.aten.fill_(targets.slice(0, 0, 1), -100);
    const hidden = { values: random([n, c], dtype), grad: true };
    const weight = { values: random([v, c], dtype), grad: true };
    const options = { chunk };
    const type = { dtype, tolerance: dtype === "float32" ? 2e-5 : 4 * TOLERANCE[dtype] };
    both(
      `linear_cross_entropy ${[n, c, v, chunk]}`,
      type,
      [hidden, weight, { values: targets }],
      (h, w, t) => kernels.linear_cross_entropy(h.mul(0.1), w, t, options),
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

/** The step's number and the learning rate as numbers on the device must give what those of JavaScript give. */
export function checkNumbersOnDevice() {
  const make = () => zeros([3000], { device: "cuda" }).add(0.5);
  const options = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1 };
  const step = (rest) => {
    const [param, m, v] = [make(), make(), make()];
    kernels.adamw_([param], [], [make()], [m], [v], { lr: 1e-2, ...options, ...rest });
    return param;
  };
  noGrad(() => {
    const device = "cuda";
    const steps = tensor([7]).float().to({ device });
    const lr_tensor = tensor([1e-2]).to({ device });
    compare("adamw_ with steps and lr_tensor", {
      dtype: "float32",
      gpu: [step({ lr: 5, step: 1, steps: [steps], lr_tensor })],
      cpu: [step({ step: 7 })],
    });
  });
}

export function checkAdamW(dtype, gradType, withMaster) {
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

/** Three steps; returns the weights that are exact, the parameters, codes and scales of both moments, each of all tensors. */
function adamw8bitSteps({ params, grads, codes, scales }, how, { device, paramType, gradType }) {
  const copies = (list, type) => list.map((x) => x.clone().to({ device }).to(type));
  const param = copies(params, paramType);
  const masters = how === "with masters" ? copies(params, "float32") : [];
  const [m, v] = codes.map((x) => copies(x, "uint8"));
  const [mScale, vScale] = scales.map((x) => copies(x, "float32"));
  const grad = copies(grads, gradType);
  const grad_scale = tensor([0.5]).to({ device });
  const options = { lr: 1e-2, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1, grad_scale };
  for (const step of [1, 2, 3]) {
    const counted = param.map(() => tensor([step]).float().to({ device }));
    const places = { seeds: param.map((_, i) => i), begins: param.map((_, i) => 256 * i) };
    const draws = how === "rounded at random" && { draw_steps: counted, ...places };
    const rest = { ...options, steps: counted, ...draws };
    kernels.adamw_8bit_(param, masters, grad, m, v, mScale, vScale, rest);
  }
  const exact = masters.length > 0 ? masters : param;
  const wide = (list) => cat(list.map((x) => x.to("float32")));
  return [exact, param, m, v, mScale, vScale].map(wide);
}

/**
 * One bit more or less in a moment may make another code of it, by one: few of all. Sizes that are no multiple of 256 and more tensors
 * than a launch takes.
 */
export function checkAdamW8bit(dtype, gradType, how) {
  const sizes = isSmall
    ? [1, 255, 256, 2048, 5001]
    : [1, 255, 256, 4096 * 11008, 2049, ...Array(60).fill(1000)];
  freed(() =>
    noGrad(() => {
      const make = (type) => sizes.map((size) => random([size], type));
      const codes = () => sizes.map((size) => ops.aten.randint(256, [size]).to("uint8"));
      const scale = (size) => ops.aten.rand([Math.ceil(size / 256)]);
      const start = {
        ...{ params: make(dtype), grads: make(gradType), codes: [codes(), codes()] },
        scales: [sizes.map(scale), sizes.map(scale)],
      };
      for (const each of start.scales) each[2].zero_(); // a block without moments
      const on = (device) => ({ device, paramType: dtype, gradType });
      compare(`adamw_8bit_ grads ${gradType} ${how}`, {
        dtype,
        gpu: adamw8bitSteps(start, how, on("cuda")),
        cpu: adamw8bitSteps(start, how, on("cpu")),
        tolerance: how === "with masters" || dtype === "float32" ? 1e-4 : TOLERANCE[dtype],
      });
    }),
  );
}

/** Tensors that begin in the middle of 16 bytes, which go element by element, become what others become, to the bit. */
export function checkAdamW8bitUnaligned() {
  const numel = 3001;
  const [param, grad] = [1, 2].map(() => random([numel], "bfloat16").to({ device: "cuda" }));
  const codes = ops.aten.randint(256, [numel]).to("uint8").to({ device: "cuda" });
  const scales = ops.aten.rand([Math.ceil(numel / 256)]).to({ device: "cuda" });
  const shifted = (x) =>
    ops.aten.zeros([x.numel + 1], { dtype: x.dtype, device: "cuda" }).narrow(0, 1, x.numel);
  const options = { lr: 1e-2, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1 };
  const step = (place) => {
    const lists = [param, grad, codes, codes, scales, scales].map((x) => [place(x).copy_(x)]);
    const [own, given, m, v, mScale, vScale] = lists;
    kernels.adamw_8bit_(own, [], given, m, v, mScale, vScale, options);
    return [own, m, v, mScale, vScale].map(([x]) => x);
  };
  noGrad(() =>
    compare("adamw_8bit_ of unaligned tensors", {
      ...{ dtype: "float32", tolerance: 0 },
      gpu: step(shifted),
      cpu: step((x) => x.clone()),
    }),
  );
}

export function checkOverflow() {
  for (const bad of [Infinity, Number.NaN]) {
    const grads = [zeros([3000], { device: "cuda" }), tensor([1, bad, 2]).to({ device: "cuda" })];
    const [, overflow] = kernels.l2_norm_and_overflow(grads);
    const param = tensor([1, 2, 3]).float().to({ device: "cuda" });
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
      cpu: [tensor([1]).float(), tensor([1, 2, 3]).float()],
    });
  }
}
