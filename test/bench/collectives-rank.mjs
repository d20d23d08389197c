// One rank of `notebooster bench collectives`: answers requests from its parent over IPC, as the peer does over stdin.
import { defaultDevice, defaultGroup, manualSeed, ones, tensor } from "notebooster";
import { ranksFromEnvironment } from "notebooster/parallel";
import { native } from "../../dist/src/native/native.js";
import { median } from "./statistics.mjs";

const { size } = ranksFromEnvironment();
const device = process.argv[2] === "nccl" ? defaultDevice() : "cpu";
const isGpu = device !== "cpu";
const dtype = isGpu ? "bfloat16" : "float32";
if (!isGpu) native.setNumThreads(1);
manualSeed(1);
const group = defaultGroup(device);

function operation({ operation: name, bytes, isAsync }) {
  const numel = bytes / (isGpu ? 2 : 4);
  const whole = ones([numel], { dtype, device });
  const part = ones([numel / size], { dtype, device });
  const options = { async: isAsync };
  const calls = {
    "all-reduce": () => group.allReduce(whole, "sum", options),
    "all-gather": () => group.allGather(whole, part, options),
    "reduce-scatter": () => group.reduceScatter(part, whole, "sum", options),
  };
  return {
    run: () => calls[name]().wait(),
    free: () => {
      whole.dispose();
      part.dispose();
    },
  };
}

/** Seconds per call; the call before the first event keeps the GPU busy until the next ones are queued. */
function gpuSeconds(run, calls) {
  run();
  const begin = native.recordGpuEvent();
  for (let i = 0; i < calls; i++) run();
  return native.gpuMillisecondsBetween(begin, native.recordGpuEvent()) / 1000 / calls;
}

function wallSeconds(run, calls) {
  const begin = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) run();
  return Number(process.hrtime.bigint() - begin) / 1e9 / calls;
}

function measure(request) {
  const { run, free } = operation(request);
  for (let i = 0; i < 2; i++) run();
  const rounds = Array.from({ length: request.rounds }, () => {
    group.barrier().wait();
    return isGpu ? gpuSeconds(run, request.calls) : wallSeconds(run, request.calls);
  });
  const slowest = tensor([median(rounds)], { dtype: "float64" }).to({ device });
  group.allReduce(slowest, "max").wait();
  free();
  return slowest.item();
}

process.on("message", (request) => process.send({ seconds: measure(request) }));
process.send({ ready: true });
