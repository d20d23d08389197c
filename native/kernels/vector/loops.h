// The vectorised loops of the CPU kernels, which exist once per instruction set (loops.cc), and the choice among them.
#pragma once
#include "../launchers.h"

namespace notebooster::kernels::cpu {

struct AdamWRange {
  void* param;
  float* master;  // nullptr: none
  const void* grad;
  void *exp_avg, *exp_avg_sq;
  int64_t size, begin;  // begin: its place in the whole weight
  Element param_element, grad_element, moments_element;
};

struct AdamWNumbers {
  float rate1, rate2, eps, decay, step_size, inv_sqrt_bias, scale;
  uint32_t key;  // of what is drawn where moments are bfloat16
};

struct RoundedRange {
  void* target;
  const float* source;
  int64_t size, begin;
  uint32_t key;
  int draw;
};

/* Over rows begin .. end - 1 where not said otherwise; sums are added to. */
struct Loops {
  void (*norm_forward)(const NormForward&, int64_t begin, int64_t end);
  void (*norm_backward)(const NormBackward&, int64_t begin, int64_t end, float* weight_sums, float* bias_sums);
  void (*add_partials)(const float* partials, int64_t count, int64_t cols, void* out, Element);
  void (*gated_forward)(const Gated&, int64_t begin, int64_t end);
  void (*gated_backward)(const Gated&, int64_t begin, int64_t end);
  void (*bias_activation)(const BiasActivation&, int64_t begin, int64_t end, float* column_sums);
  void (*bias_dropout_add)(const BiasDropoutAdd&, int64_t begin, int64_t end, float* column_sums);
  void (*rope)(const Rope&, int64_t begin, int64_t end);
  void (*softmax)(const Softmax&, int64_t begin, int64_t end);
  void (*cross_entropy)(const CrossEntropy&, int64_t begin, int64_t end);
  void (*scale)(const Scale&, int64_t begin, int64_t end);
  void (*decode_attention)(const DecodeAttention&, int64_t begin, int64_t end);
  void (*dequantize_nf4)(const Nf4&, int64_t begin, int64_t end);  // over blocks
  void (*adamw)(const AdamWRange&, const AdamWNumbers&);
  void (*adamw_8bit)(const AdamW8bitTensor&, Element param, Element grad, const AdamWNumbers&, int64_t begin, int64_t end);  // over blocks
  void (*round_at_random)(const RoundedRange&);
  float (*sum_of_squares)(const void* data, int64_t size, Element);
};

extern const Loops loops_any, loops_avx2, loops_avx512;

/* Those of the widest vectors this processor has. */
const Loops& loops();

}  // namespace notebooster::kernels::cpu
