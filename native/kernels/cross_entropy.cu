// Cross-entropy in place: one block a row reads the logits once into shared memory, sums the exponentials online, and
// writes softmax minus one-hot over them. Rows too long for that are read twice, the second time mostly from L2.
// A target outside the vocabulary makes the loss and its row's gradient NaN.
#include <cmath>

#include "device.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 512, kLongThreads = 1024;
constexpr size_t kMostShared = 110 << 10;  // two blocks share a multiprocessor of an H100
constexpr float kLn2 = 0.6931471805599453f;

/* A maximum and the sum of 2^(x - maximum), x and maximum in units of log2. */
struct Partition {
  float top, sum;
};

__device__ inline Partition merge(Partition a, Partition b) {
  const float top = fmaxf(a.top, b.top);
  if (top == -INFINITY) return {top, 0};
  return {top, a.sum * exp2_fast(a.top - top) + b.sum * exp2_fast(b.top - top)};
}

__device__ inline Partition warp_merge(Partition p) {
#pragma unroll
  for (int offset = 16; offset > 0; offset /= 2)
    p = merge(p, {__shfl_xor_sync(~0u, p.top, offset), __shfl_xor_sync(~0u, p.sum, offset)});
  return p;
}

__device__ inline Partition block_merge(Partition p) {
  __shared__ Partition warps[32];
  p = warp_merge(p);
  if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = p;
  __syncthreads();
  return warp_merge(threadIdx.x % 32 < blockDim.x / 32 ? warps[threadIdx.x % 32] : Partition{-INFINITY, 0});
}

template <typename T, int N>
__device__ inline void add_pack(Partition& p, const Pack<T, N>& packed) {
  float x[N];
  unpack(packed, x);
  float top = x[0];
#pragma unroll
  for (int j = 1; j < N; ++j) top = fmaxf(top, x[j]);
  top *= kLog2E;
  if (top > p.top) {
    p.sum *= exp2_fast(p.top - top);
    p.top = top;
  }
  if (p.top == -INFINITY) return;
#pragma unroll
  for (int j = 0; j < N; ++j) p.sum += exp2_fast(fmaf(x[j], kLog2E, -p.top));
}

/* 2^(x - shift), less `scale` at the target: with 1/scale in the shift that is (softmax - one-hot) * scale */
template <typename T, int N>
__device__ inline void write_grad(T* to, const Pack<T, N>& packed, float shift, float scale, int target) {
  float x[N];
  unpack(packed, x);
#pragma unroll
  for (int j = 0; j < N; ++j) x[j] = exp2_fast(fmaf(x[j], kLog2E, -shift));
  if (static_cast<unsigned>(target) < N) {
#pragma unroll
    for (int j = 0; j < N; ++j) x[j] -= target == j ? scale : 0.f;
  }
  store<T, N>(to, x);
}

/* What to do with a row, known before it is read. */
struct Target {
  int64_t index;
  bool ignored, valid;
  __device__ explicit Target(const CrossEntropy& a) : index(a.targets[blockIdx.x]) {
    ignored = index == a.ignore_index;
    valid = ignored || (index >= 0 && index < a.cols);
  }
};

/* Rows with nothing to learn: zeros, or NaN for an impossible target. */
template <typename T>
__device__ void fill_row(const CrossEntropy& a, T* row, float value) {
  if (threadIdx.x == 0) a.losses[blockIdx.x] = value;
  if (a.write_grad)
    for (int64_t i = threadIdx.x; i < a.cols; i += blockDim.x) row[i] = narrow<T>(value);
}

/* After the sum: the loss of the row, and how to write its gradient. */
struct Ending {
  float shift, scale;
  __device__ Ending(const CrossEntropy& a, Partition p, float target_logit) {
    const float log_sum = p.top + log2f(p.sum);
    if (threadIdx.x == 0) a.losses[blockIdx.x] = log_sum * kLn2 - target_logit;
    scale = a.grad_is_mean ? *a.inverse_count : 1.f;
    shift = log_sum - log2f(scale);
  }
};

/* The row waits in shared memory; each thread reads back only what it copied itself. */
template <typename T>
__global__ void __launch_bounds__(kThreads, 3) staged_rows(CrossEntropy a) {
  extern __shared__ uint4 shared[];
  constexpr int N = kVector<T>;
  const auto* staged = reinterpret_cast<const Pack<T, N>*>(shared);
  T* row = static_cast<T*>(a.logits) + blockIdx.x * a.stride;
  const int packs = a.cols / N;
  const Target target(a);
  if (target.ignored || !target.valid) return fill_row(a, row, target.ignored ? 0.f : NAN);
  const int half = (packs / 2 + kThreads - 1) / kThreads * kThreads;
  for (int i = threadIdx.x; i < half && i < packs; i += kThreads) copy_async(&shared[i], row + i * N);
  commit_copies();
  for (int i = half + threadIdx.x; i < packs; i += kThreads) copy_async(&shared[i], row + i * N);
  commit_copies();
  const float target_logit = widen(row[target.index]);
  Partition partition{-INFINITY, 0};
  wait_copies<1>();
  for (int i = threadIdx.x; i < half && i < packs; i += kThreads) add_pack(partition, staged[i]);
  wait_copies<0>();
  for (int i = half + threadIdx.x; i < packs; i += kThreads) add_pack(partition, staged[i]);
  const Ending ending(a, block_merge(partition), target_logit);
  if (!a.write_grad) return;
#pragma unroll 4
  for (int i = threadIdx.x; i < packs; i += kThreads)
    write_grad<T, N>(row + i * N, staged[i], ending.shift, ending.scale, static_cast<int>(target.index) - i * N);
}

template <typename T, int N>
__global__ void __launch_bounds__(kLongThreads, 2) long_rows(CrossEntropy a) {
  T* row = static_cast<T*>(a.logits) + blockIdx.x * a.stride;
  const int packs = a.cols / N;
  const Target target(a);
  if (target.ignored || !target.valid) return fill_row(a, row, target.ignored ? 0.f : NAN);
  const float target_logit = widen(row[target.index]);
  Partition partition{-INFINITY, 0};
#pragma unroll 4
  for (int i = threadIdx.x; i < packs; i += kLongThreads) add_pack(partition, load<T, N>(row + i * N));
  const Ending ending(a, block_merge(partition), target_logit);
  if (!a.write_grad) return;
#pragma unroll 4
  for (int i = threadIdx.x; i < packs; i += kLongThreads)
    write_grad<T, N>(row + i * N, load_once<T, N>(row + i * N), ending.shift, ending.scale,
                     static_cast<int>(target.index) - i * N);
}

__global__ void __launch_bounds__(1024) count_kept(KeptCount a) {
  float count = 0;
#pragma unroll 8
  for (int64_t i = threadIdx.x; i < a.rows; i += 1024) count += a.targets[i] != a.ignore_index;
  count = block_sum(count, 0);
  if (threadIdx.x == 0) *a.inverse_count = 1.f / count;
}

__global__ void __launch_bounds__(1024) add_losses(MeanLoss a) {
  float sum = 0;
#pragma unroll 8
  for (int64_t i = threadIdx.x; i < a.rows; i += 1024) sum += a.losses[i];
  sum = block_sum(sum, 0);
  if (threadIdx.x == 0) *a.loss = sum * *a.inverse_count;
}

template <typename T, int N>
__global__ void __launch_bounds__(256) multiply(Scale a) {
  const float factor = *a.factor * (a.second_factor ? *a.second_factor : 1.f);
  if (factor == 1.f) return;
  const int64_t packs = a.cols / N;
  for (int64_t row = blockIdx.x; row < a.rows; row += gridDim.x) {
    T* data = static_cast<T*>(a.data) + row * a.stride;
    for (int64_t i = threadIdx.x; i < packs; i += blockDim.x) {
      float x[N];
      unpack(load_once<T, N>(data + i * N), x);
#pragma unroll
      for (int j = 0; j < N; ++j) x[j] *= factor;
      store<T, N>(data + i * N, x);
    }
  }
}

template <typename T>
bool fits_packs(const void* data, int64_t cols, int64_t stride) {
  return is_aligned(data) && cols % kVector<T> == 0 && stride % kVector<T> == 0;
}

template <typename T>
void launch_rows(const CrossEntropy& a, Stream stream) {
  const bool wide = fits_packs<T>(a.logits, a.cols, a.stride);
  const size_t row_bytes = a.cols * sizeof(T);
  if (wide && row_bytes <= kMostShared && row_bytes <= most_shared()) {
    allow_shared(staged_rows<T>, row_bytes);
    staged_rows<T><<<a.rows, kThreads, row_bytes, stream>>>(a);
  } else if (wide) {
    long_rows<T, kVector<T>><<<a.rows, kLongThreads, 0, stream>>>(a);
  } else {
    long_rows<T, 1><<<a.rows, kLongThreads, 0, stream>>>(a);
  }
}

}  // namespace

LaunchError kept_count(const KeptCount& a, Stream stream) {
  count_kept<<<1, 1024, 0, stream>>>(a);
  return launch_error();
}

LaunchError cross_entropy(const CrossEntropy& a, Stream stream) {
  if (a.cols > INT32_MAX) return "more than 2^31 classes are not supported";
  if (a.rows == 0) return nullptr;
  with_element(a.element, [&](auto zero) { launch_rows<decltype(zero)>(a, stream); });
  return launch_error();
}

LaunchError mean_loss(const MeanLoss& a, Stream stream) {
  add_losses<<<1, 1024, 0, stream>>>(a);
  return launch_error();
}

LaunchError scale(const Scale& a, Stream stream) {
  if (a.rows == 0 || a.cols == 0) return nullptr;
  const int64_t most = 8 * num_multiprocessors();
  const int64_t blocks = a.rows < most ? a.rows : most;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    if (fits_packs<T>(a.data, a.cols, a.stride)) multiply<T, kVector<T>><<<blocks, 256, 0, stream>>>(a);
    else multiply<T, 1><<<blocks, 256, 0, stream>>>(a);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
