// The inner loops of AdamW on the CPU, compiled once per instruction set (CMakeLists.txt) for the compiler to vectorise.
// 16-bit floats are moved as integers. No headers with inline functions: the linker could pick their AVX-512 copies for
// the whole program.
#include "adamw_cpu_loop.h"

namespace notebooster::kernels::cpu {
namespace {

using Word = __UINT32_TYPE__;

struct Float32 {
  using Bits = float;
  static float widen(float x) { return x; }
  static float narrow(float x) { return x; }
};

struct Bf16 {
  using Bits = __UINT16_TYPE__;
  static float widen(Bits bits) { return __builtin_bit_cast(float, static_cast<Word>(bits) << 16); }
  /* To nearest, ties to even; NaN stays NaN. */
  static Bits narrow(float x) {
    const Word bits = __builtin_bit_cast(Word, x);
    const Word rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    return static_cast<Bits>(x != x ? 0x7fc0 : rounded);
  }
};

template <typename P, typename G, bool Master>
void update(const AdamWRange& r, const AdamWNumbers& s) {
  auto* __restrict param = static_cast<typename P::Bits*>(r.param);
  const auto* __restrict grad = static_cast<const typename G::Bits*>(r.grad);
  float* __restrict master = r.master;
  float* __restrict first = r.exp_avg;
  float* __restrict second = r.exp_avg_sq;
  for (long i = 0; i < r.size; ++i) {
    const float g = G::widen(grad[i]) * s.scale;
    const float m = g + s.beta1 * (first[i] - g);
    const float v = g * g + s.beta2 * (second[i] - g * g);
    const float old = Master ? master[i] : P::widen(param[i]);
    const float p = old * s.decay - s.step_size * (m / (__builtin_sqrtf(v) * s.inv_sqrt_bias + s.eps));
    first[i] = m;
    second[i] = v;
    if (Master) master[i] = p;
    param[i] = P::narrow(p);
  }
}

template <typename P, typename G>
void choose_master(const AdamWRange& r, const AdamWNumbers& s) {
  if (r.master) update<P, G, true>(r, s);
  else update<P, G, false>(r, s);
}

}  // namespace

void NOTEBOOSTER_ADAMW_LOOP(const AdamWRange& r, const AdamWNumbers& s) {
  if (r.param_is_bf16) r.grad_is_bf16 ? choose_master<Bf16, Bf16>(r, s) : choose_master<Bf16, Float32>(r, s);
  else r.grad_is_bf16 ? choose_master<Float32, Bf16>(r, s) : choose_master<Float32, Float32>(r, s);
}

}  // namespace notebooster::kernels::cpu
