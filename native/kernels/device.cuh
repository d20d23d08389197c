// What the CUDA kernels share: 16-byte packs of elements widened to float32, sums over a block, choice by dtype.
#pragma once
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#include <cstdint>

#include "launchers.h"

namespace notebooster::kernels {

template <int Bytes>
struct BitsOf;
template <>
struct BitsOf<1> { using type = uint8_t; };
template <>
struct BitsOf<2> { using type = uint16_t; };
template <>
struct BitsOf<4> { using type = uint32_t; };
template <>
struct BitsOf<8> { using type = uint2; };
template <>
struct BitsOf<16> { using type = uint4; };

/* N elements moved by one instruction. */
template <typename T, int N>
struct Pack {
  typename BitsOf<int(sizeof(T)) * N>::type bits;
};

template <typename T>
constexpr int kVector = 16 / sizeof(T);

/* Numbers as types, for choosing a kernel at run time. */
template <int Value>
struct Int { static constexpr int value = Value; };
template <bool Value>
struct Bool { static constexpr bool value = Value; };

__device__ inline float widen(float x) { return x; }
__device__ inline float widen(__half x) { return __half2float(x); }
__device__ inline float widen(__nv_bfloat16 x) { return __bfloat162float(x); }
__device__ inline float2 widen(__half2 x) { return __half22float2(x); }
__device__ inline float2 widen(__nv_bfloat162 x) {
  const uint32_t bits = reinterpret_cast<const uint32_t&>(x);
  return {__uint_as_float(bits << 16), __uint_as_float(bits & 0xffff0000)};
}

template <typename T>
__device__ T narrow(float x);
template <>
__device__ inline float narrow<float>(float x) { return x; }
template <>
__device__ inline __half narrow<__half>(float x) { return __float2half_rn(x); }
template <>
__device__ inline __nv_bfloat16 narrow<__nv_bfloat16>(float x) { return __float2bfloat16_rn(x); }

template <typename T>
struct PairOf;
template <>
struct PairOf<__half> {
  using type = __half2;
  static __device__ __half2 narrow(float2 x) { return __float22half2_rn(x); }
};
template <>
struct PairOf<__nv_bfloat16> {
  using type = __nv_bfloat162;
  static __device__ __nv_bfloat162 narrow(float2 x) { return __float22bfloat162_rn(x); }
};

template <typename T, int N>
__device__ inline Pack<T, N> load(const T* from) {
  return *reinterpret_cast<const Pack<T, N>*>(from);
}

/* For what is read once: leaves the caches to others. */
template <typename T, int N>
__device__ inline Pack<T, N> load_once(const T* from) {
  using Bits = typename BitsOf<int(sizeof(T)) * N>::type;
  return {__ldcs(reinterpret_cast<const Bits*>(from))};
}

/* 16 bytes from global into shared memory, in the background; a thread waits for its own copies only. */
__device__ inline void copy_async(void* shared, const void* global) {
  const auto to = static_cast<uint32_t>(__cvta_generic_to_shared(shared));
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to), "l"(global) : "memory");
}
__device__ inline void commit_copies() { asm volatile("cp.async.commit_group;" ::: "memory"); }
/* Until at most `Left` of the groups committed are under way. */
template <int Left>
__device__ inline void wait_copies() {
  asm volatile("cp.async.wait_group %0;" ::"n"(Left) : "memory");
}

template <typename T, int N>
__device__ inline void unpack(const Pack<T, N>& pack, float (&out)[N]) {
  if constexpr (N % 2 == 0 && sizeof(T) == 2) {
    const auto* pairs = reinterpret_cast<const typename PairOf<T>::type*>(&pack.bits);
#pragma unroll
    for (int i = 0; i < N / 2; ++i) {
      const float2 pair = widen(pairs[i]);
      out[2 * i] = pair.x;
      out[2 * i + 1] = pair.y;
    }
  } else {
    const T* items = reinterpret_cast<const T*>(&pack.bits);
#pragma unroll
    for (int i = 0; i < N; ++i) out[i] = widen(items[i]);
  }
}

template <typename T, int N>
__device__ inline Pack<T, N> pack(const float (&values)[N]) {
  Pack<T, N> result;
  if constexpr (N % 2 == 0 && sizeof(T) == 2) {
    auto* pairs = reinterpret_cast<typename PairOf<T>::type*>(&result.bits);
#pragma unroll
    for (int i = 0; i < N / 2; ++i) pairs[i] = PairOf<T>::narrow(make_float2(values[2 * i], values[2 * i + 1]));
  } else {
    T* items = reinterpret_cast<T*>(&result.bits);
#pragma unroll
    for (int i = 0; i < N; ++i) items[i] = narrow<T>(values[i]);
  }
  return result;
}

/* Results are larger than the caches: they leave first, so that what is still to be read stays. */
template <typename T, int N>
__device__ inline void store(T* to, const Pack<T, N>& pack) {
  using Bits = typename BitsOf<int(sizeof(T)) * N>::type;
  __stcs(reinterpret_cast<Bits*>(to), pack.bits);
}
template <typename T, int N>
__device__ inline void store(T* to, const float (&values)[N]) {
  store<T, N>(to, pack<T, N>(values));
}

constexpr float kLog2E = 1.4426950408889634f;

/* 2^x in one instruction; results below 2^-126 are 0 */
__device__ inline float exp2_fast(float x) {
  float result;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}

/* 1 / x in one instruction, to one unit in the last place; that of |x| > 2^126 is 0 */
__device__ inline float reciprocal_fast(float x) {
  float result;
  asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}

/* Lets a kernel use `bytes` of dynamic shared memory: more than 48 KiB with the static part must be asked for. */
template <typename Kernel>
void allow_shared(Kernel* kernel, size_t bytes) {
  if (bytes > 32 << 10)
    cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(bytes));
}

__device__ inline float warp_sum(float value) {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) value += __shfl_xor_sync(~0u, value, mask);
  return value;
}
__device__ inline float2 warp_sum(float2 value) {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) {
    value.x += __shfl_xor_sync(~0u, value.x, mask);
    value.y += __shfl_xor_sync(~0u, value.y, mask);
  }
  return value;
}

/* The sum over the block of a number or of two, in every thread, always in the same order. Alternate `buffer` (0, 1) between calls. */
template <typename Value>
__device__ inline Value block_sum(Value value, int buffer) {
  __shared__ Value warps[2][32];
  value = warp_sum(value);
  if (threadIdx.x % 32 == 0) warps[buffer][threadIdx.x / 32] = value;
  __syncthreads();
  return warp_sum(threadIdx.x % 32 < blockDim.x / 32 ? warps[buffer][threadIdx.x % 32] : Value{});
}

/* As above for four sums: each quarter of a warp ends with one of them, so that 13 shuffles do instead of 40. */
__device__ inline float4 block_sum(float4 value, int buffer) {
  __shared__ float warps[2][4][32];
  const int lane = threadIdx.x % 32, quarter = lane / 8, num_warps = blockDim.x / 32;
  const bool upper = lane & 16, second = lane & 8;
  float first = upper ? value.z : value.x, other = upper ? value.w : value.y;
  first += __shfl_xor_sync(~0u, upper ? value.x : value.z, 16);
  other += __shfl_xor_sync(~0u, upper ? value.y : value.w, 16);
  float sum = (second ? other : first) + __shfl_xor_sync(~0u, second ? first : other, 8);
  const auto over_quarter = [&] {
#pragma unroll
    for (int mask = 4; mask > 0; mask /= 2) sum += __shfl_xor_sync(~0u, sum, mask);
  };
  over_quarter();
  if (lane % 8 == 0) warps[buffer][quarter][threadIdx.x / 32] = sum;
  __syncthreads();
  sum = 0;
#pragma unroll
  for (int warp = 0; warp < 32; warp += 8)
    if (warp + lane % 8 < num_warps) sum += warps[buffer][quarter][warp + lane % 8];
  over_quarter();
  return {__shfl_sync(~0u, sum, 0), __shfl_sync(~0u, sum, 8), __shfl_sync(~0u, sum, 16), __shfl_sync(~0u, sum, 24)};
}

/* visit(T()) with the C++ type of an element */
template <typename Visit>
void with_element(Element element, Visit visit) {
  switch (element) {
    case Element::f32: return visit(float());
    case Element::f16: return visit(__half());
    case Element::bf16: return visit(__nv_bfloat16());
  }
}

inline bool is_aligned(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer) % 16 == 0; }

inline int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

inline int device_attribute(cudaDeviceAttr attribute) {
  int device = 0, value = 0;
  cudaGetDevice(&device);
  cudaDeviceGetAttribute(&value, attribute, device);
  return value > 0 ? value : 1;
}
inline int num_multiprocessors() { return device_attribute(cudaDevAttrMultiProcessorCount); }
/* Bytes of shared memory a block can ask for. */
inline size_t most_shared() { return device_attribute(cudaDevAttrMaxSharedMemoryPerBlockOptin) - 1024; }

inline LaunchError launch_error() {
  const cudaError_t error = cudaGetLastError();
  return error == cudaSuccess ? nullptr : cudaGetErrorString(error);
}

}  // namespace notebooster::kernels
