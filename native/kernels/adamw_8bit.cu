// AdamW with moments in 8 bits a number (Dettmers et al. 2022) over many tensors a launch, in one pass over memory: a warp updates a
// block of 256 weights, eight a lane, finds both moments' scales among its lanes, and writes codes. Nothing else is read or written.
#include <type_traits>

#include "adamw.cuh"
#include "dynamic_types.h"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256, kWarps = kThreads / 32;
constexpr int kStep = 4, kTurns = 2;  // a lane takes four neighbours at once, twice
static_assert(kTurns * kStep * 32 == kDynamicBlock && kChunk == kWarps * kDynamicBlock);

__device__ const DynamicType kTypes[2] = {dynamic_type(false), dynamic_type(true)};

/* What lanes read each at its own place. */
struct Tables {
  DynamicType types[2];

  __device__ void fill() {
    static_assert(sizeof(DynamicType) % 4 == 0);
    constexpr int kWords = sizeof(Tables) / 4;
    const auto* from = reinterpret_cast<const uint32_t*>(kTypes);
    auto* to = reinterpret_cast<uint32_t*>(this);
    for (int i = threadIdx.x; i < kWords; i += kThreads) to[i] = from[i];
    __syncthreads();
  }
};

/* log2(x) in one instruction; that of 0 is -infinity */
__device__ inline float log2_fast(float x) {
  float result;
  asm("lg2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}

/* The code nearest to x, at most 1 away from 0. The decade is found by a logarithm: a number at its border may be taken for one of the other
   decade, where the midpoint beside it decides just as well. */
template <bool Signed>
__device__ inline int code_of(const DynamicType& type, float x) {
  const float size = fabsf(x);
  const int decade = max(0, static_cast<int>(fmaf(log2_fast(size), 0.30103f, kDecades - 1e-4f)));
  const Decade& d = type.decades[decade];
  return code_after<Signed>(type.midpoints, static_cast<int>(fmaf(size, d.slope, d.offset)), x);
}

/* Eight numbers of each lane become codes; every lane returns the block's scale. */
template <bool Signed>
__device__ inline float quantize(const DynamicType& type, const float (&x)[kTurns][kStep], uint8_t (&codes)[kTurns][kStep]) {
  uint32_t top = 0;  // bits of positive numbers are ordered as the numbers are, with NaN above all
#pragma unroll
  for (int k = 0; k < kTurns; ++k)
#pragma unroll
    for (int j = 0; j < kStep; ++j) top = max(top, __float_as_uint(x[k][j]) & 0x7fffffffu);
  const float absmax = __uint_as_float(__reduce_max_sync(~0u, top));
  const float divisor = absmax < kSmallestScale ? kSmallestScale : absmax;
#pragma unroll
  for (int k = 0; k < kTurns; ++k)
#pragma unroll
    for (int j = 0; j < kStep; ++j) codes[k][j] = static_cast<uint8_t>(code_of<Signed>(type, __fdiv_rn(x[k][j], divisor)));
  return absmax;
}

/* Element k, j of a lane: four neighbours, then four of the block's other half. */
__device__ inline int place_of(int k, int j) { return k * (kDynamicBlock / kTurns) + (threadIdx.x % 32) * kStep + j; }

/* One lane's part of a block as it lies in memory. */
template <typename T>
struct Part {
  Pack<T, kStep> packs[kTurns];

  __device__ void load_packs(const T* from) {
#pragma unroll
    for (int k = 0; k < kTurns; ++k) packs[k] = load_once<T, kStep>(from + place_of(k, 0));
  }
  /* Zeros behind the end. */
  __device__ void load_some(const T* from, int size) {
#pragma unroll
    for (int k = 0; k < kTurns; ++k) {
      packs[k] = {};
      T* items = reinterpret_cast<T*>(&packs[k]);
#pragma unroll
      for (int j = 0; j < kStep; ++j)
        if (place_of(k, j) < size) items[j] = from[place_of(k, j)];
    }
  }
  __device__ void load(const T* from, int size, bool in_packs) {
    if (in_packs) load_packs(from);
    else load_some(from, size);
  }
  __device__ void widen_to(float (&x)[kTurns][kStep]) const {
#pragma unroll
    for (int k = 0; k < kTurns; ++k) unpack(packs[k], x[k]);
  }
};

template <typename T>
__device__ inline void store_part(T* to, const T (&x)[kTurns][kStep], int size, bool in_packs) {
#pragma unroll
  for (int k = 0; k < kTurns; ++k) {
    if (in_packs) {
      Pack<T, kStep> pack;
#pragma unroll
      for (int j = 0; j < kStep; ++j) reinterpret_cast<T*>(&pack)[j] = x[k][j];
      store<T, kStep>(to + place_of(k, 0), pack);
    } else {
#pragma unroll
      for (int j = 0; j < kStep; ++j)
        if (place_of(k, j) < size) to[place_of(k, j)] = x[k][j];
    }
  }
}

__device__ inline bool in_packs(const AdamW8bitTensor& t) {
  const auto bits = reinterpret_cast<uintptr_t>(t.param) | reinterpret_cast<uintptr_t>(t.master) | reinterpret_cast<uintptr_t>(t.grad) |
                    reinterpret_cast<uintptr_t>(t.exp_avg) | reinterpret_cast<uintptr_t>(t.exp_avg_sq);
  return bits % 16 == 0;
}

/* A block of a tensor by one warp. */
template <typename P, typename G, bool Master, bool AtRandom>
__device__ void update_block(const Tables& tables, const AdamW8bitTensor& t, int64_t begin, const Numbers& s) {
  using W = std::conditional_t<Master, float, P>;  // what is updated
  const int64_t rest = t.numel - begin;
  const int size = rest < kDynamicBlock ? static_cast<int>(rest) : kDynamicBlock;
  const bool packed = size == kDynamicBlock && in_packs(t);
  const DynamicType &unsigned_type = tables.types[0], &signed_type = tables.types[1];
  W* weights = (Master ? reinterpret_cast<W*>(t.master) : static_cast<W*>(t.param)) + begin;
  uint8_t *exp_avg = static_cast<uint8_t*>(t.exp_avg) + begin, *exp_avg_sq = static_cast<uint8_t*>(t.exp_avg_sq) + begin;
  float &exp_avg_absmax = t.exp_avg_absmax[begin / kDynamicBlock], &exp_avg_sq_absmax = t.exp_avg_sq_absmax[begin / kDynamicBlock];
  Part<G> grad;
  Part<W> weight;
  Part<uint8_t> m_codes, v_codes;
  grad.load(static_cast<const G*>(t.grad) + begin, size, packed);
  weight.load(weights, size, packed);
  m_codes.load(exp_avg, size, packed);
  v_codes.load(exp_avg_sq, size, packed);
  const float m_scale = exp_avg_absmax, v_scale = exp_avg_sq_absmax;
  float g[kTurns][kStep], p[kTurns][kStep], m[kTurns][kStep], v[kTurns][kStep];
  grad.widen_to(g);
  weight.widen_to(p);
#pragma unroll
  for (int k = 0; k < kTurns; ++k)
#pragma unroll
    for (int j = 0; j < kStep; ++j) {
      m[k][j] = v[k][j] = 0;  // behind the end, whatever the scale and the factor of gradients are
      if (!packed && place_of(k, j) >= size) continue;
      m[k][j] = signed_type.values[m_codes.packs[k].bits >> 8 * j & 255] * m_scale;
      v[k][j] = unsigned_type.values[v_codes.packs[k].bits >> 8 * j & 255] * v_scale;
      update(p[k][j], m[k][j], v[k][j], g[k][j] * s.scale, s);
    }
  P params[kTurns][kStep];
#pragma unroll
  for (int k = 0; k < kTurns; ++k)
#pragma unroll
    for (int j = 0; j < kStep; ++j) {
      if constexpr (AtRandom)
        params[k][j] = narrow_at_random(p[k][j], bits_at(s.key, t.draws.begin + begin + place_of(k, j), 0u) * multiplier(0));
      else
        params[k][j] = narrow<P>(p[k][j]);
    }
  if constexpr (Master) store_part<float>(weights, p, size, packed);
  store_part<P>(static_cast<P*>(t.param) + begin, params, size, packed);
  uint8_t codes[kTurns][kStep];
  const float m_absmax = quantize<true>(signed_type, m, codes);
  store_part<uint8_t>(exp_avg, codes, size, packed);
  const float v_absmax = quantize<false>(unsigned_type, v, codes);
  store_part<uint8_t>(exp_avg_sq, codes, size, packed);
  if (threadIdx.x % 32 == 0) {
    exp_avg_absmax = m_absmax;
    exp_avg_sq_absmax = v_absmax;
  }
}

/* Thread blocks take chunks in turn, so that tables are filled a few times and not once a chunk. */
template <typename P, typename G, bool Master, bool AtRandom>
__global__ void __launch_bounds__(kThreads, 3) step_blocks(const __grid_constant__ TensorList<AdamW8bitTensor> list, int64_t chunks,
                                                           const __grid_constant__ AdamWStep s) {
  if (s.found_inf && *s.found_inf != 0.f) return;
  __shared__ Tables tables;
  tables.fill();
  int of = find_chunk(list, blockIdx.x).tensor;
  Numbers numbers(s, list.tensors[of]);
  for (int64_t i = blockIdx.x; i < chunks; i += gridDim.x) {
    const Chunk chunk = find_chunk(list, i);
    const AdamW8bitTensor& t = list.tensors[chunk.tensor];
    if (chunk.tensor != of) numbers = Numbers(s, t);
    of = chunk.tensor;
    const int64_t begin = chunk.begin + threadIdx.x / 32 * kDynamicBlock;
    if (begin < t.numel) update_block<P, G, Master, AtRandom>(tables, t, begin, numbers);
  }
}

template <typename P, typename G, bool Master, bool AtRandom>
void launch_as(const AdamW8bitTensor* tensors, int64_t count, const AdamWStep& step, Stream stream) {
  auto* kernel = step_blocks<P, G, Master, AtRandom>;
  int resident = 1;
  cudaOccupancyMaxActiveBlocksPerMultiprocessor(&resident, kernel, kThreads, 0);
  const int64_t most = int64_t(num_multiprocessors()) * (resident > 0 ? resident : 1);
  for_each_list(tensors, count, [&](const auto& list, int64_t chunks) {
    kernel<<<static_cast<unsigned>(chunks < most ? chunks : most), kThreads, 0, stream>>>(list, chunks, step);
  });
}

template <typename P, typename G>
void launch(const AdamW8bitTensor* tensors, int64_t count, const AdamWStep& step, Stream stream) {
  if constexpr (std::is_same_v<P, __nv_bfloat16>) {
    if (tensors[0].draws.step) return launch_as<P, G, false, true>(tensors, count, step, stream);
  }
  if constexpr (!std::is_same_v<P, float>) {
    if (tensors[0].master) return launch_as<P, G, true, false>(tensors, count, step, stream);
  }
  launch_as<P, G, false, false>(tensors, count, step, stream);
}

}  // namespace

LaunchError adamw_8bit(const AdamW8bitTensor* tensors, int64_t count, const AdamWStep& step, Stream stream) {
  if (count == 0) return nullptr;
  with_element(step.param, [&](auto param) {
    with_element(step.grad, [&](auto grad) { launch<decltype(param), decltype(grad)>(tensors, count, step, stream); });
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
