// Kernels in which a team of threads works on a row: a warp for short rows (blockDim (32, warps)), else the block
// (blockDim (threads, 1)).
#pragma once
#include "device.cuh"

namespace notebooster::kernels {

constexpr int kTeamsOfWarps = 4;  // in a block whose warps work on rows of their own

/* The row of this thread's team among those that start at once, and how many do. */
__device__ inline int64_t team_index() { return int64_t(blockIdx.x) * blockDim.y + threadIdx.y; }
__device__ inline int64_t num_teams() { return int64_t(gridDim.x) * blockDim.y; }

/* The sums over the team, in all its threads. Alternate `buffer` (0, 1) between calls. */
template <bool OneWarp, typename Value>
__device__ inline Value team_sum(Value value, int buffer) {
  if constexpr (OneWarp) return warp_sum(value);
  else return block_sum(value, buffer);
}

/* Of some of a row's elements: how many, their mean and the sum of squares around it. */
struct alignas(16) Moments {
  float count, mean, squares;
};

/* The row's moments from those of its team of Threads (Chan, Golub and LeVeque 1979), by one barrier. */
template <int Threads>
__device__ inline Moments team_moments(const Moments& own) {
  constexpr int kWarps = Threads / 32, kUnroll = kWarps < 16 ? kWarps : 4;
  if constexpr (kWarps == 1) return own;
  else {
    __shared__ Moments warps[kWarps];
    if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = own;
    __syncthreads();
    Moments all{0, 0, 0};
#pragma unroll kUnroll
    for (int warp = 0; warp < kWarps; ++warp) {
      all.count += warps[warp].count;
      all.mean = fmaf(warps[warp].count, warps[warp].mean, all.mean);
    }
    all.mean *= reciprocal_fast(all.count);
#pragma unroll kUnroll
    for (int warp = 0; warp < kWarps; ++warp) {
      const float apart = warps[warp].mean - all.mean;
      all.squares += fmaf(warps[warp].count * apart, apart, warps[warp].squares);
    }
    return all;
  }
}

/* Threads for `packs` with `per` of them each, a multiple of a warp. */
inline int threads_for(int64_t packs, int per, int most) {
  const int64_t wanted = ceil_div(ceil_div(packs, per), 32) * 32;
  return static_cast<int>(wanted < most ? wanted : most);
}

}  // namespace notebooster::kernels
