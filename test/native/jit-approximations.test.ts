// jit(): the bounds that src/jit/prelude.ts states for its approximations, against float64; ex2 and rcp are exact here.
import { jit, type Tensor, tensor } from "notebooster";
import { expect, test } from "vitest";
import { type ElementType, runOnHost } from "./jit-kernels.js";

test.each<{ name: string; body: (x: Tensor) => Tensor; from: number; units: number }>([
  { name: "tanh", body: (x) => x.tanh(), from: -20, units: 4 },
  { name: "sigmoid", body: (x) => x.sigmoid(), from: 0, units: 3 },
  { name: "sigmoid", body: (x) => x.sigmoid(), from: -20, units: 9 },
  { name: "silu", body: (x) => x.silu(), from: 0, units: 4 },
])(
  "the approximation of $name errs by less than $units * 2^-23 above $from",
  ({ body, from, units }) => {
    const shape = [2 ** 14];
    const points = Float32Array.from(
      { length: 2 ** 14 },
      (_, i) => from + ((20 - from) * (i + 1)) / 2 ** 14,
    );
    const { text, outputTypes } = jit(body).kernels(tensor(points)).forward;
    const input = { values: points, shape, type: "float32" } as const;
    const types = outputTypes as ElementType[];
    const run = {
      source: text,
      inputs: [input],
      outputTypes: types,
      outputShape: shape,
      scalars: [],
      pack: 4,
    };
    const [actual] = runOnHost([run])[0] as [Float32Array];
    const expected = body(tensor(points).to("float64")).toTypedArray() as Float64Array;
    const errors = expected.map((y, i) =>
      y === 0 ? 0 : Math.abs((actual[i] as number) / y - 1) * 2 ** 23,
    );
    expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThan(units);
  },
);
