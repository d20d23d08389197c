// The L2 norm of many tensors and whether it overflowed, in one pass: every block adds squares of its chunks in float32,
// the last kernel adds the blocks' sums in float64 in a fixed order.
#include "tensor_list.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256;

template <typename T, int N>
__device__ float squares_of(const T* data, int64_t size) {
  constexpr int kTurns = kChunk / (kThreads * N);
  float sum = 0;
  if (size == kChunk) {
    Pack<T, N> packs[kTurns];
#pragma unroll
    for (int k = 0; k < kTurns; ++k) packs[k] = load_once<T, N>(data + (k * kThreads + threadIdx.x) * N);
#pragma unroll
    for (int k = 0; k < kTurns; ++k) {
      float x[N];
      unpack(packs[k], x);
#pragma unroll
      for (int j = 0; j < N; ++j) sum += x[j] * x[j];
    }
  } else {
    for (int64_t i = threadIdx.x; i < size; i += kThreads) sum += widen(data[i]) * widen(data[i]);
  }
  return sum;
}

template <typename T>
__global__ void __launch_bounds__(kThreads) sum_chunks(const __grid_constant__ TensorList<NormTensor> list,
                                                       int64_t chunks, double* partials) {
  float sum = 0;
#pragma unroll 4
  for (int64_t i = blockIdx.x; i < chunks; i += gridDim.x) {
    const Chunk chunk = find_chunk(list, i);
    const T* data = static_cast<const T*>(list.tensors[chunk.tensor].data) + chunk.begin;
    const bool wide = reinterpret_cast<uintptr_t>(data) % 16 == 0;
    sum += wide ? squares_of<T, kVector<T>>(data, chunk.size) : squares_of<T, 1>(data, chunk.size);
  }
  sum = block_sum(sum, 0);
  if (threadIdx.x == 0) partials[blockIdx.x] = sum;
}

__global__ void __launch_bounds__(1024) finish(const double* partials, int64_t count, float* norm, float* overflow) {
  __shared__ double sums[1024];
  double sum = 0;
  for (int64_t i = threadIdx.x; i < count; i += 1024) sum += partials[i];
  sums[threadIdx.x] = sum;
  for (int half = 512; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
  }
  if (threadIdx.x > 0) return;
  *norm = static_cast<float>(sqrt(sums[0]));
  *overflow = isfinite(*norm) ? 0.f : 1.f;
}

}  // namespace

int64_t num_norm_launches(int64_t count) { return ceil_div(count, kTensors); }

LaunchError sums_of_squares(const NormTensor* tensors, int64_t count, Element element, double* partials,
                            Stream stream) {
  with_element(element, [&](auto zero) {
    using T = decltype(zero);
    for_each_list(tensors, count, [&](const auto& list, int64_t chunks) {
      sum_chunks<T><<<chunks < kNormBlocks ? chunks : kNormBlocks, kThreads, 0, stream>>>(list, chunks, partials);
      partials += kNormBlocks;
    });
  });
  return launch_error();
}

LaunchError finish_norm(const double* partials, int64_t count, float* norm, float* overflow, Stream stream) {
  finish<<<1, 1024, 0, stream>>>(partials, count, norm, overflow);
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
