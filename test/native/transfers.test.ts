// Copies beside computation and the host buffers they go through, where no GPU is: plain copies. On GPUs: test/gpu/transfers-check.mjs.

import { expect, test } from "vitest";
import { downloadBytes } from "../../dist/src/device/download-bytes.js";
import { copyAsync, HostBuffers } from "../../dist/src/device.js";
import { memory, numLiveTensors, Parameter, randn, tensor, zeros } from "../../dist/src/index.js";

const MIB = 2 ** 20;

test("copyAsync between tensors of the host is done when it returns", () => {
  const [source, into] = [tensor([1.5, -2, 3]), zeros([3])];
  const transfer = copyAsync(source, into);
  source.zero_();
  expect(transfer.isDone()).toBe(true);
  expect(transfer.wait()).toBe(into);
  transfer.synchronize();
  expect(into.toArray()).toEqual([1.5, -2, 3]);
});

test("HostBuffers are allocated once, whatever is taken from them", () => {
  const before = memory().host.tensorBytes;
  using buffers = new HostBuffers({ bytes: MIB, count: 3 });
  expect(memory().host.tensorBytes - before).toBe(3 * MIB);
  for (let round = 0; round < 10; round++) {
    const source = randn([100, 7]).to("bfloat16");
    const staged = buffers.take([100, 7], "bfloat16");
    const transfer = copyAsync(source, staged);
    expect(transfer.wait().toBytes()).toEqual(source.toBytes());
    buffers.giveBack(staged, transfer);
    expect(staged.isDisposed).toBe(true);
  }
  const large = [1, 2, 3].map(() => buffers.take([MIB / 4]));
  for (const [i, each] of large.entries()) each.fill_(i);
  expect(large.map((each) => each.max().item())).toEqual([0, 1, 2]);
  buffers.giveBack(large[1] ?? zeros([1]));
  buffers.take([], "int64").fill_(-1);
  expect([0, 2].map((i) => large[i]?.min().item())).toEqual([0, 2]);
  expect(memory().host.tensorBytes - before).toBeLessThan(3 * MIB + 64 * 1024);
});

test("HostBuffers refuse what is too large, one more than there are, and what is not theirs", () => {
  using buffers = new HostBuffers({ bytes: 1024 });
  expect(() => buffers.take([257])).toThrow(
    "take: float32 [257] has 1.00 KiB, a buffer 1.00 KiB; make HostBuffers with more bytes",
  );
  const first = buffers.take([4]);
  buffers.take([256]);
  expect(() => buffers.take([1])).toThrow(
    "take: all 2 buffers are taken; give one back with giveBack(tensor), or make HostBuffers with a larger count",
  );
  expect(() => buffers.giveBack(zeros([4]))).toThrow(/^giveBack: this tensor was not taken/);
  buffers.giveBack(first);
  expect(() => buffers.giveBack(first)).toThrow(/or given back$/);
});

test.each([
  ["smaller than a buffer", randn([3, 5]).to("bfloat16")],
  ["of several buffers and a rest", randn([9 * MIB + 3])],
  ["of no elements", zeros([0, 4])],
  ["of one boolean", tensor([true])],
  ["that is no contiguous memory", randn([5, 7]).transpose(0, 1)],
  ["that is trained", new Parameter(randn([4]))],
])(
  "downloadBytes() of a tensor %s gives what toBytes() gives, and leaves nothing behind",
  (_, given) => {
    const [tensors, bytes] = [numLiveTensors(), memory().host.tensorBytes];
    expect(Buffer.compare(downloadBytes(given), given.toBytes())).toBe(0);
    expect(numLiveTensors()).toBeLessThanOrEqual(tensors); // what others left behind may go meanwhile
    expect(memory().host.tensorBytes).toBeLessThanOrEqual(bytes);
  },
);

test("HostBuffers leave nothing behind", () => {
  const before = [numLiveTensors(), memory().host.tensorBytes];
  const buffers = new HostBuffers({ bytes: MIB });
  const taken = buffers.take([3]);
  buffers.dispose();
  expect(taken.isDisposed).toBe(true);
  expect([numLiveTensors(), memory().host.tensorBytes]).toEqual(before);
});
