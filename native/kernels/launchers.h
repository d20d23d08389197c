// The border between torch and the kernels: plain structs of pointers and sizes, and per kernel one function for the
// CPU (namespace cpu) and one for CUDA (namespace cuda). Neither torch nor CUDA headers, so that both sides include it.
// CUDA launchers return the text of an error of their launch, nullptr when there was none.
#pragma once
#include <cstdint>

#include "draws.h"

struct CUstream_st;

namespace notebooster::kernels {

enum class Element : uint8_t { f32, f16, bf16 };
using Stream = CUstream_st*;
using LaunchError = const char*;

/* normed = (sum - mean) * rstd * weight + bias with sum = x + residual; no residual: sum is x and is not written.
   Centered (LayerNorm) writes mean and rstd of each row to `stats`; else (RMSNorm) the mean is 0, and neither bias nor stats. */
struct NormForward {
  const void *x, *residual, *weight, *bias;
  void *sum, *normed;
  float* stats;  // rows x 2
  int64_t rows, cols;
  float eps;
  bool centered;
  Element element;
};

/* grad_x = grad_sum (if any) + gradient through the norm; those of weight and bias are summed by blocks of rows first. */
struct NormBackward {
  const void *grad_normed, *grad_sum, *x, *weight;
  const float* stats;
  void *grad_x, *grad_weight, *grad_bias;  // grad_bias: nullptr without a bias
  float* partials;  // num_partials x cols for the weight, then as many for the bias
  int64_t num_partials, rows, cols;
  float eps;
  bool centered;
  Element element;
};

enum class Activation : uint8_t { silu, gelu_erf, gelu_tanh };

/* out = activation(gate) * up. Rows of `cols` contiguous elements; `*_stride` in elements from row to row. Forward: no gradients. */
struct Gated {
  const void *gate, *up, *grad;
  void *out, *grad_gate, *grad_up;
  int64_t rows, cols, gate_stride, up_stride, grad_stride;  // outputs are contiguous
  Activation activation;
  Element element;
};

/* out = activation(x + bias); with `grad`: out = grad * activation'(x + bias), and its column sums become grad_bias. */
struct BiasActivation {
  const void *x, *bias, *grad;
  void *out, *grad_bias;
  float* partials;  // num_partials x cols
  int64_t num_partials, rows, cols;
  Activation activation;
  Element element;
};

/* out = residual + dropout(x + bias), or with `backward` out (if any) = dropout(x) and its column sums
   become grad_bias. An element
   is kept when its 16 bits of Philox4x32-10 (Salmon et al. 2011) are at least `threshold`, and is multiplied by `scale` then.
   Key state[0], counter (element / 8, call, state[1]). */
struct BiasDropoutAdd {
  const void *x, *bias, *residual;  // bias: nullptr: none
  const int64_t* state;             // nullptr: everything is kept
  void *out, *grad_bias;            // nullptr: not wanted
  float* partials;                  // num_partials x cols
  int64_t num_partials, rows, cols;
  uint32_t call, threshold;  // threshold 1 .. 65536, the last: nothing is kept
  float scale;
  bool backward;
  Element element;
};

enum class Mask : uint8_t { none, boolean, added };

/* out = softmax(scale * scores + mask + alibi) over rows of (B, H, Tq, Tk); with `grad`, scores are the forward's result and
   out = scale * out * (grad - sum(out * grad)). A row without a key is 0. */
struct Softmax {
  const void *scores, *grad, *mask;
  const float* slopes;  // of heads; nullptr: none. Adds slope * (key - last key of the query)
  void* out;
  int64_t batch, heads, queries, keys;
  int64_t mask_strides[4];
  float scale;
  bool causal;  // query i sees keys 0 .. i + keys - queries
  Mask mask_kind;
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

/* Rows of a mean loss over kept rows; with `write_grad` the logits become its gradient, that of the sum unless `grad_is_mean`. */
struct CrossEntropy {
  void* logits;
  const int64_t* targets;
  float* losses;               // one a row
  const float* inverse_count;  // 1 / kept rows
  int64_t rows, cols, stride, ignore_index;
  bool write_grad, grad_is_mean;
  Element element;
};

/* inverse_count = 1 / number of targets that are not ignored */
struct KeptCount {
  const int64_t* targets;
  int64_t rows, ignore_index;
  float* inverse_count;
};

/* loss = sum of losses * inverse_count */
struct MeanLoss {
  const float *losses, *inverse_count;
  int64_t rows;
  float* loss;
};

/* data *= *factor * *second_factor (nullptr: 1), nothing when that is 1 */
struct Scale {
  void* data;
  const float *factor, *second_factor;
  int64_t rows, cols, stride;
  Element element;
};

/* out = value of a code * magnitude of its block, two codes a byte (nf4.h). With `map`, absmax are codes themselves. */
struct Nf4 {
  const uint8_t* packed;
  const void* absmax;                  // float, or uint8_t with `map`
  const float *map, *scales, *offset;  // map: nullptr: none
  void* out;
  int64_t numel, block_size;  // a power of two
  Element element;
};

/* y[i] (rows, outs[i]) = x (rows, in) times weights[i] (outs[i], in) transposed, plus biases[i], if any. With `gated`, y[0] = silu(first
   product) * second product; with `residual` (rows, outs[0]), y[0] is added to it. On a GPU only; `in` is a multiple of 16 bytes. */
constexpr int kMostWeights = 3;
struct FewRows {
  const void* x;
  const void *weights[kMostWeights], *biases[kMostWeights];
  void* y[kMostWeights];
  int64_t outs[kMostWeights];
  int count;
  const void* residual;  // nullptr: none
  bool gated;
  bool weights_stay;  // the kernel before does not write them: they may be read while it ends
  int64_t rows, in;
  Element element;
};
constexpr int64_t kMostRows = 4;

/* One token more of each row: its query (B, H, D) and key (B, Hkv, D) are turned by cos and sin (B or 1, turned), key and value go into
   their place in the cache (B, Hkv, room, D), and out (B, H, D) = softmax(scores) values over the keys up to it, within `window`, that `mask`
   shows. Scores are scale q k, bent to soft_cap tanh(score / soft_cap) where it is not 0. D is contiguous. */
struct DecodeAttention {
  const void *q, *k, *v, *cos, *sin;  // cos and sin: nullptr: nothing is turned
  void *keys, *values, *out;
  const int64_t *place, *mask;  // on the device; mask (B, room) of 0 and 1, nullptr: all are shown
  int64_t batch, heads, kv_heads, room, dim, turned, window;
  int64_t q_strides[2], k_strides[2], v_strides[2];  // of B, H
  int64_t cos_stride, sin_stride, mask_stride;       // of B
  float scale, soft_cap;
  bool interleaved;  // pairs are neighbours and come to lie turned / 2 apart
  Element element;
};
constexpr int64_t kMostDecodeDim = 256;

struct AdamWTensor {
  void* param;
  float* master;  // nullptr: the parameter is its own master
  const void* grad;
  void *exp_avg, *exp_avg_sq;
  const float* step;  // its number, from 1; nullptr: AdamWStep's
  int64_t numel;
  Draws draws;  // parameter and moments are bfloat16 where they are rounded at random
};

/* Moments are codes of dynamic_types.h, exp_avg's signed, and their scales. Of the draws the weight's alone are needed. */
struct AdamW8bitTensor : AdamWTensor {
  float *exp_avg_absmax, *exp_avg_sq_absmax;  // one for each block
};

/* A float32 tensor and where it goes to in bfloat16. */
struct RoundedTensor {
  void* target;
  const float* source;
  int64_t numel;
  Draws draws;
};

struct AdamWStep {
  double lr, weight_decay, step;
  double log_beta1, log_beta2;  // 1 - beta^step without cancellation
  float rate1, rate2, eps;  // rates are 1 - beta, rounded once: 1 - 0.999f is off by 1e-5
  const float* lr_on_device;  // instead of lr; nullptr: lr
  const float* grad_scale;    // gradients are multiplied by it; nullptr: 1
  const float* found_inf;     // not 0: the step is skipped; nullptr: never
  Element param, grad, moments;
};

struct NormTensor {
  const void* data;
  int64_t numel;
};

constexpr int64_t kNormBlocks = 1056;  // partial sums of one norm launch on a GPU: 8 blocks on each of 132 multiprocessors

namespace cpu {
void norm_forward(const NormForward&);
void norm_backward(const NormBackward&);
void gated_forward(const Gated&);
void gated_backward(const Gated&);
void bias_activation(const BiasActivation&);
void bias_dropout_add(const BiasDropoutAdd&);
void softmax(const Softmax&);
void rope(const Rope&);
void kept_count(const KeptCount&);
void cross_entropy(const CrossEntropy&);
void mean_loss(const MeanLoss&);
void scale(const Scale&);
void dequantize_nf4(const Nf4&);
void decode_attention(const DecodeAttention&);
void adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step);
void adamw_8bit(const AdamW8bitTensor* tensors, int64_t count, const AdamWStep& step);
void round_at_random(const RoundedTensor* tensors, int64_t count, int draw);
double sum_of_squares(const NormTensor& tensor, Element element);
}  // namespace cpu

namespace cuda {
/* Rows of the kernels' `partials`. */
int64_t norm_partials(int64_t rows);
int64_t activation_partials(int64_t rows);
int64_t dropout_partials(int64_t rows);
LaunchError norm_forward(const NormForward&, Stream);
LaunchError norm_backward(const NormBackward&, Stream);
LaunchError gated_forward(const Gated&, Stream);
LaunchError gated_backward(const Gated&, Stream);
LaunchError bias_activation(const BiasActivation&, Stream);
LaunchError bias_dropout_add(const BiasDropoutAdd&, Stream);
LaunchError softmax(const Softmax&, Stream);
LaunchError rope(const Rope&, Stream);
LaunchError kept_count(const KeptCount&, Stream);
LaunchError cross_entropy(const CrossEntropy&, Stream);
LaunchError mean_loss(const MeanLoss&, Stream);
LaunchError scale(const Scale&, Stream);
LaunchError dequantize_nf4(const Nf4&, Stream);
LaunchError few_rows(const FewRows&, Stream);
LaunchError decode_attention(const DecodeAttention&, Stream);
LaunchError adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step, Stream);
LaunchError adamw_8bit(const AdamW8bitTensor* tensors, int64_t count, const AdamWStep& step, Stream);
LaunchError round_at_random(const RoundedTensor* tensors, int64_t count, int draw, Stream);
/* Launches over any number of tensors; adds num_norm_launches(count) x kNormBlocks partial sums to `partials`. */
int64_t num_norm_launches(int64_t count);
LaunchError sums_of_squares(const NormTensor* tensors, int64_t count, Element element, double* partials, Stream);
LaunchError finish_norm(const double* partials, int64_t count, float* norm, float* overflow, Stream);
}  // namespace cuda

}  // namespace notebooster::kernels
