// AdamW (Loshchilov and Hutter 2019) over a range of one tensor, in one pass over memory.
#pragma once
#include "../draws.h"
#include "floats.h"
#include "loops.h"
#include <type_traits>
#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace notebooster::kernels::cpu {
namespace {

/* A 16-bit parameter is written without being read: past the caches, so that its line is not fetched first. */
template <typename P>
inline void store_past_caches(typename P::Bits* to, Floats x) {
#ifdef __AVX2__
  if constexpr (sizeof(typename P::Bits) == 2) {
    _mm256_stream_si256(reinterpret_cast<__m256i*>(to), bits_of<__m256i>(P::narrow(x)));
    return;
  }
#endif
  store<P>(to, x);
}

/* In elements: five streams are more than the processor's prefetchers follow at full speed. Far ahead lines are asked into the
   second cache, which has more of them under way at once than the first; near ahead from there into the first, to be written. */
constexpr int64_t kFarAhead = 2048, kAhead = 384;

constexpr Words kPlaces = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

struct Updated {
  Floats first, second, param;
};

inline Updated updated(const Updated& old, Floats g, const AdamWNumbers& s) {
  const Floats m = old.first + s.rate1 * (g - old.first);
  const Floats v = old.second + s.rate2 * (g * g - old.second);
  return {m, v, old.param * s.decay - s.step_size * (m / (root(v) * s.inv_sqrt_bias + s.eps))};
}

/* M: of the moments, bfloat16 where all is rounded at random. */
template <typename P, typename G, typename M, bool Master>
struct AdamWLoop {
  static constexpr bool kAtRandom = std::is_same_v<M, Bf16>;
  const AdamWRange& r;
  const AdamWNumbers& s;

  /* Inlined by force: GCC takes a function that only prefetches for one without effect, and drops its calls. */
  [[gnu::always_inline]] void prefetch(int64_t i) const {
    if (!kAtRandom || i % (2 * kLanes) == 0) {
      prefetch(at<M>(r.exp_avg, i));
      prefetch(at<M>(r.exp_avg_sq, i));
    }
    if (Master) prefetch(r.master + i);
    if (i % (2 * kLanes) != 0) return;
    __builtin_prefetch(at<G>(r.grad, i + kFarAhead), 0, 2);
    __builtin_prefetch(at<G>(r.grad, i + kAhead), 0);
  }
  template <typename Bits>
  [[gnu::always_inline]] static void prefetch(const Bits* data) {
    __builtin_prefetch(data + kFarAhead, 1, 2);
    __builtin_prefetch(data + kAhead, 1);
  }

  template <bool PastCaches>
  void step(int64_t i, int64_t n) const {
    auto* param = at<P>(r.param, i);
    const Floats g = load<G>(at<G>(r.grad, i), n) * s.scale;
    auto *first_moment = at<M>(r.exp_avg, i), *second_moment = at<M>(r.exp_avg_sq, i);
    const Floats old = Master ? load<F32>(r.master + i, n) : load<P>(param, n);
    const auto [m, v, p] = updated({load<M>(first_moment, n), load<M>(second_moment, n), old}, g, s);
    if constexpr (kAtRandom) {
      const Words bits = bits_at(s.key, r.begin + i, kPlaces);
      store_narrow<M>(first_moment, Bf16::narrow_at_random(m, bits * multiplier(1) >> 16), n);
      store_narrow<M>(second_moment, Bf16::narrow_at_random(v, bits * multiplier(2) >> 16), n);
      store_narrow<P>(param, Bf16::narrow_at_random(p, bits * multiplier(0) >> 16), n);
      return;
    }
    store<M>(first_moment, m, n);
    store<M>(second_moment, v, n);
    if (Master) store<F32>(r.master + i, p, n);
    if (PastCaches) store_past_caches<P>(param, p);
    else store<P>(param, p, n);
  }

  /* Lanes of kTogether steps: what is asked of memory for them comes first. */
  template <bool PastCaches>
  int64_t run_whole() const {
    constexpr int64_t kTogether = 4 * kLanes;
    int64_t i = 0;
    for (; i + kTogether <= r.size; i += kTogether) {
#pragma GCC unroll 4
      for (int64_t k = 0; k < kTogether; k += kLanes) prefetch(i + k);
#pragma GCC unroll 4
      for (int64_t k = 0; k < kTogether; k += kLanes) step<PastCaches>(i + k, kLanes);
    }
    return i;
  }

  void run() const {
    constexpr bool kStreams = Master && sizeof(typename P::Bits) == 2;
    const bool is_past = kStreams && reinterpret_cast<uintptr_t>(r.param) % 32 == 0;
    const int64_t done = is_past ? run_whole<true>() : run_whole<false>();
    for_lanes(r.size - done, [&](int64_t k, int64_t n) { step<false>(done + k, n); });
#ifdef __AVX2__
    if (kStreams) _mm_sfence();
#endif
  }
};

template <typename P, typename G>
void adamw_with(const AdamWRange& r, const AdamWNumbers& s) {
  if constexpr (std::is_same_v<P, Bf16>) {
    if (r.moments_element == Element::bf16) return AdamWLoop<P, G, Bf16, false>{r, s}.run();
  }
  if (r.master) AdamWLoop<P, G, F32, true>{r, s}.run();
  else AdamWLoop<P, G, F32, false>{r, s}.run();
}

void adamw(const AdamWRange& r, const AdamWNumbers& s) {
  with_element(r.param_element, [&](auto param) {
    with_element(r.grad_element, [&](auto grad) { adamw_with<decltype(param), decltype(grad)>(r, s); });
  });
}

void round_at_random(const RoundedRange& r) {
  for_lanes(r.size, [&](int64_t i, int64_t n) {
    const Words bits = bits_at(r.key, r.begin + i, kPlaces) * multiplier(r.draw) >> 16;
    store_narrow<Bf16>(at<Bf16>(r.target, i), Bf16::narrow_at_random(load<F32>(r.source + i, n), bits), n);
  });
}

float sum_of_squares(const void* data, int64_t size, Element element) {
  float sum = 0;
  with_element(element, [&](auto type) {
    using T = decltype(type);
    Floats sums{};
    for_lanes(size, [&](int64_t i, int64_t n) {
      const Floats x = load<T>(at<T>(data, i), n);
      sums += x * x;
    });
    sum = sum_of(sums);
  });
  return sum;
}

}  // namespace
}  // namespace notebooster::kernels::cpu
