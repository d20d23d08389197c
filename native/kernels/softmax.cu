// Softmax with scale, mask, causal bound and ALiBi (Press et al. 2021), and its gradient: a team of threads a row of keys,
// which stays in registers; keys behind the causal bound are not read.
#include <algorithm>
#include <type_traits>

#include "overlap.cuh"
#include "rows.cuh"

namespace notebooster::kernels::cuda {
namespace {

struct Arguments : Softmax {
  bool mask_in_packs;  // as the scores; else item by item
};

/* Where a row lies and which keys it may see. */
template <typename T, int N>
struct ScoreRow {
  const Arguments& a;
  int64_t begin, mask_at;
  int keys, packs;  // packs: of all keys
  float slope, last;

  __device__ ScoreRow(const Arguments& arguments, int64_t row) : a(arguments), begin(row * arguments.keys) {
    const uint32_t query = row % a.queries, rest = row / a.queries, head = rest % a.heads, batch = rest / a.heads;
    const int64_t until = query + a.keys - a.queries + 1;
    keys = static_cast<int>(!a.causal || until > a.keys ? a.keys : until < 0 ? 0 : until);
    packs = static_cast<int>(a.keys / N);
    mask_at = batch * a.mask_strides[0] + head * a.mask_strides[1] + query * a.mask_strides[2];
    slope = a.slopes ? a.slopes[head] * kLog2E : 0.f;
    last = static_cast<float>(until - 1);
  }

  __device__ Pack<T, N> fetch(const void* data, int i) const {
    return load_once<T, N>(static_cast<const T*>(data) + begin + int64_t(i) * N);
  }

  /* What the mask does to pack i. */
  template <Mask Kind>
  __device__ void apply_mask(int i, float (&x)[N]) const {
    using Item = std::conditional_t<Kind == Mask::boolean, uint8_t, T>;
    const Item* from = static_cast<const Item*>(a.mask) + mask_at + int64_t(i) * N * a.mask_strides[3];
    Pack<Item, N> packed;
    Item* items = reinterpret_cast<Item*>(&packed.bits);
    if (a.mask_in_packs) {
      packed = load<Item, N>(from);
    } else {
#pragma unroll
      for (int j = 0; j < N; ++j) items[j] = from[j * a.mask_strides[3]];
    }
#pragma unroll
    for (int j = 0; j < N; ++j) {
      if constexpr (Kind == Mask::boolean) x[j] = items[j] ? x[j] : -INFINITY;
      else x[j] = fmaf(widen(items[j]), kLog2E, x[j]);
    }
  }

  /* Pack i in units of log2, -inf where there is nothing to see. */
  template <Mask Kind>
  __device__ void logits(const Pack<T, N>& packed, int i, float (&x)[N]) const {
    unpack(packed, x);
    const float scale = a.scale * kLog2E;
#pragma unroll
    for (int j = 0; j < N; ++j) x[j] *= scale;
    if (a.slopes) {
#pragma unroll
      for (int j = 0; j < N; ++j) x[j] = fmaf(slope, static_cast<float>(i * N + j) - last, x[j]);
    }
    if constexpr (Kind != Mask::none) apply_mask<Kind>(i, x);
    if ((i + 1) * N <= keys) return;
#pragma unroll
    for (int j = 0; j < N; ++j) x[j] = i * N + j < keys ? x[j] : -INFINITY;
  }

  __device__ void write(int i, const float (&x)[N]) const { store<T, N>(static_cast<T*>(a.out) + begin + int64_t(i) * N, x); }
};

template <bool OneWarp>
__device__ inline float team_max(float value) {
#pragma unroll
  for (int mask = 16; mask > 0; mask /= 2) value = fmaxf(value, __shfl_xor_sync(~0u, value, mask));
  if constexpr (!OneWarp) {
    __shared__ float warps[32];
    if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = value;
    __syncthreads();
    value = threadIdx.x % 32 < blockDim.x / 32 ? warps[threadIdx.x % 32] : -INFINITY;
#pragma unroll
    for (int mask = 16; mask > 0; mask /= 2) value = fmaxf(value, __shfl_xor_sync(~0u, value, mask));
  }
  return value;
}

/* The row's logits in registers, Per packs a thread; Per 0: they are made again from memory each time. 18 blocks as measured on
   an H100. */
template <typename T, int N, int Per, Mask Kind, bool OneWarp, int Threads>
__global__ void __launch_bounds__(Threads, Threads == 64 && Kind == Mask::boolean ? 18 : 1) forward(Arguments a, int64_t rows) {
  wait_for_kernel_before();
  const int64_t index = team_index();
  if (index >= rows) return;  // whole warps only where teams are warps
  const ScoreRow<T, N> row(a, index);
  constexpr int kHeld = Per > 0 ? Per : 1;
  float held[kHeld][N];
  const auto each = [&](auto visit) {
    if constexpr (Per > 0) {
#pragma unroll
      for (int k = 0; k < Per; ++k) {
        const int i = threadIdx.x + k * blockDim.x;
        if (i < row.packs) visit(i, held[k]);
      }
    } else {
      for (int i = threadIdx.x; i < row.packs; i += blockDim.x) {
        if (i * N < row.keys) row.template logits<Kind>(row.fetch(a.scores, i), i, held[0]);
        visit(i, held[0]);
      }
    }
  };
  if constexpr (Per > 0) {
    Pack<T, N> packs[Per];
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i < row.packs && i * N < row.keys) packs[k] = row.fetch(a.scores, i);
    }
#pragma unroll
    for (int k = 0; k < Per; ++k) {
      const int i = threadIdx.x + k * blockDim.x;
      if (i < row.packs && i * N < row.keys) row.template logits<Kind>(packs[k], i, held[k]);
    }
  }
  float top = -INFINITY, sum = 0;
  each([&](int i, float (&x)[N]) {
    if (i * N >= row.keys) return;
#pragma unroll
    for (int j = 0; j < N; ++j) top = fmaxf(top, x[j]);
  });
  top = team_max<OneWarp>(top);
  if (top == -INFINITY) top = 0;
  each([&](int i, float (&x)[N]) {
    if (i * N >= row.keys) return;
#pragma unroll
    for (int j = 0; j < N; ++j) {
      x[j] = exp2_fast(x[j] - top);
      sum += x[j];
    }
  });
  sum = team_sum<OneWarp>(sum, 0);
  const float scale = sum > 0 || isnan(sum) ? 1.f / sum : 0.f;
  each([&](int i, float (&x)[N]) {
#pragma unroll
    for (int j = 0; j < N; ++j) {
      if (Per == 0 && i * N < row.keys) x[j] = exp2_fast(x[j] - top);
      x[j] = i * N < row.keys ? x[j] * scale : 0.f;
    }
    row.write(i, x);
  });
}

template <typename T, int N, int Per, bool OneWarp, int Threads>
__global__ void __launch_bounds__(Threads) backward(Arguments a, int64_t rows) {
  wait_for_kernel_before();
  const int64_t index = team_index();
  if (index >= rows) return;
  const ScoreRow<T, N> row(a, index);
  constexpr int kHeld = Per > 0 ? Per : 1;
  Pack<T, N> results[kHeld], grads[kHeld];
  const auto fetch = [&](int k, int i) {
    if (i * N >= row.keys) return;
    results[k] = row.fetch(a.scores, i);
    grads[k] = row.fetch(a.grad, i);
  };
  float dot = 0;
  const auto add = [&](int k, int i) {
    if (i * N >= row.keys) return;
    float result[N], grad[N];
    unpack(results[k], result);
    unpack(grads[k], grad);
#pragma unroll
    for (int j = 0; j < N; ++j) dot += i * N + j < row.keys ? result[j] * grad[j] : 0.f;
  };
  const auto finish = [&](int k, int i) {
    float result[N] = {}, grad[N] = {};
    if (i * N < row.keys) {
      unpack(results[k], result);
      unpack(grads[k], grad);
    }
#pragma unroll
    for (int j = 0; j < N; ++j) result[j] = i * N + j < row.keys ? a.scale * result[j] * (grad[j] - dot) : 0.f;
    row.write(i, result);
  };
  if constexpr (Per > 0) {
#pragma unroll
    for (int k = 0; k < Per; ++k)
      if (threadIdx.x + k * blockDim.x < row.packs) fetch(k, threadIdx.x + k * blockDim.x);
#pragma unroll
    for (int k = 0; k < Per; ++k)
      if (threadIdx.x + k * blockDim.x < row.packs) add(k, threadIdx.x + k * blockDim.x);
  } else {
    for (int i = threadIdx.x; i < row.packs; i += blockDim.x) {
      fetch(0, i);
      add(0, i);
    }
  }
  dot = team_sum<OneWarp>(dot, 0);
  if constexpr (Per > 0) {
#pragma unroll
    for (int k = 0; k < Per; ++k)
      if (threadIdx.x + k * blockDim.x < row.packs) finish(k, threadIdx.x + k * blockDim.x);
  } else {
    for (int i = threadIdx.x; i < row.packs; i += blockDim.x) {
      fetch(0, i);
      finish(0, i);
    }
  }
}

template <typename T, int N, Mask Kind>
void launch(const Arguments& a, Stream stream) {
  const int64_t rows = a.batch * a.heads * a.queries, packs = a.keys / N;
  const auto go = [&](auto per, auto one_warp, auto most_threads) {
    constexpr int kPer = decltype(per)::value, kMost = decltype(most_threads)::value;
    constexpr bool kOneWarp = decltype(one_warp)::value;
    const dim3 threads = kOneWarp ? dim3(32, kMost / 32) : dim3(threads_for(packs, kPer > 0 ? kPer : 1, kMost));
    const Launch launch{dim3(ceil_div(rows, threads.y)), threads, stream};
    if (a.grad) launch_overlapping(backward<T, N, kPer, kOneWarp, kMost>, launch, a, rows);
    else launch_overlapping(forward<T, N, kPer, Kind, kOneWarp, kMost>, launch, a, rows);
  };
  if (packs <= 32) go(Int<1>(), Bool<true>(), Int<128>());
  else if (packs <= 128) go(Int<4>(), Bool<true>(), Int<128>());
  else if (packs <= 256) go(Int<4>(), Bool<false>(), Int<64>());
  else if (packs <= 4 * 512) go(Int<4>(), Bool<false>(), Int<512>());
  else go(Int<0>(), Bool<false>(), Int<1024>());
}

/* Of items of `bytes` bytes, N of which belong to a pack. */
bool mask_fits_packs(const Softmax& a, int64_t bytes, int64_t n) {
  const auto is_whole = [&](int64_t items) { return items % n == 0; };
  return a.mask_strides[3] == 1 && std::all_of(a.mask_strides, a.mask_strides + 3, is_whole) &&
         reinterpret_cast<uintptr_t>(a.mask) % (bytes * n) == 0;
}

template <typename T, int N>
void launch_kind(const Softmax& given, Stream stream) {
  const int64_t item = given.mask_kind == Mask::boolean ? 1 : sizeof(T);
  const Arguments a{given, mask_fits_packs(given, item, N)};
  if (a.grad || a.mask_kind == Mask::none) launch<T, N, Mask::none>(a, stream);
  else if (a.mask_kind == Mask::boolean) launch<T, N, Mask::boolean>(a, stream);
  else launch<T, N, Mask::added>(a, stream);
}

}  // namespace

LaunchError softmax(const Softmax& a, Stream stream) {
  if (a.batch * a.heads * a.queries * a.keys == 0) return nullptr;
  if (a.keys > INT32_MAX || a.batch * a.heads * a.queries > INT32_MAX) return "more than 2^31 keys or rows are not supported";
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool wide = a.keys % kVector<T> == 0 && is_aligned(a.scores) && is_aligned(a.grad) && is_aligned(a.out);
    wide ? launch_kind<T, kVector<T>>(a, stream) : launch_kind<T, 1>(a, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
