// Kernels on the GPU against their CPU implementation in float32 on the same numbers: one JSON line a case.
import { backward, manualSeed, numGpus, ops, scoped } from "notebooster";

export const kernels = ops.notebooster;
export const isSmall = process.argv.includes("small");
/** float32: sums of thousands of numbers that nearly cancel are among the results. */
export const TOLERANCE = { float32: 1e-5, float16: 1e-3, bfloat16: 8e-3 };
let failures = 0;

if (numGpus() === 0) {
  console.error("kernels-check needs a GPU; this process sees none");
  process.exit(2);
}
manualSeed(1);

/** Random float32 numbers on the CPU that the dtype holds exactly. */
export const random = (shape, dtype) => ops.aten.randn(shape).to(dtype).to("float32");

/** ||a - b|| / ||b||, NaN when one of them has one */
function distance(a, b) {
  const wide = (x) => x.detach().to({ device: "cpu" }).to("float64");
  const reference = wide(b);
  const norm = reference.pow(2).sum().sqrt().item();
  const error = wide(a).sub(reference).pow(2).sum().sqrt().item();
  return norm === 0 ? error : error / norm;
}

export function compare(name, { dtype, gpu, cpu, tolerance = TOLERANCE[dtype] }) {
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

/** Runs `operation` on GPU tensors of the dtype and on CPU tensors in float32, with gradients of those that ask; `type`: dtype or { dtype, tolerance }. */
export function both(name, type, inputs, operation) {
  const { dtype, tolerance } = typeof type === "string" ? { dtype: type } : type;
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
    compare(name, { dtype, gpu: side("cuda", dtype), cpu, tolerance });
  });
}

/** Frees what `work` made. */
export const freed = (work) => scoped(() => void work());

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

export const hidden = isSmall ? 264 : 4096;
/** Tokens of the full-size cases, which the dtype of training runs. */
export const tokenCounts = (dtype) =>
  isSmall ? [37] : dtype === "bfloat16" ? [4096, 8192] : [512];

/** Prints the number of failures; the process exits with 1 if there are any. */
export function finish() {
  console.log(JSON.stringify({ failures }));
  process.exit(failures === 0 ? 0 : 1);
}
