// One range of one tensor for the vectorised AdamW loops, which exist per instruction set.
#pragma once

namespace notebooster::kernels::cpu {

struct AdamWRange {
  void* param;
  float* master;  // nullptr: none
  const void* grad;
  float *exp_avg, *exp_avg_sq;
  long size;
  bool param_is_bf16, grad_is_bf16;  // else float32
};

struct AdamWNumbers {
  float beta1, beta2, eps, decay, step_size, inv_sqrt_bias, scale;
};

void adamw_loop_any(const AdamWRange&, const AdamWNumbers&);
void adamw_loop_avx2(const AdamWRange&, const AdamWNumbers&);
void adamw_loop_avx512(const AdamWRange&, const AdamWNumbers&);

}  // namespace notebooster::kernels::cpu
