// Kernels whose threads own a pack of columns and walk over rows, so that what belongs to a column (a bias) is read once
// and sums over rows (its gradient) stay in registers; a second kernel adds the blocks' sums in a fixed order.
#pragma once
#include <algorithm>
#include <initializer_list>

#include "partials.cuh"

namespace notebooster::kernels {

constexpr int kColumnThreads = 128, kRowsAtOnce = 4, kColumnBlocksPerMultiprocessor = 6;

struct ColumnGrid {
  int threads;
  dim3 blocks;  // x: over columns, y: over rows
};

/* `packs` in a row of the widest kind. With sums few blocks walk far, else many take a few rows each. */
inline ColumnGrid column_grid(int64_t rows, int64_t packs, bool with_sums) {
  const int64_t threads = packs < kColumnThreads ? ceil_div(packs, 32) * 32 : kColumnThreads;
  const int64_t across = ceil_div(packs, threads);
  const int64_t wanted = with_sums ? ceil_div(int64_t{kColumnBlocksPerMultiprocessor} * num_multiprocessors(), across) : 65535;
  const int64_t most = ceil_div(rows, kRowsAtOnce);
  return {static_cast<int>(threads), dim3(across, wanted < most ? wanted : most)};
}

/* walker.fetch(slot, place) for kRowsAtOnce rows, then walker.finish(slot, place, sums); sums go to partials[blockIdx.y]. */
template <typename T, int N, typename Walker>
__global__ void __launch_bounds__(kColumnThreads) walk_columns(Walker walker, int64_t rows, int64_t cols, float* partials) {
  const int64_t col = (int64_t(blockIdx.x) * blockDim.x + threadIdx.x) * N;
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
  if (partials == nullptr) return;
  let_dependents_start();
#pragma unroll
  for (int j = 0; j < N; ++j) partials[int64_t(blockIdx.y) * cols + col + j] = sums[j];
}

/* `a` holds rows, cols and, `with_sums`, partials and their number. */
template <typename T, int N, typename Walker, typename Arguments>
void launch_walk(const Walker& walker, const Arguments& a, bool with_sums, Stream stream) {
  ColumnGrid grid = column_grid(a.rows, a.cols / N, with_sums);
  if (with_sums) grid.blocks.y = static_cast<unsigned>(a.num_partials);
  walk_columns<T, N><<<grid.blocks, grid.threads, 0, stream>>>(walker, a.rows, a.cols, with_sums ? a.partials : nullptr);
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
