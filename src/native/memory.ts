// The addon's functions for memory and threads, native/memory/.
import type { GpuEventRef } from "./cuda.js";
import type { Handle } from "./native.js";

/** A handle and the memory under it; `storage` and `gradientStorage` are addresses, 0 without memory. */
export interface LiveTensor {
  readonly handle: Handle;
  readonly shape: number[];
  readonly dtype: string;
  readonly device: string;
  readonly storage: number;
  readonly storageBytes: number;
  /** 0: owned by its JS object. */
  readonly scopeDepth: number;
  readonly gradientStorage: number;
  readonly gradientBytes: number;
}

/** A piece of GPU memory that the caching allocator holds, with its blocks in the order of their addresses. */
export interface MemorySegment {
  readonly gpu: number;
  readonly address: number;
  readonly bytes: number;
  /** True when it belongs to CUDA graphs. */
  readonly isGraphPool: boolean;
  readonly blocks: { readonly bytes: number; readonly isAllocated: boolean }[];
}

/** native/memory/ */
export interface Memory {
  memoryStats(gpu: number): {
    allocatedBytes: number;
    reservedBytes: number;
    peakAllocatedBytes: number;
    peakReservedBytes: number;
    freeBytes: number;
    totalBytes: number;
    numAllocations: number;
    numRetries: number;
    numOutOfMemory: number;
  };
  /**
   * From now on allocations of this thread are counted, on all devices together.
   * @param metaAs counts what is made on "meta" instead, as it would be on a CPU or a GPU
   */
  beginMemoryCount(metaAs: "cpu" | "cuda" | null): void;
  /** Bytes held of what was allocated since, and the most that were. */
  endMemoryCount(): [heldBytes: number, peakBytes: number];
  liveTensors(): LiveTensor[];
  /** Empty without a GPU. */
  memorySegments(): MemorySegment[];
  /**
   * @param makeError the error to throw when memory ran out and collecting garbage did not help; bytes and gpu are -1 when
   * unknown or not on a GPU
   */
  onOutOfMemory(makeError: (message: string, requestedBytes: number, gpu: number) => Error): void;
  /** Page-locked memory of the host that PyTorch's allocator holds; 0 without a GPU. */
  pinnedBytes(): number;
  numGpus(): number;
  numThreads(): number;
  setNumThreads(count: number): void;
  /** Present in CUDA builds only, as the next two. */
  setGpu?(index: number): void;
  synchronizeGpu?(): void;
  /** Marks this point of the current stream. */
  recordGpuEvent?(): GpuEventRef;
  /** Waits for `end`. */
  gpuMillisecondsBetween?(begin: GpuEventRef, end: GpuEventRef): number;
  resetPeakMemory?(device: number): void;
}
