// Kernels whose threads own a pack of columns of a few rows, with sums over rows (the gradient of a bias) for those that
// want them: a block's meet in shared memory, and a second kernel adds the blocks' in a fixed order. Blocks are short and
// start in the order of memory, as a copy's do: blocks that live as long as the kernel drift apart and lose a tenth.
#pragma once
#include <algorithm>
#include <initializer_list>

#include "partials.cuh"

namespace notebooster::kernels {

/* Of a block: packs of columns side by side, teams below each other, rows of a team; and blocks at once on a multiprocessor. */
struct WalkBlock {
  static constexpr int kPacks = 128, kTeams = 1, kRows = 2, kBlocks = 1;
};
/* For sums in a kernel that reads so many tensors, as measured on an H100. */
template <int Tensors>
struct SumBlock {
  static constexpr int kPacks = 32, kTeams = Tensors == 1 ? 20 : 16, kRows = 3, kBlocks = 2;
};

/* Rows of partial sums. */
template <int Tensors>
int64_t num_column_partials(int64_t rows) {
  return ceil_div(rows, SumBlock<Tensors>::kTeams * SumBlock<Tensors>::kRows);
}

/* A block's sums of 32 packs of columns, in an order of 16-byte words that keeps shared memory's banks apart. */
template <int N, int Teams>
__device__ inline void write_sums(const float (&sums)[N], int64_t first, int64_t cols, float* to) {
  constexpr int kWord = N < 4 ? N : 4;  // floats
  __shared__ __align__(16) float shared[Teams][32 * N];
#pragma unroll
  for (int j = 0; j < N; ++j) shared[threadIdx.y][(j / kWord * 32 + threadIdx.x) * kWord + j % kWord] = sums[j];
  __syncthreads();
  for (int i = threadIdx.y * 32 + threadIdx.x; i < 32 * N; i += 32 * Teams) {
    const int word = i / kWord;
    const int64_t col = first + word % 32 * N + word / 32 * kWord + i % kWord;
    if (col >= cols) continue;
    float sum = 0;
#pragma unroll
    for (int team = 0; team < Teams; ++team) sum += shared[team][i];
    to[col] = sum;
  }
}

/* walker: the arguments `a`; start(column), then for rows fetch(slot, place), draw(slot, place) (what needs no tensor) and
   finish(slot, place, results). Where sums are wanted a slot of zeros, as rows beyond the last have, must give zeros. */
template <typename T, int N, typename Block, typename Walker>
__global__ void __launch_bounds__(Block::kPacks* Block::kTeams, Block::kBlocks)
    walk_columns(Walker walker, unsigned blocks_across) {
  constexpr int kRows = Block::kRows;
  const int64_t rows = walker.a.rows, cols = walker.a.cols;
  wait_for_kernel_before();
  const int64_t block_row = blockIdx.x / blocks_across;
  const int64_t first = int64_t{blockIdx.x % blocks_across} * Block::kPacks * N, col = first + threadIdx.x * N;
  const int64_t row = (block_row * Block::kTeams + threadIdx.y) * kRows, at = row * cols + col;
  float sums[N] = {};
  if (col < cols) {
    walker.start(col);
    typename Walker::Slot slots[kRows] = {};
#pragma unroll
    for (int r = 0; r < kRows; ++r)
      if (row + r < rows) walker.fetch(slots[r], at + r * cols);
#pragma unroll
    for (int r = 0; r < kRows; ++r) walker.draw(slots[r], at + r * cols);
#pragma unroll
    for (int r = 0; r < kRows; ++r) {
      float results[N];
      walker.finish(slots[r], at + r * cols, results);
      if (row + r < rows && walker.a.out) store<T, N>(static_cast<T*>(walker.a.out) + at + r * cols, results);
#pragma unroll
      for (int j = 0; j < N; ++j) sums[j] += results[j];
    }
  }
  if constexpr (Block::kTeams > 1) {
    let_dependents_start();
    write_sums<N, Block::kTeams>(sums, first, cols, walker.a.partials + block_row * cols);
  }
}

template <typename T, int N, typename Block, typename Walker>
void launch_walk(const Walker& walker, Stream stream) {
  const int64_t across = ceil_div(walker.a.cols, Block::kPacks * N);
  const int64_t down = ceil_div(walker.a.rows, Block::kTeams * Block::kRows);
  const Launch launch{dim3(across * down), dim3(Block::kPacks, Block::kTeams), stream};
  launch_overlapping(walk_columns<T, N, Block, Walker>, launch, walker, across);
}

/* walk.operator()<T, N>(), with N a whole pack where the columns and `pointers` fit packs, else 1; then the bias's gradient. */
template <typename Arguments, typename Walk>
LaunchError launch_columns(const Arguments& a, std::initializer_list<const void*> pointers, Stream stream, Walk walk) {
  if (a.cols == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool fits = a.cols % kVector<T> == 0 && std::all_of(pointers.begin(), pointers.end(), is_aligned);
    if (a.rows > 0) fits ? walk.template operator()<T, kVector<T>>() : walk.template operator()<T, 1>();
    if (a.grad_bias) launch_add_partials<T>({a.partials, a.num_partials, a.cols, a.grad_bias, nullptr}, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels
