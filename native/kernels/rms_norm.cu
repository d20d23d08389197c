// RMSNorm with an optional residual addition. Forward: one block a row, the row stays in registers between the sum of
// squares and the scaling. Backward: blocks walk over rows, fetching the next ones in the background while they reduce the
// present one, and keep their share of the weight's gradient in registers; a second kernel adds the shares in a fixed order.
#include "device.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kForwardThreads = 256, kBackwardThreads = 512;

/* N elements a pack, Per packs a thread. Per 0: rows too long for registers are read twice. */
template <typename T, int N, int Per, bool Add>
__global__ void __launch_bounds__(1024) forward(RmsNormForward a) {
  const int64_t begin = int64_t(blockIdx.x) * a.cols;
  const T* x = static_cast<const T*>(a.x) + begin;
  const T* residual = Add ? static_cast<const T*>(a.residual) + begin : nullptr;
  const T* weight = static_cast<const T*>(a.weight);
  T* sum = Add ? static_cast<T*>(a.sum) + begin : nullptr;
  T* normed = static_cast<T*>(a.normed) + begin;
  const int packs = a.cols / N;
  float squares = 0;
  const auto combine = [&](int i, const Pack<T, N>& pack_x, const Pack<T, N>& pack_residual) {
    float values[N], more[N];
    unpack(pack_x, values);
    unpack(pack_residual, more);
#pragma unroll
    for (int j = 0; j < N; ++j) values[j] += more[j];
    const Pack<T, N> rounded = pack<T, N>(values);
    store(sum + i * N, rounded);
    return rounded;
  };
  const auto add_squares = [&](const Pack<T, N>& packed) {
    float values[N];
    unpack(packed, values);
#pragma unroll
    for (int j = 0; j < N; ++j) squares += values[j] * values[j];
  };
  const auto finish = [&](int i, const Pack<T, N>& packed, const Pack<T, N>& packed_weight, float scale) {
    float values[N], w[N];
    unpack(packed, values);
    unpack(packed_weight, w);
#pragma unroll
    for (int j = 0; j < N; ++j) values[j] *= scale * w[j];
    store<T, N>(normed + i * N, values);
  };
  if constexpr (Per > 0) {
    Pack<T, N> row[Per], w[Per], more[Add ? Per : 1];
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i >= packs) continue;
      row[k] = load_once<T, N>(x + i * N);
      if constexpr (Add) more[k] = load_once<T, N>(residual + i * N);
    }
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i < packs) w[k] = load<T, N>(weight + i * N);
    }
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i >= packs) continue;
      if constexpr (Add) row[k] = combine(i, row[k], more[k]);
      add_squares(row[k]);
    }
    const float scale = rsqrtf(block_sum(make_float2(squares, 0), 0).x / a.cols + a.eps);
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i < packs) finish(i, row[k], w[k], scale);
    }
  } else {
    for (int i = threadIdx.x; i < packs; i += blockDim.x) {
      Pack<T, N> row = load<T, N>(x + i * N);
      if constexpr (Add) row = combine(i, row, load_once<T, N>(residual + i * N));
      add_squares(row);
    }
    const float scale = rsqrtf(block_sum(make_float2(squares, 0), 0).x / a.cols + a.eps);
    const T* again = Add ? sum : x;
    for (int i = threadIdx.x; i < packs; i += blockDim.x)
      finish(i, load<T, N>(again + i * N), load<T, N>(weight + i * N), scale);
  }
}

/* What a thread holds of the next rows lies in shared memory, filled in the background by itself: stages of Rows rows. */
template <typename T, int Per, bool Add, int Rows>
struct Ring {
  static constexpr int kStreams = Add ? 3 : 2, N = kVector<T>;
  Pack<T, N>* slots;  // [stage][row][stream][k][thread]

  __device__ Pack<T, N>& slot(int stage, int row, int stream, int k) const {
    return slots[(((stage * Rows + row) * kStreams + stream) * Per + k) * blockDim.x + threadIdx.x];
  }
  /* Rows turn * Rows .. of this block's share. */
  __device__ void fetch(const RmsNormBackward& a, int turn, int stage) const {
    const void* streams[3] = {a.x, a.grad_normed, a.grad_sum};
#pragma unroll
    for (int r = 0; r < Rows; ++r) {
      const int64_t row = blockIdx.x + (int64_t(turn) * Rows + r) * gridDim.x;
      if (row >= a.rows) break;
#pragma unroll
      for (int k = 0; k < Per; ++k) {
        const int i = threadIdx.x + k * blockDim.x;
        if (i >= a.cols / N) continue;
#pragma unroll
        for (int s = 0; s < kStreams; ++s)
          copy_async(&slot(stage, r, s, k), static_cast<const T*>(streams[s]) + row * a.cols + i * N);
      }
    }
    commit_copies();
  }
};

/* Two sums over the block for each of two rows, by one barrier. */
template <int Rows>
__device__ inline void block_sums(float2 (&sums)[Rows], int buffer) {
  static_assert(Rows == 1 || Rows == 2);
  if constexpr (Rows == 1) {
    sums[0] = block_sum(sums[0], buffer);
  } else {
    const float4 both = block_sum(make_float4(sums[0].x, sums[0].y, sums[1].x, sums[1].y), buffer);
    sums[0] = {both.x, both.y};
    sums[1] = {both.z, both.w};
  }
}

template <typename T, int Per, bool Add, int Stages, int Rows>
__global__ void __launch_bounds__(kBackwardThreads, 1) backward(RmsNormBackward a) {
  extern __shared__ uint4 shared[];
  constexpr int N = kVector<T>;
  const Ring<T, Per, Add, Rows> ring{reinterpret_cast<Pack<T, N>*>(shared)};
  const int packs = a.cols / N;
  const float inverse_cols = 1.f / a.cols;
#pragma unroll
  for (int s = 0; s < Stages - 1; ++s) ring.fetch(a, s, s);
  Pack<T, N> weight[Per];
  float grad_weight[Per][N] = {};
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i < packs) weight[k] = load<T, N>(static_cast<const T*>(a.weight) + i * N);
  }
  for (int turn = 0; blockIdx.x + int64_t(turn) * Rows * gridDim.x < a.rows; ++turn) {
    ring.fetch(a, turn + Stages - 1, (turn + Stages - 1) % Stages);
    wait_copies<Stages - 1>();
    const int stage = turn % Stages;
    const int64_t first = blockIdx.x + int64_t(turn) * Rows * gridDim.x;
    float2 sums[Rows] = {};  // of x^2 and of x * weight * grad
#pragma unroll
    for (int r = 0; r < Rows; ++r) {
      if (first + r * gridDim.x >= a.rows) break;
#pragma unroll
      for (int k = 0; k < Per; ++k) {
        if (threadIdx.x + k * blockDim.x >= packs) continue;
        float x[N], g[N], w[N];
        unpack(ring.slot(stage, r, 0, k), x);
        unpack(ring.slot(stage, r, 1, k), g);
        unpack(weight[k], w);
#pragma unroll
        for (int j = 0; j < N; ++j) {
          sums[r].x += x[j] * x[j];
          sums[r].y += x[j] * (w[j] * g[j]);
        }
      }
    }
    block_sums(sums, turn % 2);
#pragma unroll
    for (int r = 0; r < Rows; ++r) {
      const int64_t row = first + r * gridDim.x;
      if (row >= a.rows) break;
      const float scale = rsqrtf(sums[r].x * inverse_cols + a.eps);
      const float pull = scale * scale * scale * sums[r].y * inverse_cols;
#pragma unroll
      for (int k = 0; k < Per; ++k) {
        const int i = threadIdx.x + k * blockDim.x;
        if (i >= packs) continue;
        float x[N], g[N], w[N], extra[N] = {};
        unpack(ring.slot(stage, r, 0, k), x);
        unpack(ring.slot(stage, r, 1, k), g);
        unpack(weight[k], w);
        if constexpr (Add) unpack(ring.slot(stage, r, 2, k), extra);
#pragma unroll
        for (int j = 0; j < N; ++j) {
          grad_weight[k][j] += g[j] * (x[j] * scale);
          x[j] = extra[j] + (scale * (w[j] * g[j]) - pull * x[j]);
        }
        store<T, N>(static_cast<T*>(a.grad_x) + row * a.cols + i * N, x);
      }
    }
  }
#pragma unroll
  for (int k = 0; k < Per; ++k) {
    const int i = threadIdx.x + k * blockDim.x;
    if (i >= packs) continue;
#pragma unroll
    for (int j = 0; j < N; j += 4)
      *reinterpret_cast<float4*>(a.partials + blockIdx.x * a.cols + i * N + j) =
          make_float4(grad_weight[k][j], grad_weight[k][j + 1], grad_weight[k][j + 2], grad_weight[k][j + 3]);
  }
}

/* Any number of columns: rows are read twice and the shares of the weight's gradient live in `partials`. */
template <typename T, bool Add>
__global__ void backward_long(RmsNormBackward a) {
  float* share = a.partials + blockIdx.x * a.cols;
  const T* weight = static_cast<const T*>(a.weight);
  for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x) share[i] = 0;
  int buffer = 0;
  for (int64_t row = blockIdx.x; row < a.rows; row += gridDim.x) {
    const T* x = static_cast<const T*>(a.x) + row * a.cols;
    const T* grad = static_cast<const T*>(a.grad_normed) + row * a.cols;
    float2 sums = {0, 0};
    for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x) {
      sums.x += widen(x[i]) * widen(x[i]);
      sums.y += widen(x[i]) * (widen(weight[i]) * widen(grad[i]));
    }
    sums = block_sum(sums, buffer);
    buffer ^= 1;
    const float scale = rsqrtf(sums.x / a.cols + a.eps);
    const float pull = scale * scale * scale * sums.y / a.cols;
    for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x) {
      const float extra = Add ? widen(static_cast<const T*>(a.grad_sum)[row * a.cols + i]) : 0.f;
      share[i] += widen(grad[i]) * (widen(x[i]) * scale);
      static_cast<T*>(a.grad_x)[row * a.cols + i] =
          narrow<T>(extra + (scale * (widen(weight[i]) * widen(grad[i])) - pull * widen(x[i])));
    }
  }
}

/* grad_weight[c] = sum of partials[.][c]: 32 columns a block, 32 stripes of rows. */
template <typename T>
__global__ void __launch_bounds__(1024) add_partials(RmsNormBackward a) {
  __shared__ float stripes[32][33];
  const int64_t col = int64_t(blockIdx.x) * 32 + threadIdx.x;
  float sum = 0;
  if (col < a.cols)
    for (int64_t row = threadIdx.y; row < a.num_partials; row += 32) sum += a.partials[row * a.cols + col];
  stripes[threadIdx.y][threadIdx.x] = sum;
  __syncthreads();
  sum = stripes[threadIdx.x][threadIdx.y];
#pragma unroll
  for (int offset = 16; offset > 0; offset /= 2) sum += __shfl_xor_sync(~0u, sum, offset);
  const int64_t mine = int64_t(blockIdx.x) * 32 + threadIdx.y;
  if (threadIdx.x == 0 && mine < a.cols) static_cast<T*>(a.grad_weight)[mine] = narrow<T>(sum);
}

int threads_for(int64_t packs, int per, int most) {
  const int64_t wanted = ceil_div(ceil_div(packs, per), 32) * 32;
  return static_cast<int>(wanted < most ? wanted : most);
}

template <typename T, int N, bool Add>
void launch_forward(const RmsNormForward& a, Stream stream) {
  const int64_t packs = a.cols / N;
  const auto go = [&](auto* kernel, int threads) { kernel<<<a.rows, threads, 0, stream>>>(a); };
  if (packs <= kForwardThreads) go(forward<T, N, 1, Add>, threads_for(packs, 1, 1024));
  else if (packs <= 2 * kForwardThreads) go(forward<T, N, 2, Add>, threads_for(packs, 2, 1024));
  else if (packs <= 4 * 1024) go(forward<T, N, 4, Add>, threads_for(packs, 4, 1024));
  else go(forward<T, N, 0, Add>, 1024);
}

template <typename T, int Per, bool Add, int Stages, int Rows>
void launch_ring(const RmsNormBackward& a, Stream stream) {
  const int threads = threads_for(a.cols / kVector<T>, Per, kBackwardThreads);
  const size_t bytes = sizeof(uint4) * Stages * Rows * Ring<T, Per, Add, Rows>::kStreams * Per * threads;
  if (bytes > most_shared()) {
    backward_long<T, Add><<<a.num_partials, kBackwardThreads, 0, stream>>>(a);
    return;
  }
  allow_shared(backward<T, Per, Add, Stages, Rows>, bytes);
  backward<T, Per, Add, Stages, Rows><<<a.num_partials, threads, bytes, stream>>>(a);
}

template <typename T, bool Add>
void launch_backward(const RmsNormBackward& a, bool wide, Stream stream) {
  const int64_t packs = a.cols / kVector<T>;
  if (wide && packs <= kBackwardThreads) launch_ring<T, 1, Add, 3, 2>(a, stream);
  else if (wide && packs <= 2 * kBackwardThreads) launch_ring<T, 2, Add, 3, 1>(a, stream);
  else if (wide && packs <= 4 * kBackwardThreads) launch_ring<T, 4, Add, 2, 1>(a, stream);
  else backward_long<T, Add><<<a.num_partials, kBackwardThreads, 0, stream>>>(a);
}

}  // namespace

int64_t rms_norm_partials(int64_t rows, int64_t, Element) {
  const int64_t blocks = num_multiprocessors();
  return rows < blocks ? rows : blocks;
}

LaunchError rms_norm_forward(const RmsNormForward& a, Stream stream) {
  if (a.rows == 0 || a.cols == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool wide = a.cols % kVector<T> == 0 && is_aligned(a.x) && is_aligned(a.residual) && is_aligned(a.weight) &&
                      is_aligned(a.sum) && is_aligned(a.normed);
    if (a.residual) wide ? launch_forward<T, kVector<T>, true>(a, stream) : launch_forward<T, 1, true>(a, stream);
    else wide ? launch_forward<T, kVector<T>, false>(a, stream) : launch_forward<T, 1, false>(a, stream);
  });
  return launch_error();
}

LaunchError rms_norm_backward(const RmsNormBackward& a, Stream stream) {
  if (a.cols == 0) return nullptr;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool wide = a.cols % kVector<T> == 0 && is_aligned(a.x) && is_aligned(a.grad_normed) &&
                      is_aligned(a.grad_sum) && is_aligned(a.weight) && is_aligned(a.grad_x);
    if (a.rows > 0) {
      if (a.grad_sum) launch_backward<T, true>(a, wide, stream);
      else launch_backward<T, false>(a, wide, stream);
    }
    add_partials<T><<<ceil_div(a.cols, 32), dim3(32, 32), 0, stream>>>(a);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
