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
export type OperatorRef = { readonly operator: unique symbol };
export type GeneratorRef = { readonly generator: unique symbol };

/** native/tensor/handle.cc */
interface Handles {
  dispose(handle: Handle): void;
  isDisposed(handle: Handle): boolean;
  /** Opens a scope and returns its depth, 1 for an outermost one. */
  openScope(): number;
  /** Releases what was made in the scope of that depth and in any left open inside it. */
  closeScope(depth: number): void;
  /** Moves a tensor into the scope of that depth; 0 takes it out of all. */
  keep(handle: Handle, depth: number): void;
  /** Tells V8's garbage collector how much memory hangs on a tensor that this JS object owns. */
  track(handle: Handle, object: object): void;
  numLiveTensors(): number;
}

/** native/tensor/storage.cc */
interface Storage {
  /** A CPU tensor over the array's memory, which it keeps alive. */
  fromBytes(bytes: Uint8Array, shape: readonly number[], dtype: string): Handle;
  copyBytes(tensor: Handle, target: Uint8Array): void;
  /** The memory itself of a contiguous CPU tensor. */
  hostView(tensor: Handle): ArrayBuffer;
  shape(tensor: Handle): number[];
  dtype(tensor: Handle): string;
  device(tensor: Handle): string;
  item(tensor: Handle): number | boolean;
  toText(tensor: Handle): string;
}

/** native/tensor/dispatch.cc */
interface Dispatch {
  findOperator(name: string): OperatorRef;
  /** Tensors are passed and returned as objects with a `handle`. */
  callOperator(operator: OperatorRef, positional: readonly unknown[], keywords?: object): unknown;
  operatorSchemas(operator: OperatorRef): string[];
  operatorNames(): string[];
}

/** native/tensor/fast_ops.cc */
interface FastOperators {
  add(a: Handle, b: Handle): Handle;
  addScaled(a: Handle, b: Handle, alpha: number): Handle;
  sub(a: Handle, b: Handle): Handle;
  mul(a: Handle, b: Handle): Handle;
  div(a: Handle, b: Handle): Handle;
  addScalar(a: Handle, b: number): Handle;
  subScalar(a: Handle, b: number): Handle;
  mulScalar(a: Handle, b: number): Handle;
  divScalar(a: Handle, b: number): Handle;
  powScalar(a: Handle, b: number): Handle;
  neg(a: Handle): Handle;
  exp(a: Handle): Handle;
  log(a: Handle): Handle;
  sqrt(a: Handle): Handle;
  rsqrt(a: Handle): Handle;
  cos(a: Handle): Handle;
  sin(a: Handle): Handle;
  tanh(a: Handle): Handle;
  sigmoid(a: Handle): Handle;
  relu(a: Handle): Handle;
  silu(a: Handle): Handle;
  add_(a: Handle, b: Handle): void;
  addScaled_(a: Handle, b: Handle, alpha: number): void;
  sub_(a: Handle, b: Handle): void;
  mul_(a: Handle, b: Handle): void;
  div_(a: Handle, b: Handle): void;
  addScalar_(a: Handle, b: number): void;
  mulScalar_(a: Handle, b: number): void;
  divScalar_(a: Handle, b: number): void;
  fill_(a: Handle, b: number): void;
  zero_(a: Handle): void;
  copy_(a: Handle, b: Handle, nonBlocking: boolean): void;
  reshape(a: Handle, shape: readonly number[]): Handle;
  view(a: Handle, shape: readonly number[]): Handle;
  expand(a: Handle, shape: readonly number[]): Handle;
  permute(a: Handle, dims: readonly number[]): Handle;
  transpose(a: Handle, dim0: number, dim1: number): Handle;
  contiguous(a: Handle): Handle;
  unsqueeze(a: Handle, dim: number): Handle;
  squeeze(a: Handle, dim: number): Handle;
  select(a: Handle, dim: number, index: number): Handle;
  slice(
    a: Handle,
    dim: number,
    start: number | undefined,
    end: number | undefined,
    step: number,
  ): Handle;
  cat(tensors: readonly Handle[], dim: number): Handle;
  stack(tensors: readonly Handle[], dim: number): Handle;
  split(a: Handle, sizes: readonly number[], dim: number): Handle[];
  clone(a: Handle): Handle;
  toDtype(a: Handle, dtype: string): Handle;
  sumAll(a: Handle): Handle;
  sum(a: Handle, dims: readonly number[], keepdim: boolean): Handle;
  meanAll(a: Handle): Handle;
  mean(a: Handle, dims: readonly number[], keepdim: boolean): Handle;
  argmax(a: Handle, dim: number): Handle;
  softmax(a: Handle, dim: number): Handle;
  logSoftmax(a: Handle, dim: number): Handle;
  cumsum(a: Handle, dim: number): Handle;
  matmul(a: Handle, b: Handle): Handle;
  linear(x: Handle, weight: Handle, bias: Handle | undefined): Handle;
  embedding(weight: Handle, indices: Handle): Handle;
  crossEntropy(logits: Handle, target: Handle, ignoreIndex: number): Handle;
}

/** native/attention/attention.cc; backends are numbered cudnn, flash, efficient, math */
interface Attention {
  attention(
    q: Handle,
    k: Handle,
    v: Handle,
    mask: Handle | undefined,
    causal: boolean,
    scale: number | undefined,
    dropout: number,
    backend: number | undefined,
  ): Handle;
  /** Why each backend cannot serve ("": it can), then the name of the one that would be taken. */
  attentionReasons(
    q: Handle,
    k: Handle,
    v: Handle,
    mask: Handle | undefined,
    causal: boolean,
    scale: number | undefined,
    dropout: number,
  ): string[];
  packedAttention(
    q: Handle,
    k: Handle,
    v: Handle,
    startsQ: Handle,
    startsK: Handle,
    maxQ: number,
    maxK: number,
    causal: boolean,
    scale: number | undefined,
    dropout: number,
    backend: number | undefined,
  ): Handle;
  packedAttentionReasons(
    q: Handle,
    k: Handle,
    v: Handle,
    startsQ: Handle,
    startsK: Handle,
    maxQ: number,
    maxK: number,
    causal: boolean,
    scale: number | undefined,
    dropout: number,
  ): string[];
  lastAttentionBackend(): string;
}

/** native/tensor/generator.cc */
interface Generators {
  createGenerator(seed: number, device?: string): GeneratorRef;
  /** State of a generator, or of a device's default one, as a uint8 tensor. */
  generatorState(generator: GeneratorRef | string): Handle;
  setGeneratorState(generator: GeneratorRef | string, state: Handle): void;
  manualSeed(seed: number): void;
}

/** native/autograd/autograd.cc */
interface Autograd {
  grad(tensor: Handle): Handle | null;
  setGrad(tensor: Handle, gradient: Handle | undefined): void;
  backward(outputs: readonly Handle[], gradients: readonly (Handle | null)[]): void;
  detach(tensor: Handle): Handle;
  /** A second handle of the same tensor: same memory, same gradient. */
  alias(tensor: Handle): Handle;
  /** Holders of the tensor: handles, autograd graphs, views' bases. */
  useCount(tensor: Handle): number;
  requiresGrad(tensor: Handle): boolean;
  setRequiresGrad(tensor: Handle, requiresGrad: boolean): void;
  gradEnabled(): boolean;
  setGradEnabled(enabled: boolean): void;
}

export interface Native
  extends Handles,
    Storage,
    Dispatch,
    FastOperators,
    Attention,
    Generators,
    Autograd,
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
