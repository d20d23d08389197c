// The package's entry `notebooster/device`: what only those who look after GPUs, their streams and their memory import.

export {
  type CaptureOptions,
  CudaGraph,
  GraphCaptureError,
  type Graphed,
  type GraphedOptions,
  type GraphOutputs,
  graphed,
  isCapturing,
} from "./device/cuda-graph.js";
export {
  type Holder,
  holders,
  type NamesStates,
  type NamesTensors,
  nameHolders,
} from "./device/holders.js";
export {
  type AllocatorOptions,
  configureAllocator,
  emptyCache,
  resetPeakMemory,
  setMemoryFraction,
} from "./device/memory.js";
export { currentDevice, nvtxMark, setDevice, withNvtxRange } from "./device/select.js";
export { MemorySnapshot, memorySnapshot, saveMemorySnapshot } from "./device/snapshot.js";
export {
  GpuEvent,
  GpuStream,
  type GpuStreamOptions,
  recordStream,
  withStream,
} from "./device/streams.js";
export {
  downloadAsync,
  emptyPinned,
  isPinned,
  pinMemory,
  Transfer,
  uploadAsync,
} from "./device/transfers.js";
