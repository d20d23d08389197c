// AdamW's arithmetic on a GPU, of moments in float32 and in 8 bits.
#pragma once
#include "tensor_list.cuh"

namespace notebooster::kernels::cuda {
namespace {

/* The numbers of one tensor's step. */
struct Numbers {
  float rate1, rate2, eps, decay, step_size, inv_sqrt_bias, scale;
  uint32_t key;

  __device__ Numbers(const AdamWStep& s, const AdamWTensor& t)
      : rate1(s.rate1), rate2(s.rate2), eps(s.eps), scale(s.grad_scale ? *s.grad_scale : 1.f),
        key(t.draws.step ? key_of(t.draws.seed, *t.draws.step) : 0) {
    const float step = t.step ? *t.step : static_cast<float>(s.step);
    const float lr = s.lr_on_device ? *s.lr_on_device : static_cast<float>(s.lr);
    decay = 1.f - lr * static_cast<float>(s.weight_decay);
    step_size = lr / -expm1f(step * static_cast<float>(s.log_beta1));
    inv_sqrt_bias = rsqrtf(-expm1f(step * static_cast<float>(s.log_beta2)));
  }
};

__device__ inline void update(float& param, float& m, float& v, float grad, const Numbers& s) {
  m = fmaf(s.rate1, grad - m, m);
  v = fmaf(s.rate2, grad * grad - v, v);
  const float denominator = fmaf(sqrtf(v), s.inv_sqrt_bias, s.eps);
  param = fmaf(param, s.decay, -s.step_size * (m / denominator));
}

/* To bfloat16, up or down by 16 random bits. */
__device__ inline __nv_bfloat16 narrow_at_random(float x, uint32_t bits) {
  if (isnan(x)) return narrow<__nv_bfloat16>(x);
  return __ushort_as_bfloat16(static_cast<unsigned short>((__float_as_uint(x) + (bits >> 16)) >> 16));
}

}  // namespace
}  // namespace notebooster::kernels::cuda
