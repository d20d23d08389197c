// For a host with a GPU: streams, events, pinned copies, random state, memory, running out of memory.
//   ./notebooster exec test/gpu/device-check.mjs [expandable]        exits non-zero on a failure
import {
  arange,
  DeviceError,
  memory,
  numGpus,
  OutOfMemoryError,
  ops,
  rand,
  randn,
  rngState,
  scope,
  scoped,
  setRngState,
  withDevice,
  zeros,
} from "notebooster";
import {
  configureAllocator,
  downloadAsync,
  emptyCache,
  emptyPinned,
  GpuEvent,
  GpuStream,
  isPinned,
  memorySnapshot,
  nvtxMark,
  pinMemory,
  resetPeakMemory,
  setMemoryFraction,
  uploadAsync,
  withNvtxRange,
  withStream,
} from "notebooster/device";
import { memoryMapSvg } from "../../dist/src/report/memory-map.js";
import { check, expect, expectError, finish } from "./check.mjs";

const MIB = 2 ** 20;
const device = "cuda:0";
const on = { device };

if (process.argv[2] === "expandable") {
  configureAllocator({ expandableSegments: true });
  expectError(DeviceError, /no option expandible/, () =>
    configureAllocator(/** @type {object} */ ({ expandible: true })),
  );
}
check("streams run in order after waitStream, events tell when", () => {
  const side = new GpuStream({ priority: "high" });
  const x = randn([4096, 4096], on);
  const begin = new GpuEvent({ timing: true }).record();
  let y = x;
  for (let i = 0; i < 20; i++) y = y.matmul(x).mul(0.01);
  const end = new GpuEvent({ timing: true }).record();
  const wasBusy = !end.isDone();
  side.waitStream(GpuStream.current());
  const total = withStream(side, () => y.sum());
  expect(
    GpuStream.default().isIdle() === end.isDone() || !end.isDone(),
    "idle before its work is done",
  );
  GpuStream.current().waitStream(side);
  const difference = Math.abs(total.item() - y.sum().item());
  expect(end.isDone() && side.isIdle(), "not done after item()");
  const ms = begin.millisecondsUntil(end);
  expect(
    difference === 0 && ms > 0.5 && wasBusy,
    `difference ${difference}, ${ms} ms, busy ${wasBusy}`,
  );
  return { ms };
});
check("nvtx ranges run their body", () => {
  nvtxMark("point");
  expect(withNvtxRange("range", () => 3) === 3, "wrong result");
});
if (numGpus() > 1) {
  check('withDevice() lets "cuda" mean another GPU', () => {
    const other = withDevice("cuda:1", () => zeros([1], { device: "cuda" }).device);
    expect(other === "cuda:1" && zeros([1], { device: "cuda" }).device === "cuda:0", other);
  });
}
check("asynchronous copies arrive although source and target are freed early", () => {
  const bytes = 256 * MIB;
  const host = pinMemory(randn([bytes / 4]));
  expect(isPinned(host) && !isPinned(zeros([4])), "pinned?");
  const sum = host.sum().item();
  for (let round = 0; round < 4; round++) {
    const up = uploadAsync(round === 3 ? host : pinMemory(host.clone()), device);
    const gpu = up.wait();
    const back = downloadAsync(gpu);
    gpu.dispose();
    const other = randn([bytes / 4], on).mul(0); // would overwrite memory that was freed too early
    const copy = back.wait();
    expect(
      Math.abs(copy.sum().item() - sum) < 1e-3 * Math.abs(sum) + 1,
      "numbers changed on the way",
    );
    expect(ops.aten.equal(copy, host), "not equal");
    other.dispose();
    copy.dispose();
  }
  const target = emptyPinned([4]);
  expect(
    downloadAsync(arange(0, 4, 1, { ...on, dtype: "float32" }), { into: target })
      .wait()
      .toArray()[3] === 3,
    "into",
  );
  expectError(DeviceError, /pinned memory.*not pinned/, () => uploadAsync(zeros([4]), device));
});
check("a copy on its stream overlaps with computation", () => {
  const host = pinMemory(zeros([128 * MIB]));
  const x = randn([8192, 8192], { ...on, dtype: "bfloat16" });
  const matmuls = () =>
    scoped(() => {
      for (let i = 0; i < 20; i++) x.matmul(x);
    });
  const time = (body) => {
    const begin = new GpuEvent({ timing: true }).record();
    body();
    const end = new GpuEvent({ timing: true }).record();
    return begin.millisecondsUntil(end);
  };
  const copy = () => uploadAsync(host, device).wait().dispose();
  const both = () => {
    const up = uploadAsync(host, device);
    matmuls();
    up.wait().dispose();
  };
  for (const body of [matmuls, copy, both]) time(body);
  const [compute, transfer, together] = [matmuls, copy, both].map(time);
  expect(
    together < 0.9 * (compute + transfer),
    `${compute} + ${transfer} ms apart, ${together} ms together`,
  );
  return { compute, transfer, together };
});
check("rngState() of the GPU continues where it was taken", () => {
  const state = rngState(device);
  const first = rand([4], on).toArray();
  setRngState(state, device);
  expect(JSON.stringify(rand([4], on).toArray()) === JSON.stringify(first), "other numbers");
});
check("memory() counts what tensors hold, and its peak", () => {
  emptyCache();
  resetPeakMemory();
  const before = memory().gpus[0];
  const x = zeros([64 * MIB], on);
  const during = memory().gpus[0];
  x.dispose();
  const after = memory().gpus[0];
  emptyCache();
  const emptied = memory().gpus[0];
  expect(during.allocatedBytes - before.allocatedBytes === 256 * MIB, "allocated");
  expect(
    after.allocatedBytes === before.allocatedBytes &&
      after.peakAllocatedBytes >= during.allocatedBytes,
    "peak",
  );
  expect(emptied.reservedBytes <= after.reservedBytes - 256 * MIB, "emptyCache");
  return { free: after.freeBytes, total: after.totalBytes };
});
check(
  "dropped tensors are collected when memory runs out; held ones end in an OutOfMemoryError",
  () => {
    setMemoryFraction(0.02);
    let sum = 0;
    for (let i = 0; i < 60; i++) sum += zeros([64 * MIB], on).shape[0];
    expect(sum === 60 * 64 * MIB, "dropped tensors were not collected");
    const inner = scope();
    const held = [];
    const error = expectError(
      OutOfMemoryError,
      /^out of memory on cuda:0: asked for 256 MiB/,
      () => {
        for (let i = 0; i < 60; i++) held.push(zeros([64 * MIB], on));
      },
    );
    inner.close();
    setMemoryFraction(1);
    expect(
      error.shortage.requestedBytes === 256 * MIB && error.shortage.holders[0].bytes === 256 * MIB,
      "holders",
    );
    expect(error.remedies.length === 3 && held.length > 2, "remedies");
    expect(
      zeros([64 * MIB], on)
        .sum()
        .item() === 0,
      "not usable afterwards",
    );
    return { message: error.message };
  },
);
check("a snapshot lists segments and draws", () => {
  const kept = [zeros([MIB], on), zeros([3 * MIB], on)];
  const snapshot = memorySnapshot();
  const svg = memoryMapSvg(snapshot);
  expect(snapshot.segments.length > 0 && svg.includes("Segments of the allocator"), "no segments");
  for (const tensor of kept) tensor.dispose();
});

finish();
