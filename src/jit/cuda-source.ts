// A graph of expressions as the text of one CUDA kernel. The addon compiles it (native/jit/pointwise.cc) once for each layout:
// DIMS dimensions, PACK elements a load, MOVESn = 1 when operand n has one element for each element of the innermost dimension.
import type { FloatType, Graph, NodeId } from "./graph.js";
import { OPERATIONS, type Operation } from "./operations.js";

/** What a kernel writes, output by output. */
export interface KernelOutputs {
  readonly nodes: readonly NodeId[];
  readonly types: readonly FloatType[];
}

/** Elements in memory, and their way to float32 and back. */
export const DEVICE_PRELUDE = `struct bfloat16 { unsigned short bits; };
struct float16 { unsigned short bits; };
typedef float float32;

__device__ inline float widen(float x) { return x; }
__device__ inline float widen(bfloat16 x) { return __uint_as_float(static_cast<unsigned>(x.bits) << 16); }
__device__ inline float widen(float16 x) {
  float wide;
  asm("cvt.f32.f16 %0, %1;" : "=f"(wide) : "h"(x.bits));
  return wide;
}
template <typename T> __device__ T narrow(float x);
template <> __device__ inline float narrow<float>(float x) { return x; }
template <> __device__ inline bfloat16 narrow<bfloat16>(float x) {
  bfloat16 result;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(result.bits) : "f"(x));
  return result;
}
template <> __device__ inline float16 narrow<float16>(float x) {
  float16 result;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(result.bits) : "f"(x));
  return result;
}
`;

const LAYOUT_PRELUDE = `
__device__ inline float fmax_nan(float a, float b) { return a > b || a != a ? a : b; }
__device__ inline float fmin_nan(float a, float b) { return a < b || a != a ? a : b; }

template <typename T, int N> struct alignas(sizeof(T) * N) Pack { T items[N]; };
struct Layout { unsigned sizes[DIMS]; int strides[OPERANDS][DIMS]; };

/* Where a pack begins in each operand, in elements. */
__device__ inline void locate(const Layout& layout, unsigned pack, int (&offsets)[OPERANDS]) {
  unsigned rest = pack * PACK;
  for (int operand = 0; operand < OPERANDS; ++operand) offsets[operand] = 0;
#pragma unroll
  for (int dim = 0; dim < DIMS; ++dim) {
    const unsigned outer = dim + 1 < DIMS ? rest / layout.sizes[dim] : 0;
    const int index = static_cast<int>(rest - outer * (dim + 1 < DIMS ? layout.sizes[dim] : 0));
#pragma unroll
    for (int operand = 0; operand < OPERANDS; ++operand) offsets[operand] += index * layout.strides[operand][dim];
    rest = outer;
  }
}
`;

/** Threads a block and packs a thread, as in native/jit/pointwise.cc. */
const [THREADS, UNROLL] = [256, 2];

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
  return `${DEVICE_PRELUDE}#define OPERANDS ${operands}
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
  const packs = loaded.map(
    ({ type, operand }) => `Pack<${type}, ${width(operand)}> x${operand}[${UNROLL}];`,
  );
  const loads = loaded.map(
    ({ type, operand }) =>
      `x${operand}[u] = *reinterpret_cast<const Pack<${type}, ${width(operand)}>*>(p${operand} + offsets[u][${operand}]);`,
  );
  const values = loaded.map(
    ({ operand }) => `widen(x${operand}[u].items[MOVES${operand} ? j : 0])`,
  );
  const results = outputs.types.map((_, i) => `y${i}`);
  return `extern "C" __global__ void __launch_bounds__(${THREADS}) pointwise(${parameters.join(", ")}) {
  const unsigned first = blockIdx.x * ${THREADS * UNROLL} + threadIdx.x;
  int offsets[${UNROLL}][OPERANDS];
  ${packs.join("\n  ")}
#pragma unroll
  for (int u = 0; u < ${UNROLL}; ++u) {
    if (first + u * ${THREADS} >= packs) continue;
    locate(layout, first + u * ${THREADS}, offsets[u]);
    ${loads.join("\n    ")}
  }
#pragma unroll
  for (int u = 0; u < ${UNROLL}; ++u) {
    if (first + u * ${THREADS} >= packs) continue;
    ${outputs.types.map((dtype, i) => `Pack<${dtype}, PACK> out${i};`).join("\n    ")}
#pragma unroll
    for (int j = 0; j < PACK; ++j) {
      float ${results.join(", ")};
      compute(${["scalars", ...values, ...results].join(", ")});
      ${outputs.types.map((dtype, i) => `out${i}.items[j] = narrow<${dtype}>(y${i});`).join("\n      ")}
    }
    ${outputs.types.map((dtype, i) => `*reinterpret_cast<Pack<${dtype}, PACK>*>(p${i} + offsets[u][${i}]) = out${i};`).join("\n    ")}
  }
}
`;
}
