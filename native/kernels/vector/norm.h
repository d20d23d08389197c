// RMSNorm and LayerNorm with an optional residual addition: rows of the references of norm_forward.cu and norm_backward.cu.
#pragma once
#include "floats.h"

namespace notebooster::kernels::cpu {
namespace {

template <typename T>
const typename T::Bits* add_residual(const NormForward& a, int64_t begin) {
  const auto* x = at<T>(a.x, begin);
  if (!a.residual) return x;
  const auto* residual = at<T>(a.residual, begin);
  auto* sum = at<T>(a.sum, begin);
  for_lanes(a.cols, [&](int64_t i, int64_t n) { store<T>(sum + i, load<T>(x + i, n) + load<T>(residual + i, n), n); });
  return sum;
}

/* The sum over a row of f(elements), where f of the padding must be 0. */
template <typename T, typename Function>
float row_sum(const typename T::Bits* row, int64_t cols, Function f) {
  Floats sum{};
  for_lanes(cols, [&](int64_t i, int64_t n) { sum += f(load<T>(row + i, n), i, n); });
  return sum_of(sum);
}

/* Zero beyond the row's end. */
inline Floats only_first(Floats x, int64_t count) {
  if (count < kLanes)
    for (int64_t i = count; i < kLanes; ++i) x[i] = 0;
  return x;
}

template <typename T>
void norm_forward_row(const NormForward& a, int64_t row) {
  const auto* x = add_residual<T>(a, row * a.cols);
  const auto cols = static_cast<float>(a.cols);
  const float mean = a.centered ? row_sum<T>(x, a.cols, [](Floats v, int64_t, int64_t) { return v; }) / cols : 0.f;
  const float squares = row_sum<T>(x, a.cols, [&](Floats v, int64_t, int64_t n) {
    const Floats centered = only_first(v - mean, n);
    return centered * centered;
  });
  const float scale = 1 / __builtin_sqrtf(squares / cols + a.eps);
  const auto *weight = at<T>(a.weight, 0), *bias = at<T>(a.bias, 0);
  auto* normed = at<T>(a.normed, row * a.cols);
  for_lanes(a.cols, [&](int64_t i, int64_t n) {
    const Floats y = (load<T>(x + i, n) - mean) * scale * load<T>(weight + i, n);
    store<T>(normed + i, a.bias ? y + load<T>(bias + i, n) : y, n);
  });
  if (!a.stats) return;
  a.stats[2 * row] = mean;
  a.stats[2 * row + 1] = scale;
}

struct RowStatistics {
  float mean, scale;  // of the row: normalised = (x - mean) * scale
  float pull, shift;  // grad_x = scale * weighted grad - pull * normalised - shift
};

template <typename T>
RowStatistics row_statistics(const NormBackward& a, int64_t row) {
  const auto *x = at<T>(a.x, row * a.cols), *grad = at<T>(a.grad_normed, row * a.cols), *weight = at<T>(a.weight, 0);
  const auto cols = static_cast<float>(a.cols);
  RowStatistics s{};
  if (a.centered) {
    s.mean = a.stats[2 * row];
    s.scale = a.stats[2 * row + 1];
  } else {
    s.scale = 1 / __builtin_sqrtf(row_sum<T>(x, a.cols, [](Floats v, int64_t, int64_t) { return v * v; }) / cols + a.eps);
  }
  Floats grads{}, dots{};
  for_lanes(a.cols, [&](int64_t i, int64_t n) {
    const Floats weighted = load<T>(weight + i, n) * load<T>(grad + i, n);
    grads += weighted;
    dots += weighted * (load<T>(x + i, n) - s.mean);
  });
  s.pull = s.scale * s.scale * sum_of(dots) / cols;
  s.shift = a.centered ? s.scale * sum_of(grads) / cols : 0.f;
  return s;
}

template <typename T>
void norm_backward_row(const NormBackward& a, int64_t row, float* weight_sums, float* bias_sums) {
  const RowStatistics s = row_statistics<T>(a, row);
  const auto *x = at<T>(a.x, row * a.cols), *grad = at<T>(a.grad_normed, row * a.cols), *weight = at<T>(a.weight, 0);
  const auto* extra = a.grad_sum ? at<T>(a.grad_sum, row * a.cols) : nullptr;
  auto* grad_x = at<T>(a.grad_x, row * a.cols);
  for_lanes(a.cols, [&](int64_t i, int64_t n) {
    const Floats g = load<T>(grad + i, n), normal = (load<T>(x + i, n) - s.mean) * s.scale;
    store<F32>(weight_sums + i, load<F32>(weight_sums + i, n) + g * normal, n);
    if (a.grad_bias) store<F32>(bias_sums + i, load<F32>(bias_sums + i, n) + g, n);
    const Floats through = s.scale * load<T>(weight + i, n) * g - s.pull * normal - s.shift;
    store<T>(grad_x + i, extra ? load<T>(extra + i, n) + through : through, n);
  });
}

void norm_forward(const NormForward& a, int64_t begin, int64_t end) {
  with_element(a.element, [&](auto element) {
    for (int64_t row = begin; row < end; ++row) norm_forward_row<decltype(element)>(a, row);
  });
}

void norm_backward(const NormBackward& a, int64_t begin, int64_t end, float* weight_sums, float* bias_sums) {
  with_element(a.element, [&](auto element) {
    for (int64_t row = begin; row < end; ++row) norm_backward_row<decltype(element)>(a, row, weight_sums, bias_sums);
  });
}

/* out = the sum of `count` rows of float32 numbers, in order */
void add_partials(const float* partials, int64_t count, int64_t cols, void* out, Element element) {
  with_element(element, [&](auto type) {
    using T = decltype(type);
    for_lanes(cols, [&](int64_t i, int64_t n) {
      Floats sum{};
      for (int64_t part = 0; part < count; ++part) sum += load<F32>(partials + part * cols + i, n);
      store<T>(at<T>(out, i), sum, n);
    });
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
