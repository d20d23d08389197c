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
export { HostBuffers, type HostBuffersOptions } from "./device/host-buffers.js";
export {
  type AllocatorOptions,
  configureAllocator,
  emptyCache,
  resetPeakMemory,
  setMemoryFraction,
} from "./device/memory.js";
export { emptyPinned, isPinned, pinMemory } from "./device/pinned.js";
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
  type CopyOptions,
  copyAsync,
  downloadAsync,
  Transfer,
  uploadAsync,
} from "./device/transfers.js";
