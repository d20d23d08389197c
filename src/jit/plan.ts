// From what a function computes to the kernels that compute it: which tensors each reads, and what it writes.
import { isGradEnabled } from "../tensor/grad-mode.js";
import { kernelSource } from "./cuda-source.js";
import { differentiate } from "./derivative.js";
import type { FloatType, Graph, NodeId } from "./graph.js";
import { JitError } from "./jit-error.js";
import type { Trace } from "./trace.js";

export interface Plan {
  readonly traced: Trace;
  /** Inputs that some output depends on. */
  readonly reads: readonly NodeId[];
  /** Those of them that get a gradient. */
  readonly trained: readonly NodeId[];
}

export interface Kernel {
  /** CUDA C++ */
  readonly text: string;
  /** Inputs it is given, in order; a backward kernel gets the gradient of each output after them. */
  readonly reads: readonly NodeId[];
  /** Types of what it writes. */
  readonly types: readonly FloatType[];
}

/** @throws JitError when the results would have several shapes */
export function planOf(traced: Trace): Plan {
  const { graph, inputs, outputs } = traced;
  const reads = graph.needed(outputs).filter((id) => graph.node(id).kind === "input");
  const trained = isGradEnabled() ? reads.filter((id) => inputs.get(id)?.requiresGrad) : [];
  if (outputs.length > 1) requireOneShape(traced);
  return { traced, reads, trained };
}

/** Two plans of one key have the same kernels. */
export function keyOf({ traced: { graph, outputs }, trained }: Plan): string {
  return `${graph.key} -> ${outputs} | ${trained}`;
}

export function forwardKernel({ traced: { graph, outputs }, reads }: Plan): Kernel {
  const types = outputs.map((node) => typeOf(graph, node));
  return { text: kernelSource(graph, reads, { nodes: outputs, types }), reads, types };
}

export interface BackwardKernel extends Kernel {
  /** Which output is the gradient of each of `Plan.trained`, before it is summed to that tensor's shape; equal ones are one. */
  readonly sources: readonly number[];
}

export function backwardKernel(plan: Plan): BackwardKernel {
  const { traced, reads: all, trained } = plan;
  const { graph, outputs } = traced;
  const { seeds, gradients } = differentiate(graph, outputs, trained);
  const written = new Map<string, { node: NodeId; type: FloatType }>();
  const keys = gradients.map((node, i) => {
    const type = typeOf(graph, trained[i] as NodeId);
    written.set(`${node} ${type}`, { node, type });
    return `${node} ${type}`;
  });
  const nodes = [...written.values()].map(({ node }) => node);
  const types = [...written.values()].map(({ type }) => type);
  const needed = new Set(graph.needed(nodes));
  const reads = all.filter((id) => needed.has(id));
  const text = kernelSource(graph, [...reads, ...seeds], { nodes, types });
  return { text, reads, types, sources: keys.map((key) => [...written.keys()].indexOf(key)) };
}

function typeOf(graph: Graph, id: NodeId): FloatType {
  return graph.node(id).dtype ?? "float32";
}

/** One kernel writes all outputs, element by element. */
function requireOneShape({ graph, inputs, outputs }: Trace): void {
  const shapes = outputs.map((output) => {
    const read = graph.needed([output]).flatMap((id) => inputs.get(id) ?? []);
    return broadcastShape(read.map(({ shape }) => shape)).join(", ");
  });
  if (new Set(shapes).size > 1) {
    throw new JitError(
      `jit: all results of a function must have one shape, got [${shapes.join("] and [")}]; fuse them apart`,
    );
  }
}

function broadcastShape(shapes: readonly (readonly number[])[]): number[] {
  const numDims = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: numDims }, (_, dim) =>
    shapes.reduce((size, shape) => {
      const own = shape[shape.length - numDims + dim] ?? 1;
      return own === 1 ? size : own;
    }, 1),
  );
}
