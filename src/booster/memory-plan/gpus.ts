// What is known of GPUs without one: how much they have, and what a process takes of it outside of tensors. From documents and, where
// that is said, from the cards (test/gpu/memory-check.mjs prints what is measured beside them):
// - memory: `total` of nvidia-smi, as NVIDIA's data sheets round it;
// - context: CUDA's context and the code of libtorch's kernels that a training loads: 767 MiB on an H200 with PyTorch 2.11 and CUDA 13 (all
//   cases of memory-check, 2026-11-28); before Hopper an estimate;
// - workspace: PyTorch's CUDAContextLight.h and CUDABlas.cpp, 32 MiB from Hopper on, else 8 MiB and 128 KiB, one for cuBLAS and one for
//   cuBLASLt of the stream that computes;
// - segments: PyTorch's CUDACachingAllocator.h: memory comes in pages of 2 MiB for blocks up to 1 MiB, of 20 MiB above, to segments that grow;
//   what stays between blocks was measured on an H200 (22 cases of memory-check, 2026-11-29): 25 to 100 MiB, and half of a block's
//   activations where all are computed again (where some are kept, what these leave has room for the others), or three times what norms and
//   activations of a layer make where that is computed again, or one and a half layers of weights where these come from the host;
// - communicator: NCCL's buffers of a group, as its documentation of NCCL_BUFFSIZE and channels gives them.
const MIB = 2 ** 20;

/** Bytes that are no tensors. */
export interface OutsideMemory {
  /** What the device is called in tables. */
  readonly title: string;
  readonly totalBytes: number;
  /** CUDA's context, kernels' code. */
  readonly contextBytes: number;
  /** Of matrix products. */
  readonly workspaceBytes: number;
  /** Of a process group of several GPUs. */
  readonly communicatorBytes: number;
  /** Of the streams on which state moves between host and device. */
  readonly hostQueueBytes: number;
}

const HOPPER = {
  contextBytes: 768 * MIB,
  workspaceBytes: 2 * 32 * MIB,
  communicatorBytes: 400 * MIB,
  hostQueueBytes: 92 * MIB,
};
const BEFORE_HOPPER = {
  ...HOPPER,
  contextBytes: 450 * MIB,
  workspaceBytes: 2 * (8 * MIB + 128 * 1024),
};

/** By the names that plans take. */
export const GPUS = {
  h100: { title: "H100, 80 GB", totalBytes: 81559 * MIB, ...HOPPER },
  h200: { title: "H200, 141 GB", totalBytes: 143771 * MIB, ...HOPPER },
  b200: { title: "B200, 180 GB", totalBytes: 183359 * MIB, ...HOPPER },
  a100: { title: "A100, 80 GB", totalBytes: 81920 * MIB, ...BEFORE_HOPPER },
  "a100-40gb": { title: "A100, 40 GB", totalBytes: 40960 * MIB, ...BEFORE_HOPPER },
  l40s: { title: "L40S, 48 GB", totalBytes: 46068 * MIB, ...BEFORE_HOPPER },
  rtx4090: { title: "RTX 4090, 24 GB", totalBytes: 24564 * MIB, ...BEFORE_HOPPER },
} as const satisfies Record<string, OutsideMemory>;

/** A GPU by its name in plans. */
export type GpuName = keyof typeof GPUS;

const PAGE_BYTES = 20 * MIB;
/** Of the first 4 GiB of tensors. */
const BETWEEN_SMALL_ONES = 1 / 80;
const OF_BLOCKS_AGAIN = 0.55;
const SELECTIVE_AGAIN = 3;
const OF_FETCHED = 1.5;
/** Plans of a GPU are no further off (memory-check); so much of a budget is left. */
export const PLAN_ERROR = 0.01;

/** What comes and goes in a step, each time to other places. */
export interface Scattered {
  /** What the largest block would keep for its backward pass, where all are computed again in full; else 0. */
  readonly blockBytes: number;
  /** What is not kept of the largest layer of which norms and activations are computed again; 0 where none is. */
  readonly selectiveBytes: number;
  /** How many of these there are. */
  readonly selectiveLayers: number;
  /** The largest layer whose weights come from the host; 0 where none does. */
  readonly fetchedBytes: number;
}

/** What the allocator reserves beyond the tensors' peak. */
export function allocatorBytes(peakBytes: number, scattered: Scattered): number {
  const { blockBytes, selectiveBytes, selectiveLayers, fetchedBytes } = scattered;
  const ofMost = Math.min(peakBytes, 4096 * MIB) * BETWEEN_SMALL_ONES;
  const ofSelective = Math.min(SELECTIVE_AGAIN, selectiveLayers) * selectiveBytes;
  const ofLayers = OF_BLOCKS_AGAIN * blockBytes + ofSelective + OF_FETCHED * fetchedBytes;
  return Math.round(PAGE_BYTES + ofMost + ofLayers);
}
