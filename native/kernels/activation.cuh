// The activations of gated and biased layers with their slopes, float32.
#pragma once
#include "device.cuh"

namespace notebooster::kernels {

struct Curve {
  float value, slope;
};

__device__ inline float sigmoid(float x) { return __fdividef(1.f, 1.f + __expf(-x)); }

/* x * sigmoid(x) */
struct Silu {
  static __device__ float value(float x) { return x * sigmoid(x); }
  static __device__ Curve curve(float x) {
    const float s = sigmoid(x);
    return {x * s, s * (1.f + x * (1.f - s))};
  }
};

/* x * Phi(x) */
struct GeluErf {
  static __device__ float phi(float x) { return 0.5f + 0.5f * erff(x * 0.70710678f); }
  static __device__ float value(float x) { return x * phi(x); }
  static __device__ Curve curve(float x) {
    const float p = phi(x);
    return {x * p, p + x * 0.39894228f * __expf(-0.5f * x * x)};
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
