// A graph of expressions as the text of one CUDA kernel. The addon compiles it (native/jit/pointwise.cc) once for each layout:
// DIMS dimensions, PACK elements a load, MOVESn = 1 when operand n has one element for each element of the innermost dimension.
import type { FloatType, Graph, NodeId } from "./graph.js";
import { OPERATIONS, type Operation } from "./operations.js";
import { DEVICE_PRELUDE, FORMULAS, LAYOUT_PRELUDE } from "./prelude.js";

/** What a kernel writes, output by output. */
export interface KernelOutputs {
  readonly nodes: readonly NodeId[];
  readonly types: readonly FloatType[];
}

/** Threads a block, as in native/jit/pointwise.cc. Each does one pack: occupancy hides the memory's latency. */
const THREADS = 256;

/**
 * A kernel \`pointwise(outputs..., inputs..., layout, scalars, packs)\`.
 * @param inputs which inputs of the graph it is given, in this order
 */
export function kernelSource(
  graph: Graph,
  inputs: readonly NodeId[],
  outputs: KernelOutputs,
): string {
  const operands = outputs.nodes.length + inputs.length;
  const moves = Array.from({ length: operands }, (_, operand) => `MOVES${operand}`);
  return `${DEVICE_PRELUDE}${FORMULAS}
#define OPERANDS ${operands}
#define MOVES ${moves.join(", ")}
${LAYOUT_PRELUDE}
struct Scalars { float values[${Math.max(graph.scalars.length, 1)}]; };

${computation(graph, inputs, outputs)}
${entry(graph, inputs, outputs)}`;
}

function computation(graph: Graph, inputs: readonly NodeId[], outputs: KernelOutputs): string {
  const parameters = [
    "const Scalars& scalars",
    ...inputs.map((id) => `float v${id}`),
    ...outputs.types.map((_, i) => `float& y${i}`),
  ];
  const lines = graph
    .needed(outputs.nodes)
    .flatMap((id) =>
      graph.node(id).kind === "input" ? [] : [`const float v${id} = ${codeOf(graph, id)};`],
    );
  const results = outputs.nodes.map((node, i) => `y${i} = v${node};`);
  return `__device__ inline void compute(${parameters.join(", ")}) {
  ${[...lines, ...results].join("\n  ")}
}
`;
}

function codeOf(graph: Graph, id: NodeId): string {
  const node = graph.node(id);
  if (node.kind === "scalar") return `scalars.values[${node.slot}]`;
  if (node.kind === "literal") {
    return Number.isInteger(node.value) ? `${node.value}.f` : `${node.value}f`;
  }
  if (node.kind === "input") return `v${id}`;
  const { code } = OPERATIONS[node.name] as Operation;
  return code(...node.args.map((arg) => `v${arg}`));
}

function entry(graph: Graph, inputs: readonly NodeId[], outputs: KernelOutputs): string {
  const loaded = inputs.map((id, i) => ({
    type: graph.node(id).dtype as FloatType,
    operand: outputs.nodes.length + i,
  }));
  const width = (operand: number): string => `(MOVES${operand} ? PACK : 1)`;
  const parameters = [
    ...outputs.types.map((dtype, i) => `${dtype}* p${i}`),
    ...loaded.map(({ type, operand }) => `const ${type}* __restrict__ p${operand}`),
    "const Layout layout, const Scalars scalars, const unsigned packs",
  ];
  const loads = loaded.map(
    ({ type, operand }) =>
      `const auto x${operand} = *reinterpret_cast<const Pack<${type}, ${width(operand)}>*>(p${operand} + offsets[${operand}]);`,
  );
  const values = loaded.map(({ operand }) => `element(x${operand}, MOVES${operand} ? j : 0)`);
  const results = outputs.types.map((_, i) => `y${i}`);
  const each = (line: (dtype: FloatType, i: number) => string, indent: string): string =>
    outputs.types.map(line).join(`\n${indent}`);
  return `extern "C" __global__ void __launch_bounds__(${THREADS}) pointwise(${parameters.join(", ")}) {
  const unsigned pack = blockIdx.x * ${THREADS} + threadIdx.x;
  if (pack >= packs) return;
  int offsets[OPERANDS];
  locate(layout, pack, offsets);
  ${loads.join("\n  ")}
  ${each((dtype, i) => `Pack<${dtype}, PACK> out${i};`, "  ")}
#pragma unroll
  for (int j = 0; j < PACK; ++j) {
    float ${results.join(", ")};
    compute(${["scalars", ...values, ...results].join(", ")});
    ${each((dtype, i) => `out${i}.items[j] = narrow<${dtype}>(y${i});`, "    ")}
  }
  ${each((dtype, i) => `*reinterpret_cast<Pack<${dtype}, PACK>*>(p${i} + offsets[${i}]) = out${i};`, "  ")}
}
`;
}
