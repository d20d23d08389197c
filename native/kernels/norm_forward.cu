// RMSNorm and LayerNorm with an optional residual addition: a team of threads a row, which stays in registers between
// the sums and the scaling.
#include "overlap.cuh"
#include "rows.cuh"

namespace notebooster::kernels::cuda {
namespace {

/* What scales and shifts a pack of a row. */
template <typename T, int N, bool Centered>
struct Affine {
  Pack<T, N> weight;
  Pack<T, N> bias{};  // none: zeros
};
template <typename T, int N>
struct Affine<T, N, false> {
  Pack<T, N> weight;
};

template <typename T, int N, bool Add, bool Centered>
struct Row {
  const NormForward& a;
  int64_t begin;

  __device__ int packs() const { return static_cast<int>(a.cols / N); }
  __device__ const T* x() const { return static_cast<const T*>(a.x) + begin; }
  __device__ const T* residual() const { return static_cast<const T*>(a.residual) + begin; }
  __device__ T* sum() const { return static_cast<T*>(a.sum) + begin; }

  /* x + residual, rounded and written. */
  __device__ Pack<T, N> combine(int i, const Pack<T, N>& pack_x, const Pack<T, N>& pack_residual) const {
    float values[N], more[N];
    unpack(pack_x, values);
    unpack(pack_residual, more);
#pragma unroll
    for (int j = 0; j < N; ++j) values[j] += more[j];
    const Pack<T, N> rounded = pack<T, N>(values);
    store(sum() + i * N, rounded);
    return rounded;
  }

  static __device__ float total(const Pack<T, N>& packed) {
    float values[N], result = 0;
    unpack(packed, values);
#pragma unroll
    for (int j = 0; j < N; ++j) result += values[j];
    return result;
  }

  static __device__ float squares(const Pack<T, N>& packed, float mean) {
    float values[N], result = 0;
    unpack(packed, values);
#pragma unroll
    for (int j = 0; j < N; ++j) result += (values[j] - mean) * (values[j] - mean);
    return result;
  }

  __device__ Affine<T, N, Centered> affine(int i) const {
    Affine<T, N, Centered> result;
    result.weight = load<T, N>(static_cast<const T*>(a.weight) + i * N);
    if constexpr (Centered) {
      if (a.bias) result.bias = load<T, N>(static_cast<const T*>(a.bias) + i * N);
    }
    return result;
  }

  __device__ void write(int i, const Pack<T, N>& packed, const Affine<T, N, Centered>& affine, float mean, float scale) const {
    float values[N], w[N], bias[N];
    unpack(packed, values);
    unpack(affine.weight, w);
    if constexpr (Centered) unpack(affine.bias, bias);
#pragma unroll
    for (int j = 0; j < N; ++j) values[j] = Centered ? fmaf((values[j] - mean) * scale, w[j], bias[j]) : values[j] * (scale * w[j]);
    store<T, N>(static_cast<T*>(a.normed) + begin + i * N, values);
  }

  __device__ void write_stats(int64_t row, float mean, float scale) const {
    if (Centered && threadIdx.x == 0) *reinterpret_cast<float2*>(a.stats + 2 * row) = make_float2(mean, scale);
  }
};

/* Packs of a row that this warp of a team of Threads holds: Per in a thread, one every Threads. */
template <int Per, int Threads>
__device__ inline int packs_of_warp(int packs) {
  int result = 0;
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int left = packs - static_cast<int>(k * Threads + (threadIdx.x & ~31u));
    result += max(0, min(left, 32));
  }
  return result;
}

/* N elements a pack, Per packs a thread, Threads in a team: a warp or the block. */
template <typename T, int N, int Per, int Threads, bool Add, bool Centered>
__global__ void __launch_bounds__(Threads == 32 ? 32 * kTeamsOfWarps : Threads) forward(NormForward a) {
  constexpr bool kOneWarp = Threads == 32;
  wait_for_kernel_before();
  const int64_t index = team_index();
  if (index >= a.rows) return;  // whole warps only where teams are warps
  const Row<T, N, Add, Centered> row{a, index * a.cols};
  const int packs = row.packs();
  Pack<T, N> x[Per], more[Add ? Per : 1];
  Affine<T, N, Centered> affine[Per];
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * Threads;
    if (i >= packs) continue;
    x[k] = load_once<T, N>(row.x() + i * N);
    if constexpr (Add) more[k] = load_once<T, N>(row.residual() + i * N);
  }
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * Threads;
    if (i < packs) affine[k] = row.affine(i);
  }
  if constexpr (Add) {
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * Threads;
      if (i < packs) x[k] = row.combine(i, x[k], more[k]);
    }
  }
  const auto sum = [&](auto of_pack) {
    float result = 0;
#pragma unroll
    for (int k = 0; k < Per; ++k)
      if (threadIdx.x + k * Threads < packs) result += of_pack(x[k]);
    return result;
  };
  float mean = 0, squares;
  if constexpr (Centered) {
    Moments own{static_cast<float>(N * packs_of_warp<Per, Threads>(packs)), 0, 0};
    own.mean = warp_sum(sum([&](const auto& pack) { return row.total(pack); })) * reciprocal_fast(fmaxf(own.count, 1));
    own.squares = warp_sum(sum([&](const auto& pack) { return row.squares(pack, own.mean); }));
    const Moments moments = team_moments<Threads>(own);
    mean = moments.mean;
    squares = moments.squares;
  } else {
    squares = team_sum<kOneWarp>(sum([&](const auto& pack) { return row.squares(pack, 0); }), 0);
  }
  const float scale = rsqrtf(squares / a.cols + a.eps);
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * Threads;
    if (i < packs) row.write(i, x[k], affine[k], mean, scale);
  }
  row.write_stats(index, mean, scale);
}

/* Rows too long for registers are read again for each sum. */
template <typename T, int N, bool Add, bool Centered>
__global__ void __launch_bounds__(1024) forward_long(NormForward a) {
  wait_for_kernel_before();
  const Row<T, N, Add, Centered> row{a, int64_t(blockIdx.x) * a.cols};
  const T* again = Add ? row.sum() : row.x();
  float total = 0, squares = 0;
  for (int i = threadIdx.x; i < row.packs(); i += blockDim.x) {
    Pack<T, N> x = load<T, N>(row.x() + i * N);
    if constexpr (Add) x = row.combine(i, x, load_once<T, N>(row.residual() + i * N));
    total += row.total(x);
  }
  const float mean = Centered ? block_sum(total, 1) / a.cols : 0.f;
  for (int i = threadIdx.x; i < row.packs(); i += blockDim.x) squares += row.squares(load<T, N>(again + i * N), mean);
  const float scale = rsqrtf(block_sum(squares, 0) / a.cols + a.eps);
  for (int i = threadIdx.x; i < row.packs(); i += blockDim.x)
    row.write(i, load<T, N>(again + i * N), row.affine(i), mean, scale);
  row.write_stats(blockIdx.x, mean, scale);
}

template <typename T, int N, bool Add, bool Centered>
void launch(const NormForward& a, Stream stream) {
  const int64_t packs = a.cols / N;
  const auto by_warps = [&](auto* kernel) {
    launch_overlapping(kernel, {dim3(ceil_div(a.rows, kTeamsOfWarps)), dim3(32, kTeamsOfWarps), stream}, a);
  };
  const auto by_blocks = [&](auto* kernel, int threads) {
    launch_overlapping(kernel, {dim3(a.rows), dim3(threads), stream}, a);
  };
  constexpr int kPer = Centered ? 4 : 2, kThreads = 512 / kPer;  // as measured on an H100
  if (packs <= 32) by_warps(forward<T, N, 1, 32, Add, Centered>);
  else if (packs <= 64) by_warps(forward<T, N, 2, 32, Add, Centered>);
  else if (packs <= 128) by_warps(forward<T, N, 4, 32, Add, Centered>);
  else if (packs <= 256) by_blocks(forward<T, N, 2, 128, Add, Centered>, 128);
  else if (packs <= 512) by_blocks(forward<T, N, kPer, kThreads, Add, Centered>, kThreads);
  else if (packs <= 1024) by_blocks(forward<T, N, 4, 256, Add, Centered>, 256);
  else if (packs <= 2048) by_blocks(forward<T, N, 4, 512, Add, Centered>, 512);
  else by_blocks(forward_long<T, N, Add, Centered>, 1024);
}

template <typename T, int N>
void launch_kind(const NormForward& a, Stream stream) {
  if (a.residual) a.centered ? launch<T, N, true, true>(a, stream) : launch<T, N, true, false>(a, stream);
  else a.centered ? launch<T, N, false, true>(a, stream) : launch<T, N, false, false>(a, stream);
}

}  // namespace

LaunchError norm_forward(const NormForward& a, Stream stream) {
  if (a.rows == 0 || a.cols == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool wide = a.cols % kVector<T> == 0 && is_aligned(a.x) && is_aligned(a.residual) && is_aligned(a.weight) &&
                      is_aligned(a.bias) && is_aligned(a.sum) && is_aligned(a.normed);
    wide ? launch_kind<T, kVector<T>>(a, stream) : launch_kind<T, 1>(a, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
