// The package's entry `notebooster/parallel`: groups of ranks, meshes and communication, for who writes parallel layers.

export { type Ranks, ranksFromEnvironment } from "./cluster/environment.js";
export { type Axis, Mesh, type MeshSizes } from "./cluster/mesh.js";
export {
  type AsyncOption,
  type Exchange,
  type GroupDescription,
  ProcessGroup,
  type ReduceOp,
  type SubjectOption,
} from "./cluster/process-group.js";
export {
  allGatherSequence,
  copyToRegion,
  gatherFromRegion,
  reduceFromRegion,
  reduceScatterSequence,
  scatterToRegion,
} from "./cluster/tensor-parallel.js";
export { Work } from "./cluster/work.js";
export { Chunk, type ChunkOptions, type ChunkPart, type GatherOptions } from "./memory/chunk.js";
