// Kernels whose threads own a pack of columns and walk over rows, so that what belongs to a column (a bias) is read once.
// Sums over rows (its gradient) stay in registers, those of a block meet in shared memory, and a second kernel adds the
// blocks' in a fixed order.
#pragma once
#include <algorithm>
#include <initializer_list>

#include "partials.cuh"

namespace notebooster::kernels {

constexpr int kRowsAtOnce = 2, kForwardThreads = 128;
constexpr int kSumWarps = 4;  // of a block, on 32 packs of columns, each on rows of its own

/* Blocks that share a multiprocessor where a kernel with sums reads so many tensors: as measured on an H100. */
constexpr int sum_blocks(int tensors) { return tensors == 1 ? 6 : 4; }

/* walker.fetch(slot, place) for kRowsAtOnce rows, then walker.finish(slot, place, sums). */
template <typename T, int N, typename Walker>
__global__ void __launch_bounds__(kForwardThreads) walk_columns(Walker walker, int64_t rows, int64_t cols) {
  const int64_t col = (int64_t(blockIdx.x) * kForwardThreads + threadIdx.x) * N;
  if (col >= cols) return;
  walker.start(col);
  float sums[N] = {};
  for (int64_t first = int64_t(blockIdx.y) * kRowsAtOnce; first < rows; first += int64_t(gridDim.y) * kRowsAtOnce) {
    typename Walker::Slot slots[kRowsAtOnce];
#pragma unroll
    for (int r = 0; r < kRowsAtOnce; ++r)
      if (first + r < rows) walker.fetch(slots[r], (first + r) * cols + col);
#pragma unroll
    for (int r = 0; r < kRowsAtOnce; ++r)
      if (first + r < rows) walker.finish(slots[r], (first + r) * cols + col, sums);
  }
}

/* The same with column sums, which go to partials[blockIdx.y]; the next rows are on their way while these are worked on. */
template <typename T, int N, int Tensors, typename Walker>
__global__ void __launch_bounds__(32 * kSumWarps, sum_blocks(Tensors))
    walk_and_sum(Walker walker, int64_t rows, int64_t cols, float* partials) {
  __shared__ float shared[kSumWarps][N][32];
  const int64_t col = (int64_t(blockIdx.x) * 32 + threadIdx.x) * N;
  float sums[N] = {};
  if (col < cols) {
    walker.start(col);
    typename Walker::Slot slots[kRowsAtOnce], next[kRowsAtOnce];
    const auto fetch = [&](auto& into, int64_t row, int64_t at) {
#pragma unroll
      for (int r = 0; r < kRowsAtOnce; ++r)
        if (row + r < rows) walker.fetch(into[r], at + r * cols);
    };
    const int64_t step = int64_t(gridDim.y) * kSumWarps * kRowsAtOnce;
    int64_t row = (int64_t(blockIdx.y) * kSumWarps + threadIdx.y) * kRowsAtOnce, at = row * cols + col;
    fetch(slots, row, at);
    for (; row < rows; row += step, at += step * cols) {
      fetch(next, row + step, at + step * cols);
#pragma unroll
      for (int r = 0; r < kRowsAtOnce; ++r) {
        if (row + r < rows) walker.finish(slots[r], at + r * cols, sums);
        slots[r] = next[r];
      }
    }
  }
  let_dependents_start();
#pragma unroll
  for (int j = 0; j < N; ++j) shared[threadIdx.y][j][threadIdx.x] = sums[j];
  __syncthreads();
  for (int i = threadIdx.y * 32 + threadIdx.x; i < 32 * N; i += 32 * kSumWarps) {
    const int64_t place = int64_t(blockIdx.x) * 32 * N + i;
    if (place >= cols) return;
    float sum = 0;
#pragma unroll
    for (int warp = 0; warp < kSumWarps; ++warp) sum += shared[warp][i % N][i / N];
    partials[int64_t(blockIdx.y) * cols + place] = sum;
  }
}

/* Rows of partial sums: as many as there are blocks at once, evened out so that all of them take equally many turns. */
inline int64_t num_column_partials(int64_t rows, int64_t packs, int tensors) {
  const int64_t at_once = std::max<int64_t>(1, int64_t{sum_blocks(tensors)} * num_multiprocessors() / ceil_div(packs, 32));
  const int64_t turns = ceil_div(rows, kSumWarps * kRowsAtOnce);
  return ceil_div(turns, ceil_div(turns, at_once));
}

template <typename T, int N, typename Walker, typename Arguments>
void launch_walk(const Walker& walker, const Arguments& a, Stream stream) {
  const dim3 blocks(ceil_div(a.cols / N, kForwardThreads), std::min<int64_t>(65535, ceil_div(a.rows, kRowsAtOnce)));
  walk_columns<T, N><<<blocks, kForwardThreads, 0, stream>>>(walker, a.rows, a.cols);
}

/* `a` holds the partials and their number too; Tensors as in sum_blocks. */
template <typename T, int N, int Tensors, typename Walker, typename Arguments>
void launch_sums(const Walker& walker, const Arguments& a, Stream stream) {
  const dim3 blocks(ceil_div(a.cols / N, 32), a.num_partials);
  walk_and_sum<T, N, Tensors><<<blocks, dim3(32, kSumWarps), 0, stream>>>(walker, a.rows, a.cols, a.partials);
}

/* launch.operator()<T, N>(), with N a whole pack where the columns and `pointers` fit packs, else 1; then the bias's gradient. */
template <typename Arguments, typename Launch>
LaunchError launch_columns(const Arguments& a, std::initializer_list<const void*> pointers, Stream stream, Launch launch) {
  if (a.cols == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool fits = a.cols % kVector<T> == 0 && std::all_of(pointers.begin(), pointers.end(), is_aligned);
    if (a.rows > 0) fits ? launch.template operator()<T, kVector<T>>() : launch.template operator()<T, 1>();
    if (a.grad_bias) launch_add_partials<T>({a.partials, a.num_partials, a.cols, a.grad_bias, nullptr}, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels
