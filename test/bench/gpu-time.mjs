// Times on the GPU by CUDA events, and the rate of a large matrix product as the measure of what the chip can do.
import { noGrad, ops, scoped } from "notebooster";
import { GpuEvent, graphed } from "notebooster/device";
import { median } from "./statistics.mjs";

/**
 * Milliseconds of a call: the median over rounds of the mean over turns. The call before the first event keeps the GPU busy
 * until the timed ones are queued, so that only the GPU's own time counts.
 */
export function gpuMilliseconds(call, { turns = 10, rounds = 7 } = {}) {
  const once = () => scoped(() => void call());
  for (let i = 0; i < 3; i++) once();
  const times = Array.from({ length: rounds }, () => {
    once();
    const begin = new GpuEvent({ timing: true }).record();
    for (let i = 0; i < turns; i++) once();
    return begin.millisecondsUntil(new GpuEvent({ timing: true }).record()) / turns;
  });
  return median(times);
}

/**
 * A call captured as a CUDA graph, `turns` times over, so that nothing of the processor's is in its time. `round()` replays it
 * and gives the milliseconds of one call.
 */
export function captured(call, turns = 10) {
  const replays = 2;
  const step = graphed(
    () => {
      for (let i = 0; i < turns; i++) scoped(() => void call());
      return undefined;
    },
    { warmup: 1 },
  );
  for (let i = 0; i < 2; i++) step(); // warms up, then captures
  const round = () => {
    step(); // keeps the GPU busy until the timed ones are queued
    const begin = new GpuEvent({ timing: true }).record();
    for (let i = 0; i < replays; i++) step();
    return begin.millisecondsUntil(new GpuEvent({ timing: true }).record()) / (replays * turns);
  };
  return { round, dispose: step.dispose };
}

/** TFLOP/s of a bfloat16 product of two square matrices of random numbers. */
export function matmulTflops(size = 8192) {
  return noGrad(() => {
    const random = () => ops.aten.randn([size, size], { dtype: "bfloat16", device: "cuda" });
    const [a, b] = [random(), random()];
    return (2 * size ** 3) / gpuMilliseconds(() => a.matmul(b)) / 1e9;
  });
}
