// Weights of four bits on a GPU: the same codes and the same numbers as on the CPU, bit by bit; products with them and their gradients as
// with the widened weight. Prints one JSON line a case; exits with 1 when one differs.
//   notebooster exec test/gpu/qlora-check.mjs
import { dequantizeNf4, Nf4Linear, ops, quantizeNf4, randn } from "notebooster";
import { check, expect, finish } from "./check.mjs";

/** @type {("float32" | "bfloat16" | "float16")[]} */
const DTYPES = ["float32", "bfloat16", "float16"];
const SHAPES = [
  [64, 64],
  [33, 50],
  [9, 15],
  [1, 1],
  [300, 4096],
  [4096, 11008],
];

const expectSame = (name, a, b) =>
  check(name, () => expect(a.to("cpu").equal(b.to("cpu")), "the numbers differ"));

for (const dtype of DTYPES)
  for (const shape of SHAPES)
    for (const doubleQuant of [false, true]) {
      const weight = randn(shape).mul(0.05).to(dtype);
      const name = `${dtype} ${shape}${doubleQuant ? ", double" : ""}`;
      const [there, here] = [weight.to("cuda"), weight].map((w) => quantizeNf4(w, { doubleQuant }));
      expectSame(`codes ${name}`, there.packed, here.packed);
      const moved = onGpu(here);
      expectSame(`numbers ${name}`, dequantizeNf4(moved, dtype), dequantizeNf4(here, dtype));
    }

for (const dtype of DTYPES) {
  const weight = randn([96, 128]).mul(0.05).to("cuda", dtype);
  const layer = new Nf4Linear(weight);
  const inputs = [randn([5, 7, 128]), randn([4, 128]), randn([96, 4])];
  const leaves = () =>
    inputs.map((t) => Object.assign(t.to("cuda", dtype).clone(), { requiresGrad: true }));
  const [x, a, b] = leaves();
  const [x2, a2, b2] = leaves();
  const y = layer.product(x, { a, b, scaling: 0.5 });
  const wide = ops.notebooster.lora_linear(x2, layer.weight, null, a2, b2, { scaling: 0.5 });
  expectSame(`product ${dtype}`, y, wide);
  const gradient = randn(y.shape).to("cuda", dtype);
  y.backward(gradient);
  wide.backward(gradient);
  expectSame(`gradient of x ${dtype}`, x.grad, x2.grad);
  expectSame(`gradient of A ${dtype}`, a.grad, a2.grad);
  expectSame(`gradient of B ${dtype}`, b.grad, b2.grad);
}
finish();

/** @param {import("notebooster").Nf4Weight} weight */
function onGpu({ packed, absmax, double, shape }) {
  const there = (tensor) => tensor.to("cuda");
  const parts = double && Object.entries(double).map(([name, part]) => [name, there(part)]);
  return {
    ...{ packed: there(packed), absmax: there(absmax), shape },
    ...(parts && { double: Object.fromEntries(parts) }),
  };
}
