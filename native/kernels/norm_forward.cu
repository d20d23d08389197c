// RMSNorm and LayerNorm with an optional residual addition: a team of threads a row, which stays in registers between
// the sums and the scaling.
#include "rows.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256;

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

  __device__ void write(int i, const Pack<T, N>& packed, const Pack<T, N>& packed_weight, float mean, float scale) const {
    float values[N], w[N], bias[N] = {};
    unpack(packed, values);
    unpack(packed_weight, w);
    if (Centered && a.bias) unpack(load<T, N>(static_cast<const T*>(a.bias) + i * N), bias);
#pragma unroll
    for (int j = 0; j < N; ++j) values[j] = Centered ? fmaf((values[j] - mean) * scale, w[j], bias[j]) : values[j] * (scale * w[j]);
    store<T, N>(static_cast<T*>(a.normed) + begin + i * N, values);
  }

  __device__ void write_stats(int64_t row, float mean, float scale) const {
    if (Centered && threadIdx.x == 0) *reinterpret_cast<float2*>(a.stats + 2 * row) = make_float2(mean, scale);
  }
};

/* N elements a pack, Per packs a thread. */
template <typename T, int N, int Per, bool Add, bool Centered, bool OneWarp>
__global__ void __launch_bounds__(1024) forward(NormForward a) {
  const int64_t index = team_index();
  if (index >= a.rows) return;  // whole warps only where teams are warps
  const Row<T, N, Add, Centered> row{a, index * a.cols};
  const int packs = row.packs();
  Pack<T, N> x[Per], weight[Per], more[Add ? Per : 1];
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i >= packs) continue;
    x[k] = load_once<T, N>(row.x() + i * N);
    if constexpr (Add) more[k] = load_once<T, N>(row.residual() + i * N);
  }
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i < packs) weight[k] = load<T, N>(static_cast<const T*>(a.weight) + i * N);
  }
  float total = 0, squares = 0;
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i >= packs) continue;
    if constexpr (Add) x[k] = row.combine(i, x[k], more[k]);
    if constexpr (Centered) total += row.total(x[k]);
  }
  const float mean = Centered ? team_sum<OneWarp>(total, 1) / a.cols : 0.f;
#pragma unroll
  for (int k = 0; k < Per; ++k)
    if (threadIdx.x + k * blockDim.x < packs) squares += row.squares(x[k], mean);
  const float scale = rsqrtf(team_sum<OneWarp>(squares, 0) / a.cols + a.eps);
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i < packs) row.write(i, x[k], weight[k], mean, scale);
  }
  row.write_stats(index, mean, scale);
}

/* Rows too long for registers are read again for each sum. */
template <typename T, int N, bool Add, bool Centered>
__global__ void __launch_bounds__(1024) forward_long(NormForward a) {
  const Row<T, N, Add, Centered> row{a, int64_t(blockIdx.x) * a.cols};
  const T* again = Add ? row.sum() : row.x();
  float total = 0, squares = 0;
  for (int i = threadIdx.x; i < row.packs(); i += blockDim.x) {
    Pack<T, N> x = load<T, N>(row.x() + i * N);
    if constexpr (Add) x = row.combine(i, x, load_once<T, N>(row.residual() + i * N));
    total += row.total(x);
  }
  const float mean = Centered ? block_sum(make_float2(total, 0), 1).x / a.cols : 0.f;
  for (int i = threadIdx.x; i < row.packs(); i += blockDim.x) squares += row.squares(load<T, N>(again + i * N), mean);
  const float scale = rsqrtf(block_sum(make_float2(squares, 0), 0).x / a.cols + a.eps);
  for (int i = threadIdx.x; i < row.packs(); i += blockDim.x)
    row.write(i, load<T, N>(again + i * N), load<T, N>(static_cast<const T*>(a.weight) + i * N), mean, scale);
  row.write_stats(blockIdx.x, mean, scale);
}

template <typename T, int N, bool Add, bool Centered>
void launch(const NormForward& a, Stream stream) {
  const int64_t packs = a.cols / N;
  const auto by_warps = [&](auto* kernel) {
    kernel<<<ceil_div(a.rows, kTeamsOfWarps), dim3(32, kTeamsOfWarps), 0, stream>>>(a);
  };
  const auto by_blocks = [&](auto* kernel, int threads) { kernel<<<a.rows, threads, 0, stream>>>(a); };
  if (packs <= 32) by_warps(forward<T, N, 1, Add, Centered, true>);
  else if (packs <= 64) by_warps(forward<T, N, 2, Add, Centered, true>);
  else if (packs <= 128) by_warps(forward<T, N, 4, Add, Centered, true>);
  else if (packs <= kThreads) by_blocks(forward<T, N, 1, Add, Centered, false>, threads_for(packs, 1, 1024));
  else if (packs <= 2 * kThreads) by_blocks(forward<T, N, 2, Add, Centered, false>, threads_for(packs, 2, 1024));
  else if (packs <= 4 * 1024) by_blocks(forward<T, N, 4, Add, Centered, false>, threads_for(packs, 4, 1024));
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
