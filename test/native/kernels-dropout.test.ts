// Which elements bias_dropout_add drops, against Philox4x32-10 written in Python, and that its gradient drops the same.
import { backward, ops, type Tensor, tensor } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

const KEPT = `
key, offset, call, count, threshold = args
def philox(c):
    k = [key & 0xffffffff, key >> 32]
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & 0xffffffff, (a >> 32) ^ c[3] ^ k[1], a & 0xffffffff]
        k = [(k[0] + 0x9E3779B9) & 0xffffffff, (k[1] + 0xBB67AE85) & 0xffffffff]
    return c
kept = []
for group in range((count + 7) // 8):
    words = philox([group, call, offset & 0xffffffff, offset >> 32])
    kept += [int((words[j // 2] >> (j % 2 * 16)) & 0xffff >= threshold) for j in range(8)]
print(json.dumps(kept[:count]))
`;

const [rows, cols, p, call] = [37, 13, 0.3, 5];
const state = tensor(BigInt64Array.of(123_456_789_012n, 987_654_321_098n));
const threshold = Math.round(p * 65536);
const scale = 65536 / (65536 - threshold);
const values = (x: Tensor): number[] => Array.from(x.toTypedArray(), Number);

test("bias_dropout_add keeps the elements whose Philox bits say so, forward and backward", () => {
  const kept = python(
    KEPT,
    123_456_789_012,
    987_654_321_098,
    call,
    rows * cols,
    threshold,
  ) as number[];
  const x = ops.aten.randn([rows, cols]) as Tensor;
  const bias = ops.aten.randn([cols]) as Tensor;
  const residual = ops.aten.randn([rows, cols]) as Tensor;
  for (const leaf of [x, bias, residual]) leaf.requiresGrad = true;
  const out = ops.notebooster.bias_dropout_add(x, bias, residual, state, { p, call });
  const mask = tensor(
    kept.map((bit) => bit * scale),
    { shape: [rows, cols] },
  );
  const wanted = residual.add(x.add(bias).mul(mask));
  expect(Math.max(...values(out.sub(wanted).abs()))).toBeLessThan(1e-6);
  backward(out.sum());
  expect(Math.max(...values((x.grad as Tensor).sub(mask).abs()))).toBe(0);
  expect(Math.max(...values((bias.grad as Tensor).sub(mask.sum(0)).abs()))).toBeLessThan(1e-4);
  expect(new Set(values(residual.grad as Tensor))).toEqual(new Set([1]));
});

test("bias_dropout_add refuses a state, probability or call that does not fit", () => {
  const x = ops.aten.randn([2, 3]) as Tensor;
  const run = (given: Tensor, options: { p?: number; call?: number }) =>
    ops.notebooster.bias_dropout_add(x, null, x, given, options);
  expect(() => run(tensor([1, 2], { dtype: "float32" }), { p })).toThrow(
    /`state` must be two int64 numbers on cpu, got Float/,
  );
  expect(() => run(state, { p: 1.5 })).toThrow(/`p` must be in 0 .. 1, got 1.5/);
  expect(() => run(state, { p, call: -1 })).toThrow(/`call` must be in 0 .. 2\^32 - 1, got -1/);
});
