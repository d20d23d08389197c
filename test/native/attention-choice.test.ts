// Which backend attention() takes on the CPU, why it refuses another, and what it refuses altogether.
import {
  attention,
  explainAttention,
  lastAttentionBackend,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";

const qkv = (...shape: number[]): [Tensor, Tensor, Tensor] => {
  const x = zeros(shape);
  return [x, x.clone(), x.clone()];
};

test("explainAttention() names the backend and why the others cannot serve", () => {
  const { backend, refused } = explainAttention(...qkv(1, 2, 4, 8), { causal: true });
  expect(backend).toBe("flash");
  expect(refused.cudnn).toMatch(/CUDA/);
  expect(refused.efficient).toMatch(/CUDA/);
  expect(refused.flash).toBeUndefined();
  expect(refused.math).toBeUndefined();
  const dropping = explainAttention(...qkv(1, 2, 4, 8), { dropout: 0.5 });
  expect(dropping.backend).toBe("math");
  expect(dropping.refused.flash).toMatch(/dropout/i);
});

test("a backend that cannot serve is refused with the reason, and the next call is served as before", () => {
  const inputs = qkv(1, 2, 4, 8);
  expect(() => attention(...inputs, { backend: "cudnn" })).toThrow(
    /backend "cudnn" cannot serve this call: .*CUDA.*Leave `backend` out/,
  );
  expect(() => attention(...inputs, { backend: "flash", dropout: 0.5 })).toThrow(
    /"flash".*dropout/i,
  );
  attention(...inputs, { dropout: 0.5 });
  expect(lastAttentionBackend()).toBe("math");
  attention(...inputs);
  expect(lastAttentionBackend()).toBe("flash");
});

test.each([
  {
    given: "an odd number of heads",
    shapes: [
      [1, 3, 4, 8],
      [1, 2, 4, 8],
    ],
    options: {},
    says: /multiple of the heads of k and v, got 3, 2/,
  },
  {
    given: "other head dims",
    shapes: [
      [1, 2, 4, 8],
      [1, 2, 4, 6],
    ],
    options: {},
    says: /same head dim, got 8 and 6/,
  },
  {
    given: "fewer keys than causal queries",
    shapes: [
      [1, 2, 4, 8],
      [1, 2, 3, 8],
    ],
    options: { causal: true },
    says: /got 4 queries and 3 keys/,
  },
  {
    given: "three dimensions",
    shapes: [
      [2, 4, 8],
      [2, 4, 8],
    ],
    options: {},
    says: /must be of shape \(batch, heads, tokens, head dim\)/,
  },
  {
    given: "a dropout of 1",
    shapes: [
      [1, 2, 4, 8],
      [1, 2, 4, 8],
    ],
    options: { dropout: 1 },
    says: /below 1, got 1/,
  },
])("attention() refuses $given", ({ shapes, options, says }) => {
  const [q, k] = shapes.map((shape) => zeros(shape)) as [Tensor, Tensor];
  expect(() => attention(q, k, k, options)).toThrow(says);
});

test("attention() refuses a mask that does not broadcast and starts that are not int32", () => {
  const mask = tensor(new Float32Array(12), { shape: [3, 4] });
  expect(() => attention(...qkv(1, 2, 4, 8), { mask })).toThrow(
    /broadcast to .*\[1, 2, 4, 4\], got float32\[3, 4\]/,
  );
  const cuSeqlens = tensor(new Float32Array(2));
  expect(() => attention(...qkv(4, 2, 8), { cuSeqlens, maxSeqlen: 4 })).toThrow(
    /cuSeqlens must be int32/,
  );
});
