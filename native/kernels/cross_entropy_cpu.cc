// Cross-entropy in place on the CPU: the reference of cross_entropy.cu.
#include <algorithm>
#include <cmath>

#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

template <typename T>
void one_row(const CrossEntropy& a, int64_t row) {
  T* logits = static_cast<T*>(a.logits) + row * a.stride;
  const int64_t target = a.targets[row];
  a.losses[row] = 0;
  if (target == a.ignore_index) {
    if (a.write_grad) std::fill(logits, logits + a.cols, T(0));
    return;
  }
  float top = -INFINITY;
  for (int64_t i = 0; i < a.cols; ++i) top = std::max(top, static_cast<float>(logits[i]));
  double sum = 0;
  for (int64_t i = 0; i < a.cols; ++i) sum += std::exp(static_cast<float>(logits[i]) - top);
  const float log_sum = top + static_cast<float>(std::log(sum));
  a.losses[row] = log_sum - static_cast<float>(logits[target]);
  if (!a.write_grad) return;
  const float scale = a.grad_is_mean ? *a.inverse_count : 1.f;
  for (int64_t i = 0; i < a.cols; ++i)
    logits[i] = std::exp(static_cast<float>(logits[i]) - log_sum) * scale - (i == target ? scale : 0.f);
}

}  // namespace

void cross_entropy(const CrossEntropy& a) {
  const int64_t kept = a.rows - std::count(a.targets, a.targets + a.rows, a.ignore_index);
  *a.inverse_count = 1.f / static_cast<float>(kept);
  with_element(a.element, [&](auto zero) {
    for_each_row(a.rows, a.cols, [&](int64_t row) { one_row<decltype(zero)>(a, row); });
  });
  double sum = 0;
  for (int64_t row = 0; row < a.rows; ++row) sum += a.losses[row];
  *a.loss = static_cast<float>(sum) * *a.inverse_count;
}

void scale(const Scale& a) {
  const float factor = *a.factor * (a.second_factor ? *a.second_factor : 1.f);
  if (factor == 1.f) return;
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    for_each_row(a.rows, a.cols, [&](int64_t row) {
      T* data = static_cast<T*>(a.data) + row * a.stride;
      for (int64_t i = 0; i < a.cols; ++i) data[i] = static_cast<float>(data[i]) * factor;
    });
  });
}

}  // namespace notebooster::kernels::cpu
