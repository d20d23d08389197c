// `jit((x, y) => x.mul(y).silu())`: a chain of pointwise operations becomes one CUDA kernel that reads each tensor once and
// writes the result once; its gradients become another. On the CPU the chain runs as it is written, operation by operation.

import { callback, requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import type { Pointwise, PointwiseRef } from "../native/pointwise.js";
import type { DType } from "../tensor/dtype.js";
import { Tensor } from "../tensor/tensor.js";
import type { NodeId } from "./graph.js";
import { JitError } from "./jit-error.js";
import { backwardKernel, forwardKernel, type Kernel, keyOf, type Plan, planOf } from "./plan.js";
import { type JitArgument, type JitResult, type Trace, trace } from "./trace.js";

/** One kernel of a fused function. */
export interface JitKernel {
  /** CUDA C++, compiled by NVRTC for each memory layout. */
  readonly text: string;
  /** Tensors it reads; a backward kernel reads the gradients of the results after them. */
  readonly inputs: readonly Tensor[];
  /** Element type of each result. */
  readonly outputTypes: readonly DType[];
}

/** What a call would run on a GPU. */
export interface JitKernels {
  /** The kernel of the forward pass. */
  readonly forward: JitKernel;
  /** Present when a tensor requires a gradient. */
  readonly backward?: JitKernel;
  /** Tensors that get gradients. */
  readonly trained: readonly Tensor[];
  /** Which output of the backward kernel is the gradient of each of them, in the shape of the results. */
  readonly gradients: readonly number[];
  /** Numbers that met tensors: arguments of both kernels. */
  readonly scalars: readonly number[];
}

/** A compiled function; call it with tensors of any shape. Kernels are compiled once for each structure and layout. */
export interface JitFunction<A extends readonly JitArgument[], R extends JitResult> {
  (...args: A): R;
  /** The kernels for these arguments, on any machine. */
  kernels(...args: A): JitKernels;
}

/**
 * Fuses a function of tensors and numbers. It is called anew each time with stand-ins for the tensors, so plain JavaScript in
 * it, conditions on numbers included, does what it says; kernels are compiled once for each computation, whatever the numbers,
 * and each memory layout. Arithmetic is float32, rounded once at the end to the type the chain would have.
 * @param body may use the pointwise methods of Tensor: add, sub, mul, div, pow, exp, silu, to, ...
 * @throws JitError from the returned function when `body` does something else, naming it and its place
 */
export function jit<A extends readonly JitArgument[], R extends JitResult>(
  body: (...args: A) => R,
): JitFunction<A, R> {
  requireValue("jit: body", body, callback);
  const run = (...args: A): R => {
    const traced = trace(body as never, args);
    const inputs = [...traced.inputs.values()];
    const isUnfused = inputs.every(({ device }) => device === "cpu" || device === "meta");
    return isUnfused ? body(...args) : (runFused(traced) as R);
  };
  return Object.assign(run, {
    kernels: (...args: A): JitKernels => describeKernels(planOf(trace(body as never, args))),
  });
}

const compiled = new Map<string, PointwiseRef>();

function runFused(traced: Trace): JitResult {
  const plan = planOf(traced);
  const key = keyOf(plan);
  let kernels = compiled.get(key);
  if (kernels === undefined) {
    kernels = create(plan);
    compiled.set(key, kernels);
  }
  const handles = tensorsOf(plan, plan.reads).map(({ handle }) => handle);
  const results = addon().run(kernels, handles, traced.graph.scalars);
  const tensors = results.map((handle) => new Tensor(handle));
  return traced.isList ? tensors : (tensors[0] as Tensor);
}

function create(plan: Plan): PointwiseRef {
  const { reads, trained } = plan;
  const forward = forwardKernel(plan);
  const kernel = { source: forward.text, outputs: forward.types };
  if (trained.length === 0) return addon().create(kernel, undefined);
  const backward = backwardKernel(plan);
  const positions = (ids: readonly NodeId[]): number[] => ids.map((id) => reads.indexOf(id));
  return addon().create(kernel, {
    source: backward.text,
    outputs: backward.types,
    reads: positions(backward.reads),
    targets: positions(trained),
    sources: backward.sources,
  });
}

function describeKernels(plan: Plan): JitKernels {
  const describe = ({ text, reads, types }: Kernel): JitKernel => ({
    text,
    inputs: tensorsOf(plan, reads),
    outputTypes: types,
  });
  const backward = plan.trained.length > 0 ? backwardKernel(plan) : undefined;
  return {
    forward: describe(forwardKernel(plan)),
    ...(backward && { backward: describe(backward) }),
    gradients: backward?.sources ?? [],
    trained: tensorsOf(plan, plan.trained),
    scalars: plan.traced.graph.scalars,
  };
}

function tensorsOf({ traced: { inputs } }: Plan, ids: readonly NodeId[]): Tensor[] {
  return ids.map((id) => inputs.get(id) as Tensor);
}

function addon(): Pointwise {
  if (native.pointwise === undefined) {
    throw new JitError("jit: this build has no CUDA, and the tensors are not on the CPU");
  }
  return native.pointwise;
}
