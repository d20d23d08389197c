// RMSNorm on the CPU: the reference of rms_norm.cu. The weight's gradient is summed by blocks of rows, then over blocks,
// so that it does not depend on the number of threads.
#include <cmath>

#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

template <typename T>
void forward_row(const RmsNormForward& a, int64_t row) {
  const int64_t begin = row * a.cols;
  const T* x = static_cast<const T*>(a.x) + begin;
  const T* weight = static_cast<const T*>(a.weight);
  if (a.residual) {
    const T* residual = static_cast<const T*>(a.residual) + begin;
    T* sum = static_cast<T*>(a.sum) + begin;
    for (int64_t i = 0; i < a.cols; ++i) sum[i] = static_cast<float>(x[i]) + static_cast<float>(residual[i]);
    x = sum;
  }
  double squares = 0;
  for (int64_t i = 0; i < a.cols; ++i) squares += static_cast<float>(x[i]) * static_cast<float>(x[i]);
  const float scale = 1 / std::sqrt(static_cast<float>(squares / a.cols) + a.eps);
  T* normed = static_cast<T*>(a.normed) + begin;
  for (int64_t i = 0; i < a.cols; ++i)
    normed[i] = static_cast<float>(x[i]) * scale * static_cast<float>(weight[i]);
}

template <typename T>
void backward_row(const RmsNormBackward& a, int64_t row, float* grad_weight) {
  const int64_t begin = row * a.cols;
  const T* x = static_cast<const T*>(a.x) + begin;
  const T* grad = static_cast<const T*>(a.grad_normed) + begin;
  const T* extra = a.grad_sum ? static_cast<const T*>(a.grad_sum) + begin : nullptr;
  const T* weight = static_cast<const T*>(a.weight);
  T* grad_x = static_cast<T*>(a.grad_x) + begin;
  double squares = 0, dot = 0;
  for (int64_t i = 0; i < a.cols; ++i) {
    const float value = x[i];
    squares += value * value;
    dot += value * (static_cast<float>(weight[i]) * static_cast<float>(grad[i]));
  }
  const float scale = 1 / std::sqrt(static_cast<float>(squares / a.cols) + a.eps);
  const float pull = scale * scale * scale * static_cast<float>(dot / a.cols);
  for (int64_t i = 0; i < a.cols; ++i) {
    const float value = x[i], g = grad[i];
    grad_weight[i] += g * (value * scale);
    grad_x[i] = (extra ? static_cast<float>(extra[i]) : 0.f) + (scale * (static_cast<float>(weight[i]) * g) - pull * value);
  }
}

}  // namespace

void rms_norm_forward(const RmsNormForward& a) {
  with_element(a.element, [&](auto zero) {
    for_each_row(a.rows, a.cols, [&](int64_t row) { forward_row<decltype(zero)>(a, row); });
  });
}

void rms_norm_backward(const RmsNormBackward& a) {
  const int64_t share = a.num_partials > 0 ? (a.rows + a.num_partials - 1) / a.num_partials : 0;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    at::parallel_for(0, a.num_partials, 1, [&](int64_t begin, int64_t end) {
      for (int64_t part = begin; part < end; ++part) {
        float* grad_weight = a.partials + part * a.cols;
        for (int64_t i = 0; i < a.cols; ++i) grad_weight[i] = 0;
        for (int64_t row = part * share; row < a.rows && row < (part + 1) * share; ++row)
          backward_row<T>(a, row, grad_weight);
      }
    });
    T* total = static_cast<T*>(a.grad_weight);
    for (int64_t i = 0; i < a.cols; ++i) {
      float sum = 0;
      for (int64_t part = 0; part < a.num_partials; ++part) sum += a.partials[part * a.cols + i];
      total[i] = sum;
    }
  });
}

}  // namespace notebooster::kernels::cpu
