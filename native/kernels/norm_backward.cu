// The gradients of RMSNorm and LayerNorm: teams of threads walk over rows, fetching the next ones in the background while
// they reduce the present one, and keep their shares of the weight's and bias's gradients in registers; a second kernel
// adds the blocks' shares in a fixed order.
#include "norm_backward.cuh"

namespace notebooster::kernels::cuda {
namespace {

template <typename T, class Kind, int Stages, int Rows>
__global__ void __launch_bounds__(kBackwardThreads, 1) backward(NormBackward a) {
  extern __shared__ uint4 shared[];
  constexpr int N = kVector<T>, Per = Kind::per;
  wait_for_kernel_before();
  const Ring<T, Kind, Rows> ring(shared);
  const int packs = a.cols / N;
  const float inverse_cols = 1.f / a.cols;
#pragma unroll
  for (int s = 0; s < Stages - 1; ++s) ring.fetch(a, s, s);
  Pack<T, N> weight[Per];
  Shares<Kind, N> shares;
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i < packs) weight[k] = load<T, N>(static_cast<const T*>(a.weight) + i * N);
  }
  Statistics next[Rows];
  fetch_statistics<Kind>(a, team_index(), next);
  for (int turn = 0; team_index() + int64_t(turn) * Rows * num_teams() < a.rows; ++turn) {
    ring.fetch(a, turn + Stages - 1, (turn + Stages - 1) % Stages);
    wait_copies<Stages - 1>();
    const int stage = turn % Stages;
    const int64_t first = team_index() + int64_t(turn) * Rows * num_teams();
    Statistics statistics[Rows];
#pragma unroll
    for (int r = 0; r < Rows; ++r) statistics[r] = next[r];
    fetch_statistics<Kind>(a, first + Rows * num_teams(), next);
    float2 sums[Rows] = {};
#pragma unroll
    for (int r = 0; r < Rows; ++r) {
      if (first + r * num_teams() >= a.rows) break;
      const Normal normal(statistics[r]);
#pragma unroll
      for (int k = 0; k < Per; ++k) {
        if (threadIdx.x + k * blockDim.x >= packs) continue;
        float x[N], g[N], w[N];
        unpack(ring.slot(stage, r, 0, k), x);
        unpack(ring.slot(stage, r, 1, k), g);
        unpack(weight[k], w);
#pragma unroll
        for (int j = 0; j < N; ++j) Kind::add(sums[r], x[j], w[j] * g[j], normal);
      }
    }
    team_sums<Kind::one_warp>(sums, turn % 2);
#pragma unroll
    for (int r = 0; r < Rows; ++r) {
      const int64_t row = first + r * num_teams();
      if (row >= a.rows) break;
      const Through through = Kind::through(sums[r], inverse_cols, a.eps, statistics[r]);
#pragma unroll
      for (int k = 0; k < Per; ++k) {
        const int i = threadIdx.x + k * blockDim.x;
        if (i >= packs) continue;
        float x[N], g[N], w[N], extra[N];
        unpack(ring.slot(stage, r, 0, k), x);
        unpack(ring.slot(stage, r, 1, k), g);
        unpack(weight[k], w);
        if constexpr (Kind::add_sum) unpack(ring.slot(stage, r, 2, k), extra);
#pragma unroll
        for (int j = 0; j < N; ++j) {
          const float normal = through.normal(x[j]);
          shares.add(k, j, g[j], normal);
          x[j] = through.gradient(w[j] * g[j], normal);
          if constexpr (Kind::add_sum) x[j] += extra[j];
        }
        store<T, N>(static_cast<T*>(a.grad_x) + row * a.cols + i * N, x);
      }
    }
  }
  let_dependents_start();
  shares.write(a, packs, reinterpret_cast<float*>(shared));
}

/* Any number of columns: rows are read twice and the shares live in `partials`. */
template <typename T, class Kind>
__global__ void backward_long(NormBackward a) {
  wait_for_kernel_before();
  float *weight_share = a.partials + blockIdx.x * a.cols, *bias_share = weight_share + a.num_partials * a.cols;
  const T* weight = static_cast<const T*>(a.weight);
  for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x) {
    weight_share[i] = 0;
    if (a.grad_bias) bias_share[i] = 0;
  }
  int buffer = 0;
  for (int64_t row = blockIdx.x; row < a.rows; row += gridDim.x) {
    const T* x = static_cast<const T*>(a.x) + row * a.cols;
    const T* grad = static_cast<const T*>(a.grad_normed) + row * a.cols;
    const Statistics statistics = Kind::centered ? reinterpret_cast<const Statistics*>(a.stats)[row] : Statistics{0, 1};
    float2 sums = {0, 0};
    for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x)
      Kind::add(sums, widen(x[i]), widen(weight[i]) * widen(grad[i]), Normal(statistics));
    sums = block_sum(sums, buffer);
    buffer ^= 1;
    const Through through = Kind::through(sums, 1.f / a.cols, a.eps, statistics);
    for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x) {
      const float extra = Kind::add_sum ? widen(static_cast<const T*>(a.grad_sum)[row * a.cols + i]) : 0.f;
      const float normal = through.normal(widen(x[i])), g = widen(grad[i]);
      weight_share[i] += g * normal;
      if (a.grad_bias) bias_share[i] += g;
      static_cast<T*>(a.grad_x)[row * a.cols + i] = narrow<T>(extra + through.gradient(widen(weight[i]) * g, normal));
    }
  }
}

template <typename T, class Kind>
void launch_long(const NormBackward& a, Stream stream) {
  launch_overlapping(backward_long<T, Kind>, {dim3(a.num_partials), dim3(kBackwardThreads), stream}, a);
}

template <typename T, class Kind, int Stages, int Rows>
void launch_ring(const NormBackward& a, Stream stream) {
  const dim3 threads = Kind::one_warp ? dim3(32, kBackwardThreads / 32)
                                      : dim3(threads_for(a.cols / kVector<T>, Kind::per, kBackwardThreads));
  const size_t bytes = Ring<T, Kind, Rows>::bytes(Stages, threads.x * threads.y);
  if (bytes > most_shared()) return launch_long<T, Kind>(a, stream);
  allow_shared(backward<T, Kind, Stages, Rows>, bytes);
  launch_overlapping(backward<T, Kind, Stages, Rows>, {dim3(a.num_partials), threads, stream, bytes}, a);
}

template <typename T, bool Centered, bool AddSum>
void launch(const NormBackward& a, bool wide, Stream stream) {
  const int64_t packs = a.cols / kVector<T>;
  constexpr int kRows = Centered ? 2 : 1, kStages = Centered ? 2 : 3;  // as measured on an H100
  if (!wide) launch_long<T, Kind<1, Centered, AddSum, false>>(a, stream);
  else if (packs <= 32) launch_ring<T, Kind<1, Centered, AddSum, true>, 4, 1>(a, stream);
  else if (packs <= 64) launch_ring<T, Kind<2, Centered, AddSum, true>, 3, 1>(a, stream);
  else if (packs <= 96) launch_ring<T, Kind<3, Centered, AddSum, true>, 2, 1>(a, stream);
  else if (packs <= kBackwardThreads) launch_ring<T, Kind<1, Centered, AddSum, false>, kStages, kRows>(a, stream);
  else if (packs <= 2 * kBackwardThreads) launch_ring<T, Kind<2, Centered, AddSum, false>, 3, 1>(a, stream);
  else if (packs <= 4 * kBackwardThreads) launch_ring<T, Kind<4, Centered, AddSum, false>, 2, 1>(a, stream);
  else launch_long<T, Kind<1, Centered, AddSum, false>>(a, stream);
}

template <typename T>
void launch_kind(const NormBackward& a, bool wide, Stream stream) {
  if (a.grad_sum) a.centered ? launch<T, true, true>(a, wide, stream) : launch<T, false, true>(a, wide, stream);
  else a.centered ? launch<T, true, false>(a, wide, stream) : launch<T, false, false>(a, wide, stream);
}

}  // namespace

int64_t norm_partials(int64_t rows) {
  const int64_t blocks = num_multiprocessors();
  return rows < blocks ? rows : blocks;
}

LaunchError norm_backward(const NormBackward& a, Stream stream) {
  if (a.cols == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool wide = a.cols % kVector<T> == 0 && is_aligned(a.x) && is_aligned(a.grad_normed) &&
                      is_aligned(a.grad_sum) && is_aligned(a.weight) && is_aligned(a.grad_x);
    if (a.rows > 0) launch_kind<T>(a, wide, stream);
    launch_add_partials<T>({a.partials, a.num_partials, a.cols, a.grad_weight, a.grad_bias}, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
