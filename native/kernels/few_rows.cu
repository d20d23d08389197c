// Products of a few rows with weights (out, in), as generating text has them: each weight is read once, so that memory is all that counts. A
// block makes four numbers of each row, its threads side by side along `in`. A gate or a sum after the product is done here, too. Measured on an
// H200 beside others: warps with outputs of their own, more loads under way, blocks that go round, 128 or 384 threads, weights fetched into the cache before the
// wait, and the norm of the rows made by each block were all slower or no faster (LOG.md, 2026-11-28).
#include "activation.cuh"
#include "overlap.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256, kWarps = kThreads / 32;
constexpr int kOutputs = 4;  // of each row, by a block; of a gate two, with their two factors

/* What a block multiplies with: rows `first` and on of weight `which`. */
struct Share {
  int which;
  int64_t first;
};

__device__ inline Share share_of(const FewRows& a, int64_t block) {
  if (a.gated) return {0, block * (kOutputs / 2)};
  int which = 0;
  for (int64_t blocks; which + 1 < a.count && block >= (blocks = (a.outs[which] + kOutputs - 1) / kOutputs); ++which) block -= blocks;
  return {which, block * kOutputs};
}

template <typename T, int Rows>
__global__ void __launch_bounds__(kThreads, (Rows <= 2 ? 1024 : 512) / kThreads) few_rows(FewRows a) {
  constexpr int N = kVector<T>;
  __shared__ float parts[kOutputs * Rows][kWarps];
  const T* x = static_cast<const T*>(a.x);
  const auto [which, first] = share_of(a, blockIdx.x);
  const int64_t outs = a.outs[which], begin = threadIdx.x * N;
  const T* rows[kOutputs];
#pragma unroll
  for (int r = 0; r < kOutputs; ++r) {
    const bool is_factor = a.gated && r >= kOutputs / 2;
    const int64_t row = min(first + (is_factor ? r - kOutputs / 2 : r), outs - 1);
    rows[r] = static_cast<const T*>(a.weights[is_factor ? 1 : which]) + row * a.in;
  }
  Pack<T, N> packs[kOutputs];
  const auto load_weights = [&](int64_t at) {
#pragma unroll
    for (int r = 0; r < kOutputs; ++r) packs[r] = load_once<T, N>(rows[r] + at);
  };
  if (a.weights_stay && begin < a.in) load_weights(begin);  // on their way while the kernel before ends
  wait_for_kernel_before();
  let_dependents_start();
  if (!a.weights_stay && begin < a.in) load_weights(begin);
  float sums[kOutputs][Rows] = {};
  for (int64_t at = begin; at < a.in; at += kThreads * N) {
    if (at != begin) load_weights(at);
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
  const int own = a.gated ? kOutputs / 2 : kOutputs;  // results of each row
  if (threadIdx.x >= own * Rows) return;
  const int64_t out = first + threadIdx.x % own, row = threadIdx.x / own;
  if (out >= outs) return;
  const auto product = [&](int weight, int r) {
    float sum = 0;
#pragma unroll
    for (int warp = 0; warp < kWarps; ++warp) sum += parts[row * kOutputs + r][warp];
    const T* bias = static_cast<const T*>(a.biases[weight]);
    return widen(narrow<T>(bias ? sum + widen(bias[out]) : sum));
  };
  float result = product(which, threadIdx.x % own);
  if (a.gated) result = Silu::value(result) * product(1, threadIdx.x % own + own);
  if (a.residual) result += widen(static_cast<const T*>(a.residual)[row * outs + out]);
  static_cast<T*>(a.y[which])[row * outs + out] = narrow<T>(result);
}

int64_t blocks_of(const FewRows& a) {
  if (a.gated) return ceil_div(a.outs[0], kOutputs / 2);
  int64_t blocks = 0;
  for (int i = 0; i < a.count; ++i) blocks += ceil_div(a.outs[i], int64_t(kOutputs));
  return blocks;
}

template <typename T, int Rows>
void launch(const FewRows& a, Stream stream) {
  launch_overlapping(few_rows<T, Rows>, Launch{dim3(blocks_of(a)), dim3(kThreads), stream}, a);
}

}  // namespace

LaunchError few_rows(const FewRows& a, Stream stream) {
  if (blocks_of(a) == 0) return nullptr;
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
