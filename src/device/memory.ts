// What the process holds: on the host, and on each GPU by the caching allocator's own count.
import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { boolean, integer, number, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { native } from "../native/native.js";
import { byteText } from "../report/byte-text.js";
import { gpuIndex, requireCuda } from "./device-error.js";
import { holders } from "./holders.js";

/** Memory of the host, in bytes. */
export interface HostMemory {
  /** In CPU tensors that JavaScript holds; what autograd keeps besides is not in it. */
  readonly tensorBytes: number;
  /** Of pinned memory, which GPUs read by themselves: in tensors, or kept for later by PyTorch's allocator. 0 without a GPU. */
  readonly pinnedBytes: number;
  /** Of the whole process, code included, now and at most so far. */
  readonly residentBytes: number;
  /** The most that was resident since the process began. */
  readonly peakResidentBytes: number;
  /** What the process may still take: of the machine, its control group and its address space limit. */
  readonly freeBytes: number;
  /** Of the machine. */
  readonly totalBytes: number;
}

/** Memory of one GPU, in bytes, as PyTorch's caching allocator counts it. */
export interface GpuMemory {
  /** "cuda:0". */
  readonly device: string;
  /** In tensors, autograd's included, now and at most since `resetPeakMemory`. */
  readonly allocatedBytes: number;
  /** The most since `resetPeakMemory`. */
  readonly peakAllocatedBytes: number;
  /** Taken from the GPU, unused memory kept for later included. */
  readonly reservedBytes: number;
  /** The most since `resetPeakMemory`. */
  readonly peakReservedBytes: number;
  /** Of the GPU, all processes considered. */
  readonly freeBytes: number;
  /** Of the GPU. */
  readonly totalBytes: number;
  /** Allocations that are held now. */
  readonly numAllocations: number;
  /** Allocations that worked only after unused memory was given back. */
  readonly numRetries: number;
  /** Allocations that failed. */
  readonly numOutOfMemory: number;
}

/** A reading of `memory()`; prints as a table. */
export class MemoryReport {
  /** Memory of this process on the host. */
  readonly host: HostMemory;
  /** One for each GPU, in the order of their numbers. */
  readonly gpus: readonly GpuMemory[];

  constructor(host: HostMemory, gpus: readonly GpuMemory[]) {
    this.host = host;
    this.gpus = gpus;
  }

  /** A table, a row for the host and one for each GPU. */
  toString(): string {
    const { host } = this;
    const rows = [
      row("", "tensors", "reserved", "peak", "free", "total"),
      row(
        "host",
        ...[
          host.tensorBytes,
          host.residentBytes,
          host.peakResidentBytes,
          host.freeBytes,
          host.totalBytes,
        ].map(byteText),
      ),
      ...(host.pinnedBytes > 0 ? [row("pinned", "", byteText(host.pinnedBytes))] : []),
      ...this.gpus.map((gpu) =>
        row(
          gpu.device,
          ...[
            gpu.allocatedBytes,
            gpu.reservedBytes,
            gpu.peakAllocatedBytes,
            gpu.freeBytes,
            gpu.totalBytes,
          ].map(byteText),
        ),
      ),
    ];
    return rows.join("\n");
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** What the host and each GPU hold now. */
export function memory(): MemoryReport {
  return new MemoryReport(
    hostMemory(),
    Array.from({ length: native.numGpus() }, (_, index) => gpuMemory(index)),
  );
}

/** The host's part of `memory()`. */
export function hostMemory(): HostMemory {
  const tensorBytes = holders("cpu").reduce((sum, { bytes }) => sum + bytes, 0);
  const limit = process.constrainedMemory() || totalmem();
  return {
    tensorBytes,
    pinnedBytes: native.pinnedBytes(),
    residentBytes: process.memoryUsage.rss(),
    peakResidentBytes: process.resourceUsage().maxRSS * 1024,
    freeBytes: Math.min(process.availableMemory(), freeAddressSpace()),
    totalBytes: Math.min(limit, totalmem()),
  };
}

/** One GPU's part of `memory()`. */
export function gpuMemory(index: number): GpuMemory {
  return { device: `cuda:${index}`, ...native.memoryStats(index) };
}

/** Starts the peaks of a GPU (default: the current one) afresh. */
export function resetPeakMemory(device?: string): void {
  const index = gpuIndex(device);
  const cuda = requireCuda("resetPeakMemory");
  native.resetPeakMemory?.(index ?? cuda.currentDevice());
}

/** Gives memory that no tensor uses back to the GPUs, and pinned memory to the host. */
export function emptyCache(): void {
  const cuda = requireCuda("emptyCache");
  native.collect();
  cuda.emptyCache();
}

/** Lets this process use at most this share of a GPU's memory (default: the current one). */
export function setMemoryFraction(fraction: number, device?: string): void {
  requireValue("setMemoryFraction: fraction", fraction, number({ above: 0, max: 1 }));
  requireCuda("setMemoryFraction").setMemoryFraction(fraction, gpuIndex(device));
}

/** How PyTorch's CUDA allocator is to work. */
export interface AllocatorOptions {
  /**
   * Segments that grow instead of many of fixed size: less fragmentation. Before the first tensor on a GPU. Default true, unless
   * PYTORCH_ALLOC_CONF says how the allocator works.
   */
  readonly expandableSegments?: boolean;
  /** Blocks above this size are not split. */
  readonly maxSplitSizeMb?: number;
  /** Share of the memory above which unused blocks are given back, 0 to 1. */
  readonly garbageCollectionThreshold?: number;
  /** Sizes are rounded up to this fraction of a power of two. */
  readonly roundupPower2Divisions?: number;
}

const SETTINGS = {
  expandableSegments: "expandable_segments",
  maxSplitSizeMb: "max_split_size_mb",
  garbageCollectionThreshold: "garbage_collection_threshold",
  roundupPower2Divisions: "roundup_power2_divisions",
} as const;

/** Read by PyTorch before anything else is said. */
const ENVIRONMENT = ["PYTORCH_ALLOC_CONF", "PYTORCH_CUDA_ALLOC_CONF"] as const;

const ALLOCATOR_OPTIONS: OptionTable<AllocatorOptions> = {
  expandableSegments: boolean,
  maxSplitSizeMb: number({ above: 0 }),
  garbageCollectionThreshold: number({ min: 0, max: 1 }),
  roundupPower2Divisions: integer({ min: 1 }),
};

/**
 * Sets up CUDA's caching allocator, as PYTORCH_ALLOC_CONF does.
 * @throws TypeError naming an option that does not exist
 */
export function configureAllocator(options: AllocatorOptions): void {
  checkOptions("configureAllocator", options, ALLOCATOR_OPTIONS);
  const cuda = requireCuda("configureAllocator");
  const isTold = ENVIRONMENT.some((name) => process.env[name] !== undefined);
  const all = { ...(!isTold && { expandableSegments: true }), ...options };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const settings = given.map(
    ([name, value]) =>
      `${SETTINGS[name as keyof AllocatorOptions]}:${typeof value === "boolean" ? (value ? "True" : "False") : value}`,
  );
  cuda.setAllocatorSettings(settings.join(","));
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(8) : cell.padStart(12))).join("");
}

/** Bytes below the limit that `ulimit -v` sets; Infinity without one or without /proc. */
function freeAddressSpace(): number {
  try {
    const limit = /^Max address space\s+(\d+)/m.exec(
      readFileSync("/proc/self/limits", "utf8"),
    )?.[1];
    const pages = readFileSync("/proc/self/statm", "utf8").split(" ", 1)[0];
    return limit === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(0, Number(limit) - Number(pages) * 4096);
  } catch {
    return Number.POSITIVE_INFINITY; // no /proc: nothing can be said about the limit
  }
}
