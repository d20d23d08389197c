// AdamW (Loshchilov and Hutter 2019) over many tensors a launch, in one pass over memory: gradient scaled by a number on
// the device (unscale and clip), moments and master weight in float32, the parameter written in its own dtype. Or without a
// master: parameter and moments in bfloat16, rounded at random (draws.h).
#include <type_traits>

#include "adamw.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 512, kStep = 4;  // elements a thread takes at once: 16 bytes of float32
static_assert(kChunk % (kThreads * kStep) == 0);

template <int N>
__device__ void store_at_random(__nv_bfloat16* to, const float (&x)[N], const uint32_t (&bits)[N], int draw) {
  alignas(2 * N) __nv_bfloat16 rounded[N];
#pragma unroll
  for (int j = 0; j < N; ++j) rounded[j] = narrow_at_random(x[j], bits[j] * multiplier(draw));
  *reinterpret_cast<typename BitsOf<2 * N>::type*>(to) = *reinterpret_cast<const typename BitsOf<2 * N>::type*>(rounded);
}

/* M: of the moments, bfloat16 where all is rounded at random. */
template <typename P, typename G, typename M, bool Master>
struct Elements {
  static constexpr bool kAtRandom = sizeof(M) == 2;
  Pack<G, kStep> grad;
  Pack<P, kStep> param;  // read only without a master
  Pack<float, kStep> master;
  Pack<M, kStep> m, v;

  __device__ void fetch(const AdamWTensor& t, int64_t i) {
    grad = load_once<G, kStep>(static_cast<const G*>(t.grad) + i);
    if constexpr (Master) master = load_once<float, kStep>(t.master + i);
    else param = load_once<P, kStep>(static_cast<const P*>(t.param) + i);
    m = load_once<M, kStep>(static_cast<const M*>(t.exp_avg) + i);
    v = load_once<M, kStep>(static_cast<const M*>(t.exp_avg_sq) + i);
  }

  __device__ void finish(const AdamWTensor& t, int64_t i, const Numbers& s) const {
    float g[kStep], p[kStep], first[kStep], second[kStep];
    unpack(grad, g);
    if constexpr (Master) unpack(master, p);
    else unpack(param, p);
    unpack(m, first);
    unpack(v, second);
#pragma unroll
    for (int j = 0; j < kStep; ++j) update(p[j], first[j], second[j], g[j] * s.scale, s);
    if constexpr (kAtRandom) {
      uint32_t bits[kStep];
#pragma unroll
      for (int j = 0; j < kStep; ++j) bits[j] = bits_at(s.key, t.draws.begin + i + j, 0u);
      store_at_random<kStep>(static_cast<M*>(t.exp_avg) + i, first, bits, 1);
      store_at_random<kStep>(static_cast<M*>(t.exp_avg_sq) + i, second, bits, 2);
      store_at_random<kStep>(static_cast<P*>(t.param) + i, p, bits, 0);
    } else {
      store<M, kStep>(static_cast<M*>(t.exp_avg) + i, first);
      store<M, kStep>(static_cast<M*>(t.exp_avg_sq) + i, second);
      if constexpr (Master) store<float, kStep>(t.master + i, p);
      store<P, kStep>(static_cast<P*>(t.param) + i, p);
    }
  }
};

template <typename P, typename G, typename M, bool Master>
__device__ void update_one(const AdamWTensor& t, int64_t i, const Numbers& s) {
  P* param = static_cast<P*>(t.param) + i;
  M *first = static_cast<M*>(t.exp_avg) + i, *second = static_cast<M*>(t.exp_avg_sq) + i;
  float p = Master ? t.master[i] : widen(*param), m = widen(*first), v = widen(*second);
  update(p, m, v, widen(static_cast<const G*>(t.grad)[i]) * s.scale, s);
  if constexpr (sizeof(M) == 2) {
    const uint32_t bits = bits_at(s.key, t.draws.begin + i, 0u);
    *first = narrow_at_random(m, bits * multiplier(1));
    *second = narrow_at_random(v, bits * multiplier(2));
    *param = narrow_at_random(p, bits * multiplier(0));
  } else {
    *first = m;
    *second = v;
    if (Master) t.master[i] = p;
    *param = narrow<P>(p);
  }
}

__device__ inline bool in_packs(const AdamWTensor& t) {
  const auto bits = reinterpret_cast<uintptr_t>(t.param) | reinterpret_cast<uintptr_t>(t.master) |
                    reinterpret_cast<uintptr_t>(t.grad) | reinterpret_cast<uintptr_t>(t.exp_avg) |
                    reinterpret_cast<uintptr_t>(t.exp_avg_sq);
  return bits % 16 == 0;
}

template <typename P, typename G, typename M, bool Master>
__global__ void __launch_bounds__(kThreads) step_chunks(const __grid_constant__ TensorList<AdamWTensor> list,
                                                        const __grid_constant__ AdamWStep s) {
  if (s.found_inf && *s.found_inf != 0.f) return;
  const Chunk chunk = find_chunk(list, blockIdx.x);
  const AdamWTensor& t = list.tensors[chunk.tensor];
  if (chunk.size == kChunk && in_packs(t)) {
    constexpr int kTurns = kChunk / (kThreads * kStep);
    Elements<P, G, M, Master> elements[kTurns];
#pragma unroll
    for (int k = 0; k < kTurns; ++k) elements[k].fetch(t, chunk.begin + (k * kThreads + threadIdx.x) * kStep);
    const Numbers numbers(s, t);
#pragma unroll
    for (int k = 0; k < kTurns; ++k) elements[k].finish(t, chunk.begin + (k * kThreads + threadIdx.x) * kStep, numbers);
  } else {
    const Numbers numbers(s, t);
    for (int64_t i = threadIdx.x; i < chunk.size; i += kThreads)
      update_one<P, G, M, Master>(t, chunk.begin + i, numbers);
  }
}

template <typename P, typename G>
void launch(const AdamWTensor* tensors, int64_t count, const AdamWStep& step, Stream stream) {
  const bool has_master = count > 0 && tensors[0].master != nullptr;
  for_each_list(tensors, count, [&](const auto& list, int64_t chunks) {
    if constexpr (std::is_same_v<P, __nv_bfloat16>) {
      if (step.moments == Element::bf16) {
        step_chunks<P, G, __nv_bfloat16, false><<<chunks, kThreads, 0, stream>>>(list, step);
        return;
      }
    }
    if (has_master) step_chunks<P, G, float, true><<<chunks, kThreads, 0, stream>>>(list, step);
    else step_chunks<P, G, float, false><<<chunks, kThreads, 0, stream>>>(list, step);
  });
}

__global__ void __launch_bounds__(kThreads) round_chunks(const __grid_constant__ TensorList<RoundedTensor> list,
                                                         uint32_t own) {
  const Chunk chunk = find_chunk(list, blockIdx.x);
  const RoundedTensor& t = list.tensors[chunk.tensor];
  const uint32_t key = key_of(t.draws.seed, *t.draws.step);
  for (int64_t i = chunk.begin + threadIdx.x; i < chunk.begin + chunk.size; i += kThreads)
    static_cast<__nv_bfloat16*>(t.target)[i] =
        narrow_at_random(t.source[i], bits_at(key, t.draws.begin + i, 0u) * own);
}

}  // namespace

LaunchError adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step, Stream stream) {
  with_element(step.param, [&](auto param) {
    using P = decltype(param);
    if (step.grad == step.param) launch<P, P>(tensors, count, step, stream);
    else if (step.grad == Element::f32) launch<P, float>(tensors, count, step, stream);
    else if (step.grad == Element::bf16) launch<P, __nv_bfloat16>(tensors, count, step, stream);
    else launch<P, __half>(tensors, count, step, stream);
  });
  return launch_error();
}

LaunchError round_at_random(const RoundedTensor* tensors, int64_t count, int draw, Stream stream) {
  for_each_list(tensors, count, [&](const auto& list, int64_t chunks) {
    round_chunks<<<chunks, kThreads, 0, stream>>>(list, multiplier(draw));
  });
  return launch_error();
}

}  // namespace notebooster::kernels::cuda
