// The activations of gated and biased layers with their slopes, float32.
#pragma once
#include "device.cuh"

namespace notebooster::kernels {

struct Curve {
  float value, slope;
};

__device__ inline float sigmoid(float x) { return reciprocal_fast(1.f + exp2_fast(x * -kLog2E)); }

/* x * sigmoid(x) */
struct Silu {
  static __device__ float value(float x) { return x * sigmoid(x); }
  static __device__ Curve curve(float x) {
    const float s = sigmoid(x);
    return {x * s, s * (1.f + x * (1.f - s))};
  }
};

/* x * Phi(x). Phi(-|x|) = exp(-x^2 / 2) P(t) with t = 1 / (1 + p |x|) (Hastings 1955); P is fitted so that x Phi(x) is within
   4e-7 of itself for positive x, 6e-6 for negative ones, where it is less than 0.17. */
struct GeluErf {
  float phi, bell;  // bell = exp(-x^2 / 2)
  __device__ explicit GeluErf(float x) : bell(exp2_fast(x * x * (-0.5f * kLog2E))) {
    const float t = reciprocal_fast(fmaf(0.345f, fabsf(x), 1.f));
    float p = fmaf(0.04393553f, t, -0.18923435f);
    p = fmaf(p, t, 0.23175009f);
    p = fmaf(p, t, -0.00563362f);
    p = fmaf(p, t, 0.14748771f);
    p = fmaf(p, t, 0.13383866f);
    p = fmaf(p, t, 0.13785594f);
    const float tail = bell * (p * t);
    phi = x > 0.f ? 1.f - tail : tail;
  }
  GeluErf() = default;
  static __device__ float value(float x) { return x * GeluErf(x).phi; }
  static __device__ Curve curve(float x) {
    const GeluErf at(x);
    return {x * at.phi, fmaf(x * 0.39894228f, at.bell, at.phi)};
  }
};

/* 0.5 x (1 + tanh(u)) = x sigmoid(2u) with u = sqrt(2 / pi) (x + 0.044715 x^3) */
struct GeluTanh {
  static __device__ float inner(float x) { return x * fmaf(0.0713548163f, x * x, 1.59576912f); }
  static __device__ float value(float x) { return x * sigmoid(inner(x)); }
  static __device__ Curve curve(float x) {
    const float s = sigmoid(inner(x));
    return {x * s, s * fmaf(x * (1.f - s), fmaf(0.2140644488f, x * x, 1.59576912f), 1.f)};
  }
};

/* visit(Silu()) and so on */
template <typename Visit>
void with_activation(Activation activation, Visit visit) {
  switch (activation) {
    case Activation::silu: return visit(Silu());
    case Activation::gelu_erf: return visit(GeluErf());
    case Activation::gelu_tanh: return visit(GeluTanh());
  }
}

}  // namespace notebooster::kernels
