// What the text of every fused kernel begins with: elements in memory, the GPU's own approximations, the functions that
// operations.ts names, and where an operand's elements lie.

/** Elements in memory, and single instructions. Tests put ordinary C++ in its place. */
export const DEVICE_PRELUDE = `struct bfloat16 { unsigned short bits; };
struct float16 { unsigned short bits; };
typedef float float32;
template <typename T, int N> struct alignas(sizeof(T) * N) Pack { T items[N]; };

__device__ inline float widen(float x) { return x; }
__device__ inline float widen(bfloat16 x) { return __uint_as_float(static_cast<unsigned>(x.bits) << 16); }
__device__ inline float widen(float16 x) {
  float wide;
  asm("cvt.f32.f16 %0, %1;" : "=f"(wide) : "h"(x.bits));
  return wide;
}
/* One element of a pack; a pair of bfloat16 is taken apart by one instruction each. */
template <typename T, int N> __device__ float element(const Pack<T, N>& pack, int index) { return widen(pack.items[index]); }
template <int N> __device__ float element(const Pack<bfloat16, N>& pack, int index) {
  if (N % 2 == 1) return widen(pack.items[index]);
  const unsigned pair = reinterpret_cast<const unsigned*>(&pack)[index / 2];
  return __uint_as_float(index % 2 == 1 ? pair & 0xffff0000u : pair << 16);
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
/* 2^x to 2 units in the last place; below 2^-126 it is 0 */
__device__ inline float exp2_approx(float x) {
  float result;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}
/* 1 / x to 1 unit in the last place; that of |x| > 2^126 is 0 */
__device__ inline float reciprocal_approx(float x) {
  float result;
  asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}
/* NaN when one of them is NaN */
__device__ inline float larger(float a, float b) {
  float result;
  asm("max.NaN.f32 %0, %1, %2;" : "=f"(result) : "f"(a), "f"(b));
  return result;
}
__device__ inline float smaller(float a, float b) {
  float result;
  asm("min.NaN.f32 %0, %1, %2;" : "=f"(result) : "f"(a), "f"(b));
  return result;
}
`;

/** Functions of operations.ts. Errors, with those of the approximations at their worst, are in units of 2^-23. */
export const FORMULAS = `
#define LOG2_E 1.4426950408889634f

/* Within 3 where x >= 0, 9 where x >= -20, 36 at -87: the rounding of x log2(e) grows. 0 below -87.4. */
__device__ inline float sigmoid(float x) { return reciprocal_approx(1.f + exp2_approx(x * -LOG2_E)); }

__device__ inline float silu(float x) { return x * sigmoid(x); }

/* Within 4 everywhere: 1 - 2 / (1 + exp(2 |x|)), and where that cancels an odd polynomial (minimax, 1.3). */
__device__ inline float hyperbolic_tangent(float x) {
  const float square = x * x;
  float p = fmaf(0.015612629f, square, -0.052211805f);
  p = fmaf(p, square, 0.13313117f);
  p = fmaf(p, square, -0.33332598f);
  const float far = fmaf(-2.f, reciprocal_approx(1.f + exp2_approx(fabsf(x) * (2.f * LOG2_E))), 1.f);
  return fabsf(x) < 0.6f ? fmaf(p * square, x, x) : copysignf(far, x);
}
`;

/** The kernel is compiled for each number of dimensions, DIMS; PACK elements of the innermost one are read at once. */
export const LAYOUT_PRELUDE = `
/* Division by \`size\` of what is below 2^31 (Granlund and Montgomery 1994). */
struct Divisor { unsigned size, factor, shift; };
/* The innermost dimension comes first, counted in packs. Strides are in elements. */
struct Layout { Divisor sizes[DIMS]; int strides[OPERANDS][DIMS]; };

__device__ inline unsigned quotient(unsigned x, const Divisor& by) {
  return (static_cast<unsigned>(static_cast<unsigned long long>(x) * by.factor >> 32) + x) >> by.shift;
}

/* Where a pack begins in each operand, in elements. */
__device__ inline void locate(const Layout& layout, unsigned pack, int (&offsets)[OPERANDS]) {
  constexpr bool kMoves[] = {MOVES};
  unsigned rest = pack;
#pragma unroll
  for (int dim = 0; dim < DIMS; ++dim) {
    const bool is_last = dim + 1 == DIMS;
    const unsigned outer = is_last ? 0 : quotient(rest, layout.sizes[dim]);
    const int index = static_cast<int>(is_last ? rest : rest - outer * layout.sizes[dim].size);
#pragma unroll
    for (int operand = 0; operand < OPERANDS; ++operand) {
      const int stride = dim > 0 || PACK == 1 ? layout.strides[operand][dim] : kMoves[operand] ? PACK : 0;
      offsets[operand] = (dim == 0 ? 0 : offsets[operand]) + index * stride;
    }
    rest = outer;
  }
}
`;
