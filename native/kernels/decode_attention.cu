// One new token of each row attends to what the cache holds: rotation, the cache's new rows and attention in one kernel (flash decoding, Dao
// et al. 2023). Each group of lanes that reads one head's row of the cache is a stream of its own with a running softmax; streams take keys in
// turns, and are joined over a warp, a block and, from Hopper on, a cluster of blocks.
#include <cooperative_groups.h>

#include "overlap.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 512, kWarps = kThreads / 32;
constexpr int kMostBlocks = 2;  // of a head, as a cluster: with more, or with smaller ones, it was slower on an H200 (LOG.md, 2026-11-28)

/* A softmax under way: the largest score in units of log 2, the sum of the shares. */
struct Running {
  float top, total;
};

/* What a sum under `top` counts under `next_top`, at least as large. */
__device__ inline float rescaled(float top, float next_top) { return next_top == -INFINITY ? 1.f : exp2_fast(top - next_top); }

/* Number `i` of a head, turned and rounded. */
template <typename T>
__device__ T turned_number(const DecodeAttention& a, const T* head, int64_t batch, int i) {
  if (!a.cos || i >= a.turned) return head[i];
  const int half = int(a.turned) / 2, pair = i % half;
  const float low = widen(head[a.interleaved ? 2 * pair : pair]), high = widen(head[a.interleaved ? 2 * pair + 1 : pair + half]);
  const float cos = widen(static_cast<const T*>(a.cos)[batch * a.cos_stride + i]);
  const float sin = widen(static_cast<const T*>(a.sin)[batch * a.sin_stride + i]);
  return narrow<T>(i < half ? low * cos - high * sin : high * cos + low * sin);
}

/* What a block has of one head. */
struct Parts {
  float sums[kWarps][kMostDecodeDim];
  Running running[kWarps];
  float joined[kMostDecodeDim];
  Running block;
};

/* Sums of all warps under one top, at `joined`. */
__device__ inline void join_warps(Parts& parts, int dim) {
  float top = -INFINITY;
#pragma unroll
  for (int warp = 0; warp < kWarps; ++warp) top = fmaxf(top, parts.running[warp].top);
  float total = 0, factors[kWarps];
#pragma unroll
  for (int warp = 0; warp < kWarps; ++warp) {
    factors[warp] = rescaled(parts.running[warp].top, top);
    total += parts.running[warp].total * factors[warp];
  }
  for (int i = threadIdx.x; i < dim; i += kThreads) {
    float sum = 0;
#pragma unroll
    for (int warp = 0; warp < kWarps; ++warp) sum += parts.sums[warp][i] * factors[warp];
    parts.joined[i] = sum;
  }
  if (threadIdx.x == 0) {
    parts.block.top = top;
    parts.block.total = total;
  }
}

/* Writes the head's result from the parts of `count` blocks, of which `part_of(block)` are. */
template <typename T, typename PartOf>
__device__ void write_joined(T* out, int dim, int count, const PartOf& part_of) {
  float top = -INFINITY;
  for (int block = 0; block < count; ++block) top = fmaxf(top, part_of(block)->block.top);
  float total = 0;
  for (int block = 0; block < count; ++block) total += part_of(block)->block.total * rescaled(part_of(block)->block.top, top);
  const float inverse = total > 0 ? 1 / total : 0;
  for (int i = threadIdx.x; i < dim; i += kThreads) {
    float sum = 0;
    for (int block = 0; block < count; ++block) sum += part_of(block)->joined[i] * rescaled(part_of(block)->block.top, top);
    out[i] = narrow<T>(sum * inverse);
  }
}

/* `lanes` read a row, each `Chunks` packs of N numbers; `Keys` rows are under way at once. */
template <typename T, int N, int Chunks, int Keys>
__global__ void __launch_bounds__(kThreads) decode_attention(DecodeAttention a, int lanes) {
  __shared__ alignas(16) T query[kMostDecodeDim];
  __shared__ alignas(16) T new_key[kMostDecodeDim];
  __shared__ Parts parts;
  const int dim = int(a.dim), head = blockIdx.y, blocks = gridDim.x;
  const int group = int(a.heads / a.kv_heads), kv_head = head / group;
  const int lane = threadIdx.x % lanes, stream = blockIdx.x * (kThreads / lanes) + threadIdx.x / lanes;
  const int64_t num_streams = int64_t(blocks) * (kThreads / lanes);
  const int64_t batch = blockIdx.z, place = *a.place, first = place < a.window ? 0 : place + 1 - a.window;
  const T* given_query = static_cast<const T*>(a.q) + batch * a.q_strides[0] + head * a.q_strides[1];
  const T* given_key = static_cast<const T*>(a.k) + batch * a.k_strides[0] + kv_head * a.k_strides[1];
  const T* new_value = static_cast<const T*>(a.v) + batch * a.v_strides[0] + kv_head * a.v_strides[1];
  T* keys = static_cast<T*>(a.keys) + (batch * a.kv_heads + kv_head) * a.room * dim;
  T* values = static_cast<T*>(a.values) + (batch * a.kv_heads + kv_head) * a.room * dim;
  Pack<T, N> key[Keys][Chunks], value[Keys][Chunks];
  bool shown[Keys];
  const auto load_stored = [&](int64_t round) {  // not what is new
#pragma unroll
    for (int u = 0; u < Keys; ++u) {
      const int64_t j = round + stream + u * num_streams;
      shown[u] = j <= place && (!a.mask || a.mask[batch * a.mask_stride + j] != 0);
#pragma unroll
      for (int c = 0; c < Chunks; ++c) {
        const int at = (c * lanes + lane) * N;
        const bool is_stored = shown[u] && j < place && at < dim;
        key[u][c] = is_stored ? load<T, N>(keys + j * dim + at) : Pack<T, N>{};
        value[u][c] = is_stored ? load<T, N>(values + j * dim + at) : Pack<T, N>{};
      }
    }
  };
  load_stored(first);  // written by earlier steps: on its way while the kernel before ends
  wait_for_kernel_before();
  let_dependents_start();
  const bool writes = blockIdx.x == 0 && head % group == 0;
  for (int i = threadIdx.x; i < dim; i += kThreads) {
    query[i] = turned_number(a, given_query, batch, i);
    new_key[i] = turned_number(a, given_key, batch, i);
    if (writes) keys[place * dim + i] = new_key[i];
    if (writes) values[place * dim + i] = new_value[i];
  }
  __syncthreads();

  const float scale = a.soft_cap == 0 ? a.scale * kLog2E : a.scale;
  float q[Chunks][N], sums[Chunks][N] = {};
#pragma unroll
  for (int c = 0; c < Chunks; ++c) {
    const int at = (c * lanes + lane) * N;
#pragma unroll
    for (int j = 0; j < N; ++j) q[c][j] = at + j < dim ? widen(query[at + j]) : 0;
  }
  Running running{-INFINITY, 0};
  for (int64_t round = first; round <= place; round += num_streams * Keys) {
    if (round != first) load_stored(round);
#pragma unroll
    for (int u = 0; u < Keys; ++u)
      if (round + stream + u * num_streams == place)
#pragma unroll
        for (int c = 0; c < Chunks; ++c)
          if (const int at = (c * lanes + lane) * N; at < dim) {
            key[u][c] = load<T, N>(new_key + at);
            value[u][c] = load<T, N>(new_value + at);
          }
    float scores[Keys], top = running.top;
#pragma unroll
    for (int u = 0; u < Keys; ++u) {
      float sum = 0;
#pragma unroll
      for (int c = 0; c < Chunks; ++c) {
        float numbers[N];
        unpack(key[u][c], numbers);
#pragma unroll
        for (int j = 0; j < N; ++j) sum += q[c][j] * numbers[j];
      }
      for (int other = lanes / 2; other > 0; other /= 2) sum += __shfl_xor_sync(~0u, sum, other);
      const float score = a.soft_cap == 0 ? sum * scale : a.soft_cap * tanhf(sum * scale / a.soft_cap) * kLog2E;
      scores[u] = shown[u] ? score : -INFINITY;
      top = fmaxf(top, scores[u]);
    }
    const float kept = rescaled(running.top, top);
    running.total *= kept;
#pragma unroll
    for (int c = 0; c < Chunks; ++c)
#pragma unroll
      for (int j = 0; j < N; ++j) sums[c][j] *= kept;
#pragma unroll
    for (int u = 0; u < Keys; ++u) {
      const float share = shown[u] ? exp2_fast(scores[u] - top) : 0;
      running.total += share;
#pragma unroll
      for (int c = 0; c < Chunks; ++c) {
        float numbers[N];
        unpack(value[u][c], numbers);
#pragma unroll
        for (int j = 0; j < N; ++j) sums[c][j] += share * numbers[j];
      }
    }
    running.top = top;
  }

  for (int other = lanes; other < 32; other *= 2) {  // the streams of a warp
    const float top = fmaxf(running.top, __shfl_xor_sync(~0u, running.top, other));
    const float kept = rescaled(running.top, top);
    running.total *= kept;
    running.total += __shfl_xor_sync(~0u, running.total, other);
    running.top = top;
#pragma unroll
    for (int c = 0; c < Chunks; ++c)
#pragma unroll
      for (int j = 0; j < N; ++j) {
        sums[c][j] *= kept;
        sums[c][j] += __shfl_xor_sync(~0u, sums[c][j], other);
      }
  }
  const int warp = threadIdx.x / 32;
  if (threadIdx.x % 32 < lanes) {
#pragma unroll
    for (int c = 0; c < Chunks; ++c)
#pragma unroll
      for (int j = 0; j < N; ++j)
        if (const int at = (c * lanes + lane) * N + j; at < dim) parts.sums[warp][at] = sums[c][j];
  }
  if (threadIdx.x % 32 == 0) parts.running[warp] = running;
  __syncthreads();
  join_warps(parts, dim);
  T* out = static_cast<T*>(a.out) + (batch * a.heads + head) * dim;
#if __CUDA_ARCH__ >= 900
  if (blocks > 1) {
    const auto cluster = cooperative_groups::this_cluster();
    cluster.sync();
    if (blockIdx.x == 0) write_joined(out, dim, blocks, [&](int block) { return cluster.map_shared_rank(&parts, block); });
    cluster.sync();  // nobody's part may go before it was read
    return;
  }
#endif
  __syncthreads();
  write_joined(out, dim, 1, [&](int) { return &parts; });
}

template <typename T, int N, int Chunks>
void launch(const DecodeAttention& a, int lanes, Stream stream) {
  constexpr int kKeys = Chunks == 1 ? 4 : 1;
  const int64_t heads = a.batch * a.heads, streams = kThreads / lanes;
  const int64_t wanted = num_multiprocessors();  // blocks, as long as each stream has a key
  int blocks = 1;
  while (can_overlap() && blocks < kMostBlocks && heads * blocks < wanted && blocks * streams < a.room) blocks *= 2;
  const Launch launch{dim3(blocks, a.heads, a.batch), dim3(kThreads), stream, 0, blocks};
  launch_overlapping(decode_attention<T, N, Chunks, kKeys>, launch, a, lanes);
}

template <typename T>
bool fits_packs(const DecodeAttention& a) {
  bool fits = a.dim % kVector<T> == 0 && is_aligned(a.keys) && is_aligned(a.values) && is_aligned(a.v);
  for (const int64_t stride : a.v_strides) fits = fits && stride % kVector<T> == 0;
  return fits;
}

}  // namespace

LaunchError decode_attention(const DecodeAttention& a, Stream stream) {
  if (a.batch > 65535 || a.heads > 65535) return "more than 65535 rows or heads are not supported";
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    const bool in_packs = fits_packs<T>(a);
    const int64_t packs = in_packs ? a.dim / kVector<T> : a.dim;
    int lanes = 1;
    while (lanes < 32 && lanes < packs) lanes *= 2;
    if (in_packs && packs <= 32) launch<T, kVector<T>, 1>(a, lanes, stream);
    else if (in_packs) launch<T, kVector<T>, kMostDecodeDim / kVector<T> / 32>(a, lanes, stream);
    else launch<T, 1, kMostDecodeDim / 32>(a, lanes, stream);
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
