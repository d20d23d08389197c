// notebooster::linear on the GPU gives the bits of ATen's, also in the places of gradients.
//   ./notebooster exec test/gpu/gradients-check.mjs        exits non-zero on a failure
//
// Memory, for LLaMA-2-7B's shape x 12 layers (2.69 G parameters, G = 5.0 GiB of gradients): before, the pass ended with all
// gradients and the flat copies of all buckets, 2 G, plus a temporary per weight. Now a bucket's buffer is made when the pass
// comes to its block, whose activations are freed then, and nothing is made beside it: G at the end. At the beginning of the pass,
// where activations are most, there is none, as before, for zeroGrad gives the buffers up. `bench llama` tells the peak.
import { backward, manualSeed, ops, Parameter, randn, scoped, zeros } from "notebooster";
import { makeGradientPlace } from "../../dist/src/tensor/gradient-place.js";
import { check, expect, finish } from "./check.mjs";

manualSeed(3);
const device = "cuda";
const SHAPES = [
  { x: [2, 64, 256], out: 512 },
  { x: [2048, 1024], out: 4096 },
  { x: [3, 50, 24], out: 40 },
  { x: [256], out: 128 },
];
const bits = (x) => (x === null ? null : Buffer.from(x.toBytes()).toString("hex"));

for (const dtype of ["float32", "float16", "bfloat16"]) {
  for (const { x: shape, out } of SHAPES) {
    for (const transposed of [false, true]) {
      for (const hasBias of [false, true]) {
        const name = `${dtype} x [${shape}] -> ${out}${hasBias ? " + bias" : ""}${transposed ? ", transposed" : ""}`;
        check(name, () => scoped(() => compare({ dtype, shape, out, transposed, hasBias })));
      }
    }
  }
}

function compare({ dtype, shape, out, transposed, hasBias }) {
  const options = { dtype, device };
  const size = shape.at(-1);
  const numbers = [
    randn(shape, options),
    randn(transposed ? [size, out] : [out, size], options),
    ...(hasBias ? [randn([out], options)] : []),
  ];
  const seed = randn([...shape.slice(0, -1), out], options);
  const run = (by, isPlaced) => {
    const [x, weight, bias] = numbers.map((one) => new Parameter(one.clone()));
    const places = isPlaced
      ? [weight, bias].map((one) => one && makeGradientPlace(zeros([one.numel], options), 0, one))
      : [];
    const y = by(x, weight, bias);
    backward(y, seed);
    const found = [y, x.grad, weight.grad, ...(bias ? [bias.grad] : [])].map(bits);
    for (const [i, place] of places.entries())
      if (place) expect(bits(place) === found[2 + i], "the gradient is in its place");
    return found;
  };
  const ours = (x, weight, bias) => ops.notebooster.linear(x, weight, bias, { transposed });
  const wanted = run(transposed ? conv1D : (x, weight, bias) => ops.aten.linear(x, weight, bias));
  for (const isPlaced of [false, true]) {
    const found = run(ours, isPlaced);
    const differing = ["output", "x", "weight", "bias"].filter((_, i) => found[i] !== wanted[i]);
    expect(differing.length === 0, `${differing} differ${isPlaced ? " in their places" : ""}`);
  }
}

function conv1D(x, weight, bias) {
  const rows = x.reshape(x.numel / x.shape.at(-1), x.shape.at(-1));
  const y = bias ? ops.aten.addmm(bias, rows, weight) : rows.matmul(weight);
  return y.view(...x.shape.slice(0, -1), weight.shape[1]);
}
finish();
