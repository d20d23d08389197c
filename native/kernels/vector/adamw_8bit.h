// AdamW with moments in 8 bits a number: blocks of the reference of adamw_8bit.cu.
#pragma once
#include "../dynamic_types.h"
#include "adamw.h"

namespace notebooster::kernels::cpu {
namespace {

template <bool Signed>
constexpr DynamicType kDynamicType = dynamic_type(Signed);

/* A moment of one block, zeros behind its end. */
template <bool Signed>
struct BlockMoment {
  alignas(64) float numbers[kDynamicBlock];
  Words top{};  // of absolute values; bits of positive numbers are ordered as the numbers are, with NaN above all

  void read(const uint8_t* codes, float absmax, int64_t size) {
    for (int64_t i = 0; i < size; ++i) numbers[i] = kDynamicType<Signed>.values[codes[i]] * absmax;
    for (int64_t i = size; i < kDynamicBlock; ++i) numbers[i] = 0;
  }

  void set(int64_t i, Floats x, int64_t n) {
    store<F32>(numbers + i, x, n);
    const Words bits = bits_of<Words>(load<F32>(numbers + i, n)) & 0x7fffffffu;
    top = bits > top ? bits : top;
  }

  void write(uint8_t* codes, float& absmax, int64_t size) const {
    uint32_t bits = 0;
    for (int i = 0; i < kLanes; ++i) bits = top[i] > bits ? top[i] : bits;
    absmax = bits_of<float>(bits);
    const Floats divisor = all(absmax < kSmallestScale ? kSmallestScale : absmax);
    for_lanes(size, [&](int64_t i, int64_t n) {
      const Floats x = load<F32>(numbers + i) / divisor;
      const Ints places = places_of(bits_of<Floats>(bits_of<Words>(x) & 0x7fffffffu));
      for (int64_t k = 0; k < n; ++k)
        codes[i + k] = static_cast<uint8_t>(code_after<Signed>(kDynamicType<Signed>.midpoints, places[k], x[k]));
    });
  }

  /* Of 0 to 1; 0 of NaN. */
  static Ints places_of(Floats x) {
    constexpr auto& decades = kDynamicType<Signed>.decades;
    constexpr float kBegins[kDecades] = {0, 1e-6f, 1e-5f, 1e-4f, 1e-3f, 1e-2f, 1e-1f};
    Floats slope = all(decades[0].slope), offset = all(decades[0].offset);
    for (int i = 1; i < kDecades; ++i) {
      slope = x > kBegins[i] ? all(decades[i].slope) : slope;
      offset = x > kBegins[i] ? all(decades[i].offset) : offset;
    }
    return __builtin_convertvector((x == x ? x : Floats{}) * slope + offset, Ints);
  }
};

template <typename P, typename G, bool Master, bool AtRandom>
void adamw_8bit_block(const AdamW8bitTensor& t, const AdamWNumbers& s, int64_t block) {
  const int64_t first = block * kDynamicBlock, rest = t.numel - first, size = rest < kDynamicBlock ? rest : kDynamicBlock;
  auto *exp_avg = static_cast<uint8_t*>(t.exp_avg) + first, *exp_avg_sq = static_cast<uint8_t*>(t.exp_avg_sq) + first;
  BlockMoment<true> m;
  BlockMoment<false> v;
  m.read(exp_avg, t.exp_avg_absmax[block], size);
  v.read(exp_avg_sq, t.exp_avg_sq_absmax[block], size);
  for_lanes(size, [&](int64_t i, int64_t n) {
    auto* param = at<P>(t.param, first + i);
    const Floats g = load<G>(at<G>(t.grad, first + i), n) * s.scale;
    const Floats old = Master ? load<F32>(t.master + first + i, n) : load<P>(param, n);
    const auto [mean, square, p] = updated({load<F32>(m.numbers + i), load<F32>(v.numbers + i), old}, g, s);
    m.set(i, mean, n);
    v.set(i, square, n);
    if constexpr (Master) store<F32>(t.master + first + i, p, n);
    if constexpr (AtRandom) {
      const Words bits = bits_at(s.key, t.draws.begin + first + i, kPlaces) * multiplier(0) >> 16;
      store_narrow<P>(param, P::narrow_at_random(p, bits), n);
    } else {
      store<P>(param, p, n);
    }
  });
  m.write(exp_avg, t.exp_avg_absmax[block], size);
  v.write(exp_avg_sq, t.exp_avg_sq_absmax[block], size);
}

template <typename P, typename G>
void adamw_8bit_blocks(const AdamW8bitTensor& t, const AdamWNumbers& s, int64_t begin, int64_t end) {
  const auto each = [&](auto run) {
    for (int64_t block = begin; block < end; ++block) run(t, s, block);
  };
  if constexpr (std::is_same_v<P, Bf16>) {
    if (t.draws.step) return each(adamw_8bit_block<P, G, false, true>);
  }
  if (t.master) each(adamw_8bit_block<P, G, true, false>);
  else each(adamw_8bit_block<P, G, false, false>);
}

void adamw_8bit(const AdamW8bitTensor& t, Element param, Element grad, const AdamWNumbers& s, int64_t begin, int64_t end) {
  with_element(param, [&](auto p) {
    with_element(grad, [&](auto g) { adamw_8bit_blocks<decltype(p), decltype(g)>(t, s, begin, end); });
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
