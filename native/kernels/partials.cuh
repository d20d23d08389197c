// The second stage of sums over rows: blocks' sums added in a fixed order.
#pragma once
#include "overlap.cuh"

namespace notebooster::kernels {

/* sums[c] = sum of partials[.][c]; `more_sums`, if wanted, those of as many rows behind. */
struct PartialSums {
  const float* partials;
  int64_t rows, cols;
  void *sums, *more_sums;
};

constexpr int kSumColumns = 32, kSumStripes = 16;

/* 32 columns a block, each added up by threads on stripes of rows. */
template <typename T>
__global__ void __launch_bounds__(kSumColumns* kSumStripes) add_partials(PartialSums a) {
  __shared__ float stripes[kSumStripes][kSumColumns + 1];
  wait_for_kernel_before();
  const float* partials = a.partials + (blockIdx.y ? a.rows * a.cols : 0);
  const int64_t col = int64_t(blockIdx.x) * kSumColumns + threadIdx.x;
  float sum = 0;
  if (col < a.cols) {
#pragma unroll 8
    for (int64_t row = threadIdx.y; row < a.rows; row += kSumStripes) sum += __ldcg(partials + row * a.cols + col);
  }
  stripes[threadIdx.y][threadIdx.x] = sum;
  __syncthreads();
  if (threadIdx.y != 0 || col >= a.cols) return;
#pragma unroll
  for (int stripe = 1; stripe < kSumStripes; ++stripe) sum += stripes[stripe][threadIdx.x];
  static_cast<T*>(blockIdx.y ? a.more_sums : a.sums)[col] = narrow<T>(sum);
}

template <typename T>
void launch_add_partials(const PartialSums& a, Stream stream) {
  const dim3 blocks(ceil_div(a.cols, kSumColumns), a.more_sums ? 2 : 1);
  launch_overlapping(add_partials<T>, {blocks, dim3(kSumColumns, kSumStripes), stream}, a);
}

}  // namespace notebooster::kernels
