// A snapshot of memory: who holds what, and on GPUs the allocator's segments. Draws itself in a notebook;
// `notebooster memory FILE -o out.svg` draws a saved one.
import { writeFileSync } from "node:fs";
import { aPath, requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { memoryMapSvg, type SnapshotContent } from "../report/memory-map.js";
import { holders } from "./holders.js";
import { memory } from "./memory.js";

/** What `memorySnapshot()` returns; JSON of it is the format of a snapshot file. */
export class MemorySnapshot implements SnapshotContent {
  /** Version of the file's format. */
  readonly format = "notebooster-memory-1";
  readonly takenAt: string;
  /** What each device holds, in bytes. */
  readonly devices: SnapshotContent["devices"];
  /** Allocations that JavaScript holds, the largest first. */
  readonly holders: SnapshotContent["holders"];
  /** Memory that the GPU allocators took, and how it is divided. */
  readonly segments: SnapshotContent["segments"];

  constructor() {
    const { host, gpus } = memory();
    const { tensorBytes, residentBytes, totalBytes } = host;
    this.takenAt = new Date().toISOString();
    this.devices = [
      { device: "cpu", allocatedBytes: tensorBytes, reservedBytes: residentBytes, totalBytes },
      ...gpus.map(({ device, allocatedBytes, reservedBytes, totalBytes: ofGpu }) => ({
        device,
        allocatedBytes,
        reservedBytes,
        totalBytes: ofGpu,
      })),
    ];
    this.holders = holders();
    this.segments = native
      .memorySegments()
      .map(({ gpu, bytes, isGraphPool, blocks }) => ({ gpu, bytes, isGraphPool, blocks }));
  }

  /** The picture as SVG text. */
  toSvg(): string {
    return memoryMapSvg(this);
  }
  toString(): string {
    return `memory snapshot of ${this.takenAt} with ${this.holders.length} allocations`;
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "image/svg+xml": this.toSvg(), "text/plain": this.toString() };
  }
}

/** Who holds memory now. */
export function memorySnapshot(): MemorySnapshot {
  return new MemorySnapshot();
}

/** Writes a snapshot that `notebooster memory FILE -o out.svg` draws. */
export function saveMemorySnapshot(file: string): void {
  requireValue("saveMemorySnapshot: file", file, aPath);
  writeFileSync(file, `${JSON.stringify(memorySnapshot())}\n`);
}
