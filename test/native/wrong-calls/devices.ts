// Ranks, devices and memory.
import type { Calls } from "./scope.js";

export const DEVICES: Calls = {
  'new Job("gpu")':
    'TypeError: new Job: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got "gpu"',
  "new Job().all(3)": "TypeError: all: mine must be a function, got 3",
  'defaultGroup("gpu")':
    'TypeError: defaultGroup: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got "gpu"',
  'defaultGroup("cpu")':
    "NoOtherRanksError: defaultGroup: this process is alone (WORLD_SIZE is 1), so there is no group; %cluster 2 in a notebook and RANK and WORLD_SIZE of a launcher make more ranks, and code for any number of them asks ranksFromEnvironment().size of notebooster/parallel first",
  'memoryStats("gpu")':
    'TypeError: memoryStats: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got "gpu"',
  "synchronize()":
    'TypeError: synchronize: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got undefined',
  "setNumThreads(0)":
    "RangeError: setNumThreads: count must be a whole number of at least 1, got 0",
  'ranksFromEnvironment({ WORLD_SIZE: "two" })': 'Error: WORLD_SIZE must be an integer, got "two"',
  "group.allReduce(3)": "TypeError: allReduce: tensor must be a tensor, got 3",
  'group.allReduce(x, "mean")':
    'RangeError: allReduce: op must be "sum" or "avg" or "max" or "min" or "product", got "mean"',
  'group.allReduce(x, "sum", { asyncOp: true })':
    "TypeError: allReduce has no option asyncOp; did you mean async? Its options: async",
  "group.broadcast(x, 5)": "RangeError: broadcast: root must be a whole number from 0 to 1, got 5",
  "group.allGather(3, x)": "TypeError: allGather: output must be a tensor, got 3",
  "group.scatter(x, x)":
    "TypeError: scatter: inputs must be a list of tensors, got a Tensor float32[2, 3]",
  "group.subgroup([1, 0])":
    "RangeError: a sub-group needs ascending ranks from 0 to 1 of the group all, got [1, 0]",
  'new ProcessGroup(0, { name: "g", rank: 0, ranks: [0], backend: "gloo" }).send(x)':
    "TypeError: send: peer must be a whole number from 0 to 0, got undefined",
  "copyToRegion(3, group)": "TypeError: copyToRegion: x must be a tensor, got 3",
  "reduceFromRegion(x)":
    "TypeError: reduceFromRegion: group must be a ProcessGroup, as defaultGroup(device) gives it, got undefined",
  'gatherFromRegion(x, "group")':
    'TypeError: gatherFromRegion: group must be a ProcessGroup, as defaultGroup(device) gives it, got "group"',
  'scatterToRegion(x, group, "rows")':
    'TypeError: scatterToRegion: dim must be a whole number, got "rows"',
  "allGatherSequence()": "TypeError: allGatherSequence: x must be a tensor, got undefined",
  "reduceScatterSequence(x, group, 0.5)":
    "RangeError: reduceScatterSequence: dim must be a whole number, got 0.5",
  'holders("gpu")':
    'TypeError: holders: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got "gpu"',
  "nameHolders(3)":
    "TypeError: nameHolders: owner must be a module or an optimizer: what has namedParameters() or namedStates(), got 3",
  "configureAllocator({ expandable_segments: true })":
    "TypeError: configureAllocator has no option expandable_segments; did you mean expandableSegments? Its options: expandableSegments, maxSplitSizeMb, garbageCollectionThreshold, roundupPower2Divisions",
  'resetPeakMemory("cpu")': 'DeviceError: expected "cuda" or "cuda:N" as in "cuda:0", got "cpu"',
  "setMemoryFraction(2)":
    "RangeError: setMemoryFraction: fraction must be a number above 0 and of at most 1, got 2",
  'setDevice("cpu")': 'DeviceError: expected "cuda" or "cuda:N" as in "cuda:0", got "cpu"',
  'withDevice("cuda:0")': "TypeError: withDevice: body must be a function, got undefined",
  'withNvtxRange("step")': "TypeError: withNvtxRange: body must be a function, got undefined",
  "nvtxMark(3)": "TypeError: nvtxMark: name must be text, got 3",
  "saveMemorySnapshot()": "TypeError: saveMemorySnapshot: file must be a path, got undefined",
  "new GpuEvent({ enableTiming: true })":
    "TypeError: new GpuEvent has no option enableTiming; did you mean timing? Its options: timing",
  'new GpuStream({ priority: "low" })':
    'RangeError: new GpuStream: priority must be "normal" or "high", got "low"',
  'recordStream(x, "copy")': 'TypeError: recordStream: stream must be a GpuStream, got "copy"',
  "withStream(3, () => 1)": "TypeError: withStream: stream must be a GpuStream, got 3",
  "pinMemory([1])": "TypeError: pinMemory: tensor must be a tensor, got [1]",
  "isPinned(3)": "TypeError: isPinned: tensor must be a tensor, got 3",
  'emptyPinned("a")':
    'TypeError: emptyPinned: shape must be a list of whole numbers of at least 0, got "a"',
  "uploadAsync(3)": "TypeError: uploadAsync: source must be a tensor, got 3",
  'uploadAsync(x, "gpu")':
    'TypeError: uploadAsync: device must be a device ("cpu", "cuda", "cuda:1", "meta"), got "gpu"',
  "downloadAsync(x, { out: x })":
    "TypeError: downloadAsync has no option out. Its options: into, stream",
  "CudaGraph.capture(3)": "TypeError: CudaGraph.capture: body must be a function, got 3",
  'CudaGraph.capture(() => 1, { mode: "local" })':
    'RangeError: CudaGraph.capture: mode must be "global" or "threadLocal" or "relaxed", got "local"',
  "graphed(() => 1, { warmup: 0 })":
    "RangeError: graphed: warmup must be a whole number of at least 1, got 0",
  'new Chunk("layer", model)':
    "TypeError: new Chunk: parameters must be parameters by name, as module.namedParameters() gives them, got a LlamaForCausalLM",
  'new Chunk("layer", model.namedParameters(), { remedy: 3 })':
    "TypeError: new Chunk: remedy must be text, got 3",
  'new Chunk("layer", [["w", x]])':
    "TypeError: new Chunk: w must be a Parameter, got a Tensor float32[2, 3]",
  "copyAsync(x, 3)": "TypeError: copyAsync: into must be a tensor, got 3",
  "copyAsync(x, x, { stream: 3 })": "TypeError: copyAsync: stream must be a GpuStream, got 3",
  "new HostBuffers({ size: 3 })":
    "TypeError: new HostBuffers has no option size. Its options: bytes, count",
  "new HostBuffers({ count: 3 })":
    "TypeError: new HostBuffers: bytes must be a whole number of at least 1, got undefined",
};
