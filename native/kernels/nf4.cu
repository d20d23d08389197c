// Weights of four bits widened (nf4.h). A thread writes the sixteen numbers of eight bytes, or the two of one where sizes are odd.
#include "nf4_values.h"
#include "overlap.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256;

__constant__ float kValues[16] = NOTEBOOSTER_NF4_VALUES;

/* Without fused multiply-add: bitsandbytes' bits. */
__device__ inline float absmax_of(const Nf4& a, int64_t block) {
  if (a.map == nullptr) return static_cast<const float*>(a.absmax)[block];
  const float scaled = __fmul_rn(a.map[static_cast<const uint8_t*>(a.absmax)[block]], a.scales[block / 256]);
  return __fadd_rn(scaled, *a.offset);
}

template <typename T, int N>
__global__ void __launch_bounds__(kThreads) dequantize(Nf4 a, int block_shift) {
  __shared__ float values[16];  // sixteen banks: no two threads wait for one another
  if (threadIdx.x < 16) values[threadIdx.x] = kValues[threadIdx.x];
  wait_for_kernel_before();
  __syncthreads();
  const int64_t at = (int64_t(blockIdx.x) * kThreads + threadIdx.x) * N;
  if (at >= a.numel) return;
  const float absmax = absmax_of(a, at >> block_shift);
  const Pack<uint8_t, N / 2> codes = load_once<uint8_t, N / 2>(a.packed + at / 2);
  const auto* bytes = reinterpret_cast<const uint8_t*>(&codes.bits);
  float out[N];
#pragma unroll
  for (int i = 0; i < N / 2; ++i) {
    out[2 * i] = values[bytes[i] >> 4] * absmax;
    out[2 * i + 1] = values[bytes[i] & 15] * absmax;
  }
  T* to = static_cast<T*>(a.out) + at;
  if constexpr (N == 2) {
    to[0] = narrow<T>(out[0]);
    if (at + 1 < a.numel) to[1] = narrow<T>(out[1]);
  } else {
    // a product reads it next, so it stays in the caches as far as it fits
#pragma unroll
    for (int i = 0; i < N; i += kVector<T>) {
      float part[kVector<T>];
#pragma unroll
      for (int j = 0; j < kVector<T>; ++j) part[j] = out[i + j];
      *reinterpret_cast<Pack<T, kVector<T>>*>(to + i) = pack<T, kVector<T>>(part);
    }
  }
}

int shift_of(int64_t power_of_two) {
  int shift = 0;
  while (int64_t(1) << shift < power_of_two) ++shift;
  return shift;
}

template <typename T, int N>
void launch(const Nf4& a, Stream stream) {
  const Launch launch{dim3(ceil_div(a.numel, int64_t(kThreads) * N)), dim3(kThreads), stream};
  launch_overlapping(dequantize<T, N>, launch, a, shift_of(a.block_size));
}

}  // namespace

LaunchError dequantize_nf4(const Nf4& a, Stream stream) {
  if (a.numel == 0) return nullptr;
  const bool fits_packs = a.numel % 16 == 0 && is_aligned(a.packed) && is_aligned(a.out);
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    fits_packs ? launch<T, 16>(a, stream) : launch<T, 2>(a, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
