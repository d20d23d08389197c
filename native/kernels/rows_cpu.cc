// The kernels that work row by row, on the CPU: the references of their .cu files. The loops are in vector/; gradients of
// weights and biases are summed by parts of the rows, then over parts, so that they do not depend on the number of threads.
#include <algorithm>

#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

/* backward(begin, end, sums) for every part of the rows, where sums are `width` zeros at the part's place in `partials` */
template <typename Arguments, typename Backward>
void with_sums(const Arguments& a, int64_t width, Backward backward) {
  for_parts(a.rows, a.num_partials, [&](int64_t begin, int64_t end, int64_t part) {
    float* sums = a.partials + part * width;
    std::fill(sums, sums + width, 0.f);
    backward(begin, end, sums);
  });
}

}  // namespace

void norm_forward(const NormForward& a) {
  for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().norm_forward(a, begin, end); });
}

void norm_backward(const NormBackward& a) {
  const int64_t bias_at = a.num_partials * a.cols;
  for_parts(a.rows, a.num_partials, [&](int64_t begin, int64_t end, int64_t part) {
    float *weight_sums = a.partials + part * a.cols, *bias_sums = a.grad_bias ? weight_sums + bias_at : nullptr;
    std::fill(weight_sums, weight_sums + a.cols, 0.f);
    if (bias_sums) std::fill(bias_sums, bias_sums + a.cols, 0.f);
    loops().norm_backward(a, begin, end, weight_sums, bias_sums);
  });
  loops().add_partials(a.partials, a.num_partials, a.cols, a.grad_weight, a.element);
  if (a.grad_bias) loops().add_partials(a.partials + bias_at, a.num_partials, a.cols, a.grad_bias, a.element);
}

void gated_forward(const Gated& a) {
  for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().gated_forward(a, begin, end); });
}

void gated_backward(const Gated& a) {
  for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().gated_backward(a, begin, end); });
}

void bias_activation(const BiasActivation& a) {
  if (!a.grad_bias)
    return for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().bias_activation(a, begin, end, nullptr); });
  with_sums(a, a.cols, [&](int64_t begin, int64_t end, float* sums) { loops().bias_activation(a, begin, end, sums); });
  loops().add_partials(a.partials, a.num_partials, a.cols, a.grad_bias, a.element);
}

void bias_dropout_add(const BiasDropoutAdd& a) {
  if (!a.grad_bias)
    return for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().bias_dropout_add(a, begin, end, nullptr); });
  with_sums(a, a.cols, [&](int64_t begin, int64_t end, float* sums) { loops().bias_dropout_add(a, begin, end, sums); });
  loops().add_partials(a.partials, a.num_partials, a.cols, a.grad_bias, a.element);
}

void softmax(const Softmax& a) {
  for_rows(a.batch * a.heads * a.queries, a.keys, [&](int64_t begin, int64_t end) { loops().softmax(a, begin, end); });
}

void dequantize_nf4(const Nf4& a) {
  const int64_t blocks = (a.numel + a.block_size - 1) / a.block_size;
  for_rows(blocks, a.block_size, [&](int64_t begin, int64_t end) { loops().dequantize_nf4(a, begin, end); });
}

void rope(const Rope& a) {
  for_rows(a.batch * a.heads * a.tokens, a.dim, [&](int64_t begin, int64_t end) { loops().rope(a, begin, end); });
}

void decode_attention(const DecodeAttention& a) {
  const int64_t numbers = a.dim * std::min(*a.place + 1, a.window);
  for_rows(a.batch * a.heads, numbers, [&](int64_t begin, int64_t end) { loops().decode_attention(a, begin, end); });
}

void kept_count(const KeptCount& a) {
  const int64_t kept = a.rows - std::count(a.targets, a.targets + a.rows, a.ignore_index);
  *a.inverse_count = 1.f / static_cast<float>(kept);
}

void cross_entropy(const CrossEntropy& a) {
  for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().cross_entropy(a, begin, end); });
}

void mean_loss(const MeanLoss& a) {
  double sum = 0;
  for (int64_t row = 0; row < a.rows; ++row) sum += a.losses[row];
  *a.loss = static_cast<float>(sum) * *a.inverse_count;
}

void scale(const Scale& a) {
  for_rows(a.rows, a.cols, [&](int64_t begin, int64_t end) { loops().scale(a, begin, end); });
}

}  // namespace notebooster::kernels::cpu
