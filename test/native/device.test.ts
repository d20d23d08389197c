// What needs a GPU says so in a build for CPUs; the random state of a device. On GPUs: test/gpu/device-check.mjs.
import {
  DeviceError,
  manualSeed,
  numGpus,
  rand,
  rngState,
  setRngState,
  withDevice,
  zeros,
} from "notebooster";
import {
  CudaGraph,
  currentDevice,
  emptyPinned,
  GpuEvent,
  GpuStream,
  graphed,
  isPinned,
  pinMemory,
  setDevice,
  uploadAsync,
  withNvtxRange,
} from "notebooster/device";
import { expect, test } from "vitest";

test.skipIf(numGpus() > 0)(
  "each CUDA facility refuses with one sentence that says what is needed",
  () => {
    const facilities: [string, () => unknown][] = [
      ["a CUDA graph", () => CudaGraph.capture(() => undefined)],
      ["a CUDA graph", () => graphed(() => undefined)],
      ["a stream", () => new GpuStream()],
      ["an event", () => new GpuEvent()],
      ["pinned memory", () => pinMemory(zeros([1]))],
      ["pinned memory", () => emptyPinned([1])],
      ["an asynchronous copy", () => uploadAsync(zeros([1]), "cuda")],
      ["a current GPU", () => currentDevice()],
      ["choosing a GPU", () => setDevice("cuda:0")],
      ["a current GPU", () => withDevice("cuda:0", () => undefined)],
    ];
    for (const [name, use] of facilities) {
      expect(use, name).toThrow(DeviceError);
      expect(use, name).toThrow(
        new RegExp(`^${name} needs a GPU, and .*(PyTorch with CUDA|sees none)`),
      );
    }
  },
);

test("isPinned() is false for ordinary memory, withNvtxRange() runs its body everywhere", () => {
  expect(isPinned(zeros([1]))).toBe(false);
  expect(withNvtxRange("forward", () => 7)).toBe(7);
});

test("a wrong device name is refused with the form that is allowed", () => {
  expect(() => setDevice("gpu0")).toThrow(/"cuda:0", got "gpu0"/);
  expect(() => rngState("warp")).toThrow(/warp/);
});

test("setRngState() continues the CPU's random numbers where rngState() was taken", () => {
  manualSeed(7);
  rand([3]);
  const state = rngState();
  const first = rand([4]).toArray();
  const other = rand([4]).toArray();
  setRngState(state, "cpu");
  expect(rand([4]).toArray()).toEqual(first);
  expect(other).not.toEqual(first);
});
