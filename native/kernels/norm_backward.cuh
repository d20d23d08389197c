// The parts of norm_backward.cu: what distinguishes RMSNorm from LayerNorm, the ring of rows in shared memory, and the
// shares of the weight's and bias's gradients.
#pragma once
#include "partials.cuh"
#include "rows.cuh"

namespace notebooster::kernels {

constexpr int kBackwardThreads = 512;

/* mean and rstd of a row, kept by LayerNorm's forward pass */
struct alignas(8) Statistics {
  float mean, scale;
};

/* normal = (x - mean) * scale */
struct Normal {
  float scale, shift;
  __device__ explicit Normal(const Statistics& s) : scale(s.scale), shift(-s.mean * s.scale) {}
  __device__ float operator()(float x) const { return fmaf(x, scale, shift); }
};

/* grad_x = scale * weighted grad - pull * normal - shift */
struct Through {
  Normal normal;
  float pull, shift;
  __device__ float gradient(float weighted, float normal_x) const {
    return fmaf(-pull, normal_x, fmaf(normal.scale, weighted, -shift));
  }
};

/* Per packs of a row in a thread. RMSNorm sums x^2 and x * weighted grad, LayerNorm weighted grad and the same * normal. */
template <int Per, bool Centered, bool AddSum, bool OneWarp>
struct Kind {
  static constexpr int per = Per;
  static constexpr bool centered = Centered, add_sum = AddSum, one_warp = OneWarp;

  static __device__ void add(float2& sums, float x, float weighted, const Normal& normal) {
    sums.x += Centered ? weighted : x * x;
    sums.y += weighted * (Centered ? normal(x) : x);
  }
  static __device__ Through through(float2 sums, float inverse_cols, float eps, const Statistics& s) {
    if (Centered) return {Normal(s), s.scale * sums.y * inverse_cols, s.scale * sums.x * inverse_cols};
    const float scale = rsqrtf(sums.x * inverse_cols + eps);
    return {Normal({0.f, scale}), scale * scale * sums.y * inverse_cols, 0.f};
  }
};

/* What a thread holds of its team's next rows lies in shared memory, filled in the background by itself: stages of Rows
   rows of x, grad_normed and grad_sum. */
template <typename T, class Kind, int Rows>
struct Ring {
  static constexpr int kStreams = Kind::add_sum ? 3 : 2, kPer = Kind::per, N = kVector<T>;
  Pack<T, N>* slots;  // [stage][row][stream][k][thread]

  static size_t bytes(int stages, int threads) { return size_t(stages) * Rows * threads * sizeof(uint4) * kStreams * kPer; }
  __device__ explicit Ring(uint4* shared) : slots(reinterpret_cast<Pack<T, N>*>(shared)) {}

  static __device__ int num_threads() { return blockDim.x * blockDim.y; }
  static __device__ int thread() { return threadIdx.y * blockDim.x + threadIdx.x; }
  __device__ Pack<T, N>& slot(int stage, int row, int stream, int k) const {
    return slots[(((stage * Rows + row) * kStreams + stream) * kPer + k) * num_threads() + thread()];
  }

  /* Rows turn * Rows .. of this team's share. */
  __device__ void fetch(const NormBackward& a, int turn, int stage) const {
    const void* streams[3] = {a.x, a.grad_normed, a.grad_sum};
#pragma unroll
    for (int r = 0; r < Rows; ++r) {
      const int64_t row = team_index() + (int64_t(turn) * Rows + r) * num_teams();
      if (row >= a.rows) break;
#pragma unroll
      for (int k = 0; k < kPer; ++k) {
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

/* Those of this team's rows `first`, `first` + num_teams() ..., which are read a turn before they are needed. */
template <class Kind, int Rows>
__device__ inline void fetch_statistics(const NormBackward& a, int64_t first, Statistics (&statistics)[Rows]) {
#pragma unroll
  for (int r = 0; r < Rows; ++r) {
    statistics[r] = {0, 1};
    const int64_t row = first + r * num_teams();
    if (Kind::centered && row < a.rows) statistics[r] = reinterpret_cast<const Statistics*>(a.stats)[row];
  }
}

/* Two sums over the team for each of one or two rows, by one barrier. */
template <bool OneWarp, int Rows>
__device__ inline void team_sums(float2 (&sums)[Rows], int buffer) {
  static_assert(Rows == 1 || (Rows == 2 && !OneWarp));
  if constexpr (Rows == 1) {
    sums[0] = team_sum<OneWarp>(sums[0], buffer);
  } else {
    const float4 both = block_sum(make_float4(sums[0].x, sums[0].y, sums[1].x, sums[1].y), buffer);
    sums[0] = {both.x, both.y};
    sums[1] = {both.z, both.w};
  }
}

/* A thread's shares of the weight's gradient and, for LayerNorm, of the bias's. */
template <class Kind, int N>
struct Shares {
  static constexpr int kPer = Kind::per, kBias = Kind::centered ? Kind::per : 1;
  float weight[kPer][N] = {}, bias[kBias][N] = {};

  __device__ void add(int k, int j, float grad, float normal) {
    weight[k][j] += grad * normal;
    if constexpr (Kind::centered) bias[k][j] += grad;
  }

  /* Adds up the block's teams in `shared` and writes the block's share. */
  __device__ void write(const NormBackward& a, int packs, float* shared) const {
    float* to = a.partials + blockIdx.x * a.cols;
    write_one(weight, to, packs, shared);
    if constexpr (Kind::centered)
      if (a.grad_bias) write_one(bias, to + a.num_partials * a.cols, packs, shared);
  }

  template <int Count>
  static __device__ void write_one(const float (&share)[Count][N], float* to, int packs, float* shared) {
    if constexpr (Kind::one_warp) {
      wait_copies<0>();
      __syncthreads();
    }
    float* mine = Kind::one_warp ? shared + threadIdx.y * packs * N : to;
#pragma unroll
    for (int k = 0; k < kPer; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i >= packs) continue;
#pragma unroll
      for (int j = 0; j < N; j += 4)
        *reinterpret_cast<float4*>(mine + i * N + j) = {share[k][j], share[k][j + 1], share[k][j + 2], share[k][j + 3]};
    }
    if constexpr (Kind::one_warp) add_teams(to, packs * N, shared);
  }

  static __device__ void add_teams(float* to, int cols, const float* shared) {
    __syncthreads();
    for (int col = threadIdx.y * blockDim.x + threadIdx.x; col < cols; col += blockDim.x * blockDim.y) {
      float sum = 0;
#pragma unroll 4
      for (int team = 0; team < blockDim.y; ++team) sum += shared[team * cols + col];
      to[col] = sum;
    }
  }
};

}  // namespace notebooster::kernels
