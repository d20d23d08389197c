// The border between torch and the kernels: plain structs of pointers and sizes, and per kernel one function for the
// CPU (namespace cpu) and one for CUDA (namespace cuda). Neither torch nor CUDA headers, so that both sides include it.
// CUDA launchers return the text of an error of their launch, nullptr when there was none.
#pragma once
#include <cstdint>

struct CUstream_st;

namespace notebooster::kernels {

enum class Element : uint8_t { f32, f16, bf16 };
using Stream = CUstream_st*;
using LaunchError = const char*;

/* normed = sum * rsqrt(mean(sum^2) + eps) * weight with sum = x + residual; no residual: sum is x and is not written. */
struct RmsNormForward {
  const void *x, *residual, *weight;
  void *sum, *normed;
  int64_t rows, cols;
  float eps;
  Element element;
};

/* grad_x = grad_sum (if any) + gradient through the norm; grad_weight is summed over rows in `partials` first. */
struct RmsNormBackward {
  const void *grad_normed, *grad_sum, *x, *weight;
  void *grad_x, *grad_weight;
  float* partials;  // num_partials x cols
  int64_t num_partials, rows, cols;
  float eps;
  Element element;
};

/* Rows of `cols` contiguous elements; `*_stride` in elements from row to row. Forward: no gradients. */
struct SwiGlu {
  const void *gate, *up, *grad;
  void *out, *grad_gate, *grad_up;
  int64_t rows, cols, gate_stride, up_stride, grad_stride;  // outputs are contiguous
  Element element;
};

/* out = x * cos + rotate_half(x) * sin over (B, H, T, D) with D contiguous; inverse: the transposed rotation. */
struct Rope {
  const void *x, *cos, *sin;
  void* out;
  int64_t batch, heads, tokens, dim;
  int64_t x_strides[3], out_strides[3];  // of B, H, T
  int64_t cos_stride, sin_stride;        // of T
  bool inverse;
  Element element;
};

/* loss = mean over kept rows; with `write_grad` the logits become its gradient, that of the sum unless `grad_is_mean`. */
struct CrossEntropy {
  void* logits;
  const int64_t* targets;
  float *losses, *loss, *inverse_count;  // losses: one a row
  int64_t rows, cols, stride, ignore_index;
  bool write_grad, grad_is_mean;
  Element element;
};

/* data *= *factor * *second_factor (nullptr: 1), nothing when that is 1 */
struct Scale {
  void* data;
  const float *factor, *second_factor;
  int64_t rows, cols, stride;
  Element element;
};

struct AdamWTensor {
  void* param;
  float* master;  // nullptr: the parameter is its own master
  const void* grad;
  float *exp_avg, *exp_avg_sq;
  int64_t numel;
};

struct AdamWStep {
  float beta1, beta2, eps;
  float decay;          // 1 - lr * weight_decay
  float step_size;      // lr / (1 - beta1^step)
  float inv_sqrt_bias;  // 1 / sqrt(1 - beta2^step)
  const float* grad_scale;  // gradients are multiplied by it; nullptr: 1
  const float* found_inf;   // not 0: the step is skipped; nullptr: never
  Element param, grad;
};

struct NormTensor {
  const void* data;
  int64_t numel;
};

constexpr int64_t kNormBlocks = 1056;  // partial sums of one norm launch on a GPU: 8 blocks on each of 132 multiprocessors

namespace cpu {
void rms_norm_forward(const RmsNormForward&);
void rms_norm_backward(const RmsNormBackward&);
void swiglu_forward(const SwiGlu&);
void swiglu_backward(const SwiGlu&);
void rope(const Rope&);
void cross_entropy(const CrossEntropy&);
void scale(const Scale&);
void adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step);
double sum_of_squares(const NormTensor& tensor, Element element);
}  // namespace cpu

namespace cuda {
int64_t rms_norm_partials(int64_t rows, int64_t cols, Element element);
LaunchError rms_norm_forward(const RmsNormForward&, Stream);
LaunchError rms_norm_backward(const RmsNormBackward&, Stream);
LaunchError swiglu_forward(const SwiGlu&, Stream);
LaunchError swiglu_backward(const SwiGlu&, Stream);
LaunchError rope(const Rope&, Stream);
LaunchError cross_entropy(const CrossEntropy&, Stream);
LaunchError scale(const Scale&, Stream);
LaunchError adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step, Stream);
/* Launches over any number of tensors; adds num_norm_launches(count) x kNormBlocks partial sums to `partials`. */
int64_t num_norm_launches(int64_t count);
LaunchError sums_of_squares(const NormTensor* tensors, int64_t count, Element element, double* partials, Stream);
LaunchError finish_norm(const double* partials, int64_t count, float* norm, float* overflow, Stream);
}  // namespace cuda

}  // namespace notebooster::kernels
