// Runs the CUDA text of fused functions on the CPU: g++ compiles it with stand-ins for the few things of CUDA it uses, and
// plain loops take the place of blocks and threads.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEVICE_PRELUDE } from "../../src/jit/prelude.js";
import { scratchFolder } from "../fixtures/scratch.js";

export type ElementType = "float32" | "bfloat16" | "float16";

/** Numbers of an operand before it is broadcast. */
export interface Operand {
  readonly values: Float32Array;
  readonly shape: readonly number[];
  readonly type: ElementType;
}

export interface KernelRun {
  readonly source: string;
  readonly inputs: readonly Operand[];
  readonly outputTypes: readonly ElementType[];
  readonly outputShape: readonly number[];
  readonly scalars: readonly number[];
  /** Elements a load; more than one needs an innermost dimension that is a multiple. */
  readonly pack: number;
}

const HOST_PRELUDE = `#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>
#define __device__
#define __global__
#define __restrict__
#define __launch_bounds__(threads)
struct Index { unsigned x; };
static Index blockIdx, threadIdx;
struct bfloat16 { unsigned short bits; };
struct float16 { _Float16 value; };
typedef float float32;
static inline float widen(float x) { return x; }
static inline float widen(bfloat16 x) { uint32_t bits = uint32_t(x.bits) << 16; float f; std::memcpy(&f, &bits, 4); return f; }
static inline float widen(float16 x) { return x.value; }
template <typename T> T narrow(float x);
template <> inline float narrow<float>(float x) { return x; }
template <> inline bfloat16 narrow<bfloat16>(float x) {
  uint32_t bits; std::memcpy(&bits, &x, 4);
  return {static_cast<unsigned short>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16)};
}
template <> inline float16 narrow<float16>(float x) { return {static_cast<_Float16>(x)}; }
template <typename T, int N> struct alignas(sizeof(T) * N) Pack { T items[N]; };
template <typename T, int N> float element(const Pack<T, N>& pack, int index) { return widen(pack.items[index]); }
static inline float exp2_approx(float x) { return std::exp2(x); }
static inline float reciprocal_approx(float x) { return 1.f / x; }
static inline float larger(float a, float b) { return a > b || a != a ? a : b; }
static inline float smaller(float a, float b) { return a < b || a != a ? a : b; }
static inline float rsqrtf(float x) { return 1.f / std::sqrt(x); }
template <typename T> std::vector<T> read(FILE* file, size_t count) {
  std::vector<float> wide(count); if (fread(wide.data(), 4, count, file) != count) throw 1;
  std::vector<T> result; for (float x : wide) result.push_back(narrow<T>(x)); return result;
}
template <typename T> void write(FILE* file, const std::vector<T>& values) {
  for (T value : values) { const float x = widen(value); fwrite(&x, 4, 1, file); }
}
`;

/** The outputs of every run, compiled and executed in one program. */
export function runOnHost(runs: readonly KernelRun[]): Float32Array[][] {
  const folder = scratchFolder();
  const file = (name: string): string => join(folder, name);
  const main = runs.map((_, i) => `  k${i}::run(in, out);`).join("\n");
  const program = `${HOST_PRELUDE}${runs.map(kernelText).join("\n")}
int main(int, char** argv) {
  FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "wb");
${main}
  fclose(out);
}`;
  writeFileSync(file("kernels.cc"), program);
  const numbers = runs.flatMap(({ inputs }) =>
    inputs.map(({ values }) => Buffer.from(values.buffer)),
  );
  writeFileSync(file("inputs"), Buffer.concat(numbers));
  const options = ["-std=c++17", "-O1", "-w", "-o", file("kernels"), file("kernels.cc")];
  execFileSync("g++", options);
  execFileSync(file("kernels"), [file("inputs"), file("outputs")]);
  return split(new Float32Array(Uint8Array.from(readFileSync(file("outputs"))).buffer), runs);
}

function split(flat: Float32Array, runs: readonly KernelRun[]): Float32Array[][] {
  let start = 0;
  const take = (count: number): Float32Array => {
    start += count;
    return flat.slice(start - count, start);
  };
  return runs.map(({ outputTypes, outputShape }) => outputTypes.map(() => take(size(outputShape))));
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Strides in elements from the innermost dimension outwards, 0 where the operand is broadcast. */
function strides(shape: readonly number[], outputShape: readonly number[]): number[] {
  const padded = [...Array<number>(outputShape.length - shape.length).fill(1), ...shape];
  return padded.map((length, dim) => (length === 1 ? 0 : size(padded.slice(dim + 1)))).reverse();
}

/** As native/jit/pointwise.cc makes it. */
function divisor(size: number): string {
  const shift = Math.ceil(Math.log2(size));
  const factor = (2n ** 32n * (2n ** BigInt(shift) - BigInt(size))) / BigInt(size) + 1n;
  return `{${size}, ${factor}u, ${shift}}`;
}

function kernelText(run: KernelRun, index: number): string {
  const { source, inputs, outputTypes, outputShape, scalars, pack } = run;
  const operands = [
    ...outputTypes.map((type) => ({ type, shape: outputShape })),
    ...inputs.map(({ type, shape }) => ({ type, shape })),
  ].map(({ type, shape }) => ({ type, shape, strides: strides(shape, outputShape) }));
  const moves = operands.map((operand) => (pack > 1 && operand.strides[0] !== 0 ? 1 : 0));
  const macros: [string, number][] = [
    ["DIMS", outputShape.length],
    ["PACK", pack],
    ...moves.map((value, i): [string, number] => [`MOVES${i}`, value]),
  ];
  const packs = size(outputShape) / pack;
  const sizes = outputShape
    .toReversed()
    .map((size, dim) => divisor(dim === 0 ? size / pack : size));
  const layout = `{{${sizes}}, {${operands.map((o) => `{${o.strides}}`)}}}`;
  const vectors = operands.map(({ type, shape }, i) =>
    i < outputTypes.length
      ? `std::vector<${type}> p${i}(${size(shape)});`
      : `auto p${i} = read<${type}>(in, ${size(shape)});`,
  );
  const pointers = operands.map((_, i) => `p${i}.data()`);
  return `${macros.map(([name, value]) => `#define ${name} ${value}`).join("\n")}
namespace k${index} {
${source.replace(DEVICE_PRELUDE, "").replace('extern "C" ', "static ")}
void run(FILE* in, FILE* out) {
  ${vectors.join("\n  ")}
  const Layout layout${layout};
  const Scalars scalars{{${scalars.length > 0 ? scalars.map((x) => `${x}`).join(", ") : "0"}}};
  for (blockIdx.x = 0; blockIdx.x < (${packs} + 255) / 256; ++blockIdx.x)
    for (threadIdx.x = 0; threadIdx.x < 256; ++threadIdx.x) pointwise(${pointers.join(", ")}, layout, scalars, ${packs});
  ${outputTypes.map((_, i) => `write(out, p${i});`).join(" ")}
}
}
${["OPERANDS", "MOVES", "LOG2_E", ...macros.map(([name]) => name)].map((name) => `#undef ${name}`).join("\n")}
`;
}
