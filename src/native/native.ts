// The one door to C++. Everything the addon exports, declared and documented; wrappers with manners live in
// src/tensor and src/cluster. Source: native/, one file there per group here.
import type { Cuda } from "./cuda.js";
import { loadAddon } from "./load-addon.js";
import type { Memory } from "./memory.js";
import type { Pointwise } from "./pointwise.js";
import type { ProcessGroups } from "./process-groups.js";

/** Names one tensor in native memory; stale once the tensor was released. */
export type Handle = number;
/** All overloads of one ATen operator. */
export type OperatorRef = number & { readonly operator: unique symbol };
export type GeneratorRef = { readonly generator: unique symbol };

/** native/tensor/handle.cc */
interface Handles {
  dispose(handle: Handle): void;
  isDisposed(handle: Handle): boolean;
  /** Opens a scope and returns its depth, 1 for an outermost one. */
  openScope(): number;
  /** Releases what was made in the scope of that depth and in any left open inside it. */
  closeScope(depth: number): void;
  /** Moves a tensor into the scope of that depth; 0 takes it out of all. The depth that it was at, or `depth` where it stays. */
  keep(handle: Handle, depth: number): number;
  /** This JS object owns the tensor: it is released once V8 has collected the object. */
  track(handle: Handle, object: object): void;
  numLiveTensors(): number;
  /** Releases what neither a scope nor a JS object owns; to be called with no function of ours on the stack. */
  releaseUnowned(): number;
}

/** native/tensor/collector.cc */
interface Collector {
  /** `collectGarbage` has V8 collect its young generation, or everything. */
  onCollect(collectGarbage: (isFull: boolean) => void): void;
  /** Collects everything now and releases the tensors whose objects are gone. */
  collect(): void;
}

/** native/tensor/storage.cc */
interface Storage {
  /** A CPU tensor over the array's memory, which it keeps alive. */
  fromBytes(bytes: Uint8Array, shape: readonly number[], dtype: string): Handle;
  copyBytes(tensor: Handle, target: Uint8Array): void;
  /** The memory itself of a contiguous CPU tensor. */
  hostView(tensor: Handle): ArrayBuffer;
  /** How many dimensions there are; their sizes are in the first slots of the frame. */
  shape(tensor: Handle): number;
  dtype(tensor: Handle): string;
  device(tensor: Handle): string;
  /** Whether the elements of each lie one after another. */
  areContiguous(tensors: readonly Handle[]): boolean;
  /** A whole number beyond 2^53 as a big integer. */
  item(tensor: Handle): number | bigint | boolean;
}

/** native/tensor/chunk.cc; errors about memory that was given back have the code ERR_RELEASED */
interface Chunks {
  /**
   * A flat tensor of undefined content whose memory can be exchanged.
   * @param remedy what to do for parameters without memory, as a sentence's end
   */
  createChunk(
    name: string,
    remedy: string,
    elements: number,
    dtype: string,
    device: string,
  ): Handle;
  /** Makes the parameter a view of these elements of a chunk. */
  moveIntoChunk(
    parameter: Handle,
    flat: Handle,
    part: { readonly name: string; readonly begin: number; readonly end: number },
  ): void;
  /** Gives a parameter memory of its own again. */
  moveOutOfChunk(parameter: Handle): void;
  isInChunk(tensor: Handle): boolean;
  /** Gives the memory back: reading its parameters is an error from now on. */
  releaseChunk(flat: Handle): void;
  /** Gives a released chunk new memory of undefined content, or that of `lender`, which others may hold too where that is said. */
  gatherChunk(flat: Handle, lender: Handle | undefined, mayBeShared: boolean): void;
}

/** native/tensor/indexing.cc; errors about an index have the code ERR_INDEX */
interface Indexing {
  /** The elements at the indices in the frame's first `count` slots: a view, or a copy if one of them picks elements. */
  elementsAt(tensor: Handle, count: number): Handle;
  /** Writes the number or tensor in the slot after the indices to these elements. */
  writeAt(tensor: Handle, count: number): void;
}

/** native/tensor/dispatch.cc and frame.cc */
interface Dispatch {
  /** Calls back with the frame's memory (frame.h), `slots` of 12 bytes, at once and whenever it moves. */
  onFrame(moved: (memory: ArrayBuffer) => void, slots: number): void;
  growFrame(slots: number): void;
  /** A number that stands for the text in the frame. */
  internText(text: string): number;
  internedText(id: number): string;
  findOperator(name: string): OperatorRef;
  /**
   * Runs the first overload that takes the `count` arguments in the frame; a GeneratorRef among them is given here.
   * @returns how many results are in the frame now
   */
  callOperator(operator: OperatorRef, count: number, generator?: unknown): number;
  operatorSchemas(operator: OperatorRef): string[];
  operatorNames(): string[];
}

/** What attention is computed of, dense or packed. */
interface AttentionInput {
  readonly q: Handle;
  readonly k: Handle;
  readonly v: Handle;
  readonly causal: boolean;
  readonly scale: number | undefined;
  readonly dropout: number;
}

/** q (B, H, Tq, D), k and v (B, Hkv, Tk, D). */
export interface DenseAttention extends AttentionInput {
  readonly mask: Handle | undefined;
}

/** Sequences laid end to end: number n is rows starts[n] to starts[n + 1], none of them longer than `max`. */
export interface PackedAttention extends AttentionInput {
  readonly startsQ: Handle;
  readonly startsK: Handle;
  readonly maxQ: number;
  readonly maxK: number;
  readonly window: number | undefined;
}

/** native/attention/attention.cc; backends are numbered cudnn, flash, efficient, math */
interface Attention {
  attention(input: DenseAttention, backend: number | undefined): Handle;
  /** Why each backend cannot serve ("": it can), then the name of the one that would be taken. */
  attentionReasons(input: DenseAttention): string[];
  packedAttention(input: PackedAttention, backend: number | undefined): Handle;
  packedAttentionReasons(input: PackedAttention): string[];
  lastAttentionBackend(): string;
}

/** native/tensor/generator.cc */
interface Generators {
  createGenerator(seed: number, device?: string): GeneratorRef;
  /** State of a generator, or of a device's default one, as a uint8 tensor. */
  generatorState(generator: GeneratorRef | string): Handle;
  setGeneratorState(generator: GeneratorRef | string, state: Handle): void;
  /** 53 bits drawn from the CPU's default generator. */
  drawKey(): number;
  /** A device's default generator begins the stream `index` of `key`, until `leaveStream`. */
  enterStream(device: string, key: number, index: number): void;
  /** The generator that entered last is as it was before; false: none is in a stream. */
  leaveStream(): boolean;
  /** The numbers from `from` to `to` of the `count` that `randn` draws on the CPU with this seed. */
  normalNumbers(seed: number, count: number, from: number, to: number): Handle;
  manualSeed(seed: number): void;
}

/** native/autograd/autograd.cc */
interface Autograd {
  grad(tensor: Handle): Handle | null;
  /** Of each tensor with a gradient: its handle, address and version of the gradient. */
  gradients(): Float64Array;
  setGrad(tensor: Handle, gradient: Handle | undefined): void;
  backward(outputs: readonly Handle[], gradients: readonly (Handle | null)[]): void;
  /** A leaf with the numbers of `output`; a backward pass that reaches it once its handle was released throws. */
  cut(output: Handle): Handle;
  isLeaf(tensor: Handle): boolean;
  /** native/autograd/saved_input.cc: from now on products keep how their inputs are computed again, where that is known. */
  keepRecipes(): void;
  /** Ends that. How many inputs were kept so. */
  endRecipes(): number;
  /** native/autograd/unread_product.cc: products with a graph that were made so far. */
  numProducts(): number;
  /** Has the product of this number, from 1 on, counted from now, made without its numbers; 0: none. */
  leaveOutProduct(number: number): void;
  /** Whether one was left out and, in the graphs of `outputs`, nothing but sums has read it. */
  wasOnlyAdded(outputs: readonly Handle[]): boolean;
  /** Leaves that a backward pass from `output` reaches before it comes to one made by `cut`. */
  reachedLeaves(output: Handle): Handle[];
  /** How often it was written in place. */
  version(tensor: Handle): number;
  /** Counts a write in place. */
  markWritten(tensors: readonly Handle[]): void;
  detach(tensor: Handle): Handle;
  /** What takes the place of `old`: the memory of `by`; graphs of `old` refuse to go backward. */
  successor(old: Handle, by: Handle): Handle;
  /** A second handle of the same tensor: same memory, same gradient. */
  alias(tensor: Handle): Handle;
  /** Holders of the tensor: handles, autograd graphs, views' bases. */
  useCount(tensor: Handle): number;
  /** Name of the function that computed the tensor, "AddBackward0", also where it was cut off its graph; "" for other leaves. */
  maker(tensor: Handle): string;
  requiresGrad(tensor: Handle): boolean;
  setRequiresGrad(tensor: Handle, requiresGrad: boolean): void;
  gradEnabled(): boolean;
  setGradEnabled(enabled: boolean): void;
}

/** native/autograd/gradient_place.cc */
interface GradientPlaces {
  /** A part of `flat` for the parameter's gradient, from an element on; as long as it lives operators may write the gradient there. */
  makeGradientPlace(flat: Handle, offset: number, parameter: Handle): Handle;
  /** Whether the parameter has a gradient, which from now on lies in `place`. */
  settleGradient(parameter: Handle, place: Handle): boolean;
}

export interface Native
  extends Handles,
    Collector,
    Storage,
    Chunks,
    Indexing,
    Dispatch,
    Attention,
    Generators,
    Autograd,
    GradientPlaces,
    Memory,
    ProcessGroups {
  readonly torchVersion: string;
  /** True when the addon was built against a libtorch with CUDA. */
  readonly hasCuda: boolean;
  /** Undefined when it was not. */
  readonly cuda?: Cuda;
  readonly pointwise?: Pointwise;
}

export const native = loadAddon() as Native;
