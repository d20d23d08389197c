// exp, sigmoid, erf and the gated activations on sixteen float32 numbers, to about two units in the last place.
#pragma once
#include "floats.h"

namespace notebooster::kernels::cpu {
namespace {

/* 2^n * p(r) with x = n ln 2 + r (Cody and Waite 1980); p fitted on |r| <= ln 2 / 2. exp(-inf) is 0. */
inline Floats exp(Floats x) {
  const Floats clamped = x > 88.37f ? all(88.37f) : x < -87.33f ? all(-87.33f) : x;
  const Floats magic = clamped * 1.44269504f + 12582912.f;  // 1.5 * 2^23: the low bits are the nearest whole number
  const Floats n = magic - 12582912.f;
  const Floats r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  const Floats p = ((((1.394110731780529e-3f * r + 8.363179862499237e-3f) * r + 4.166637361049652e-2f) * r +
                     1.6666576266288757e-1f) * r + 0.5f) * (r * r) + r + 1.f;
  const Floats power = bits_of<Floats>((bits_of<Words>(magic) + 127) << 23);
  return x < -87.33f ? Floats{} : p * power;
}

inline Floats sigmoid(Floats x) { return 1.f / (1.f + exp(-x)); }

/* Below 1 a polynomial of x^2, above 1 - exp(-x^2) times one of 1 / (1 + x / 2); both fitted to 1e-9. */
inline Floats erf(Floats x) {
  const Floats positive = x < 0.f ? -x : x;
  const Floats u = x * x, t = 1.f / (1.f + 0.5f * positive);
  const Floats near = ((((((7.889110565884039e-05f * u - 8.020838722586632e-04f) * u + 5.189535208046436e-03f) * u -
                          2.6854444295167923e-02f) * u + 1.1283600330352783e-01f) * u - 3.761262595653534e-01f) * u +
                       1.1283791065216064f) * x;
  const Floats q = ((((((9.143136441707611e-02f * t - 3.752385079860687e-01f) * t + 4.2333269119262695e-01f) * t +
                       8.581552654504776e-03f) * t + 2.944025695323944e-01f) * t + 2.747744023799896e-01f) * t +
                    2.8257012367248535e-01f);
  const Floats far = 1.f - exp(-u) * t * q;
  return positive < 1.f ? near : x < 0.f ? -far : far;
}

struct Curve {
  Floats value, slope;
};

/* x * sigmoid(x) */
inline Curve silu(Floats x) {
  const Floats s = sigmoid(x);
  return {x * s, s * (1.f + x * (1.f - s))};
}

/* x * Phi(x) */
inline Curve gelu_erf(Floats x) {
  const Floats phi = 0.5f * (1.f + erf(x * 0.70710678f));
  const Floats density = 0.39894228f * exp(-0.5f * x * x);
  return {x * phi, phi + x * density};
}

/* 0.5 x (1 + tanh(u)) = x sigmoid(2u) with u = sqrt(2 / pi) (x + 0.044715 x^3) */
inline Curve gelu_tanh(Floats x) {
  const Floats s = sigmoid(1.59576912f * (x + 0.044715f * x * x * x));
  return {x * s, s * (1.f + x * (1.f - s) * 1.59576912f * (1.f + 0.134145f * x * x))};
}

/* visit(curve) with the function of an activation */
template <typename Visit>
inline void with_activation(Activation activation, Visit visit) {
  switch (activation) {
    case Activation::silu: return visit([](Floats x) { return silu(x); });
    case Activation::gelu_erf: return visit([](Floats x) { return gelu_erf(x); });
    case Activation::gelu_tanh: return visit([](Floats x) { return gelu_tanh(x); });
  }
}

}  // namespace
}  // namespace notebooster::kernels::cpu
