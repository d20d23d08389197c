// Products of a few rows with a weight (out, in), as generating text has them: each weight is read once, so that memory is all that counts. A
// block makes four numbers of each row, its threads side by side along `in`. Measured on an H200 beside others: warps with outputs of their own,
// more loads under way, blocks that go round, and weights fetched into the cache before the wait were all slower (LOG.md, 2026-11-28).
#include "overlap.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256, kWarps = kThreads / 32;
constexpr int kOutputs = 4;  // of each row, by a block

template <typename T, int Rows>
__global__ void __launch_bounds__(kThreads, Rows <= 2 ? 4 : 2) few_rows(FewRows a) {
  constexpr int N = kVector<T>;
  __shared__ float parts[kOutputs * Rows][kWarps];
  wait_for_kernel_before();
  let_dependents_start();
  const T *x = static_cast<const T*>(a.x), *weight = static_cast<const T*>(a.weight), *bias = static_cast<const T*>(a.bias);
  const int64_t first = int64_t(blockIdx.x) * kOutputs;
  float sums[kOutputs][Rows] = {};
  for (int64_t at = threadIdx.x * N; at < a.in; at += kThreads * N) {
    Pack<T, N> packs[kOutputs];
#pragma unroll
    for (int r = 0; r < kOutputs; ++r) packs[r] = load_once<T, N>(weight + min(first + r, a.out - 1) * a.in + at);
#pragma unroll
    for (int row = 0; row < Rows; ++row) {
      float values[N];
      unpack(load<T, N>(x + row * a.in + at), values);
#pragma unroll
      for (int r = 0; r < kOutputs; ++r) {
        float weights[N];
        unpack(packs[r], weights);
#pragma unroll
        for (int j = 0; j < N; ++j) sums[r][row] += weights[j] * values[j];
      }
    }
  }
#pragma unroll
  for (int i = 0; i < kOutputs * Rows; ++i) {
    const float sum = warp_sum(sums[i % kOutputs][i / kOutputs]);
    if (threadIdx.x % 32 == 0) parts[i][threadIdx.x / 32] = sum;
  }
  __syncthreads();
  if (threadIdx.x >= kOutputs * Rows) return;
  const int64_t out = first + threadIdx.x % kOutputs, row = threadIdx.x / kOutputs;
  if (out >= a.out) return;
  float sum = 0;
#pragma unroll
  for (int warp = 0; warp < kWarps; ++warp) sum += parts[threadIdx.x][warp];
  static_cast<T*>(a.y)[row * a.out + out] = narrow<T>(bias ? sum + widen(bias[out]) : sum);
}

template <typename T, int Rows>
void launch(const FewRows& a, Stream stream) {
  launch_overlapping(few_rows<T, Rows>, Launch{dim3(ceil_div(a.out, int64_t(kOutputs))), dim3(kThreads), stream}, a);
}

}  // namespace

LaunchError few_rows(const FewRows& a, Stream stream) {
  if (a.out == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    switch (a.rows) {
      case 1: return launch<T, 1>(a, stream);
      case 2: return launch<T, 2>(a, stream);
      case 3: return launch<T, 3>(a, stream);
      default: return launch<T, 4>(a, stream);
    }
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
