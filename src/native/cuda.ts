// The addon's functions for GPUs, native/cuda/: `native.cuda`, and what older code finds in `native` itself.
import type { GeneratorRef, Handle } from "./native.js";

export type GpuStreamRef = { readonly gpuStream: unique symbol };
export type GpuEventRef = { readonly gpuEvent: unique symbol };
export type GraphRef = { readonly graph: unique symbol };

/** native/cuda/: present in builds against a libtorch with CUDA. A device left out is the current one. */
export interface Cuda {
  currentDevice(): number;
  setDevice(device: number): void;
  /** "name:value,...", as in PYTORCH_ALLOC_CONF */
  setAllocatorSettings(settings: string): void;
  setMemoryFraction(fraction: number, device: number | undefined): void;
  emptyCache(): void;
  pushRange(name: string): void;
  popRange(): void;
  mark(name: string): void;
  createStream(isHighPriority: boolean, device: number | undefined): GpuStreamRef;
  currentStream(device: number | undefined): GpuStreamRef;
  defaultStream(device: number | undefined): GpuStreamRef;
  /** Makes it current for its device, and its device current. */
  setStream(stream: GpuStreamRef): void;
  streamDevice(stream: GpuStreamRef): number;
  streamIsIdle(stream: GpuStreamRef): boolean;
  synchronizeStream(stream: GpuStreamRef): void;
  recordStream(tensor: Handle, stream: GpuStreamRef): void;
  createEvent(hasTiming: boolean): GpuEventRef;
  /** On the current stream when none is given, as `waitEvent`. */
  recordEvent(event: GpuEventRef, stream: GpuStreamRef | undefined): void;
  waitEvent(event: GpuEventRef, stream: GpuStreamRef | undefined): void;
  eventIsDone(event: GpuEventRef): boolean;
  synchronizeEvent(event: GpuEventRef): void;
  /** Captures on `stream`, current until endGraph or abortGraph, into the memory pool of another graph or its own. */
  beginGraph(
    stream: GpuStreamRef,
    pool: GraphRef | undefined,
    mode: string,
    generators: readonly GeneratorRef[],
  ): GraphRef;
  endGraph(graph: GraphRef): void;
  abortGraph(graph: GraphRef): void;
  replayGraph(graph: GraphRef): void;
  resetGraph(graph: GraphRef): void;
  isCapturing(): boolean;
}
