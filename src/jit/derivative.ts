// Reverse-mode differentiation of an expression graph (Griewank and Walther 2008, chapter 3): the gradients are expressions in
// the same graph, of the same inputs and of the gradients of the outputs.
import type { Graph, NodeId } from "./graph.js";
import { OPERATIONS, type Operation } from "./operations.js";

export interface Derivative {
  /** New inputs of the graph: the gradient of each output. */
  readonly seeds: readonly NodeId[];
  /** The gradient of each target, of the shape that all inputs broadcast to. */
  readonly gradients: readonly NodeId[];
}

/** Gradients of `targets` given those of `outputs`. */
export function differentiate(
  graph: Graph,
  outputs: readonly NodeId[],
  targets: readonly NodeId[],
): Derivative {
  const order = graph.needed(outputs);
  const seeds = outputs.map((id) => graph.input(graph.node(id).dtype ?? "float32", false));
  const gradients = new Map<NodeId, NodeId>();
  const accumulate = (id: NodeId, gradient: NodeId): void => {
    const earlier = gradients.get(id);
    gradients.set(id, earlier === undefined ? gradient : graph.add(earlier, gradient));
  };
  for (const [i, output] of outputs.entries()) accumulate(output, seeds[i] as NodeId);
  for (const id of order.toReversed()) {
    const node = graph.node(id);
    const gradient = gradients.get(id);
    if (node.kind !== "operation" || gradient === undefined) continue;
    const rule = OPERATIONS[node.name] as Operation;
    for (const [i, part] of rule.gradients(graph, gradient, node.args, id).entries()) {
      accumulate(node.args[i] as NodeId, part);
    }
  }
  return { seeds, gradients: targets.map((id) => gradients.get(id) ?? graph.literal(0)) };
}
