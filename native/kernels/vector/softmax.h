// Softmax with mask and ALiBi (Press et al. 2021), and cross-entropy in place: rows of the references of softmax.cu and
// cross_entropy.cu.
#pragma once
#include "math.h"

namespace notebooster::kernels::cpu {
namespace {

/* The sum of sixteen float32 running sums that are emptied into float64 before they grow long. */
struct LongSum {
  Floats lanes{};
  double total = 0;
  int added = 0;
  void add(Floats x) {
    lanes += x;
    if (++added % 64 == 0) flush();
  }
  void flush() {
    total += sum_of(lanes);
    lanes = Floats{};
  }
  double finish() {
    flush();
    return total;
  }
};

template <typename T>
struct SoftmaxRow {
  const Softmax& a;
  int64_t query, head, batch, keys;  // keys it may see
  const typename T::Bits* scores;
  int64_t mask_at;
  float slope, last;

  SoftmaxRow(const Softmax& arguments, int64_t row) : a(arguments) {
    query = row % a.queries;
    head = row / a.queries % a.heads;
    batch = row / a.queries / a.heads;
    const int64_t until = query + a.keys - a.queries + 1;
    keys = !a.causal || until > a.keys ? a.keys : until < 0 ? 0 : until;
    scores = at<T>(a.scores, row * a.keys);
    mask_at = batch * a.mask_strides[0] + head * a.mask_strides[1] + query * a.mask_strides[2];
    slope = a.slopes ? a.slopes[head] : 0.f;
    last = static_cast<float>(until - 1);
  }

  Floats mask(int64_t i, int64_t count) const {
    Floats result{};
    const int64_t stride = a.mask_strides[3];
    for (int64_t j = 0; j < count; ++j) {
      const int64_t place = mask_at + (i + j) * stride;
      if (a.mask_kind == Mask::boolean) result[j] = *(static_cast<const uint8_t*>(a.mask) + place) ? 0.f : -kInfinity;
      else result[j] = load<T>(at<T>(a.mask, place), 1)[0];
    }
    return result;
  }

  /* -inf beyond the row's end */
  Floats logits(int64_t i, int64_t count) const {
    Floats x = a.scale * load<T>(scores + i, count);
    if (a.slopes)
      for (int64_t j = 0; j < kLanes; ++j) x[j] += slope * (static_cast<float>(i + j) - last);
    if (a.mask_kind != Mask::none) x += mask(i, count);
    for (int64_t j = count; j < kLanes; ++j) x[j] = -kInfinity;
    return x;
  }
};

template <typename T>
void fill(typename T::Bits* row, int64_t begin, int64_t end, float value) {
  for_lanes(end - begin, [&](int64_t i, int64_t n) { store<T>(row + begin + i, all(value), n); });
}

template <typename T>
void softmax_forward_row(const Softmax& a, int64_t index) {
  const SoftmaxRow<T> row(a, index);
  auto* out = at<T>(a.out, index * a.keys);
  Floats tops = all(-kInfinity);
  for_lanes(row.keys, [&](int64_t i, int64_t n) { tops = larger(row.logits(i, n), tops); });
  const float top = largest_of(tops);
  if (top == -kInfinity) return fill<T>(out, 0, a.keys, 0.f);
  LongSum sum;
  for_lanes(row.keys, [&](int64_t i, int64_t n) { sum.add(exp(row.logits(i, n) - top)); });
  const auto scale = static_cast<float>(1 / sum.finish());
  for_lanes(row.keys, [&](int64_t i, int64_t n) { store<T>(out + i, exp(row.logits(i, n) - top) * scale, n); });
  fill<T>(out, row.keys, a.keys, 0.f);
}

template <typename T>
void softmax_backward_row(const Softmax& a, int64_t index) {
  const SoftmaxRow<T> row(a, index);
  const auto* grad = at<T>(a.grad, index * a.keys);
  auto* out = at<T>(a.out, index * a.keys);
  LongSum dot;
  for_lanes(row.keys, [&](int64_t i, int64_t n) { dot.add(load<T>(row.scores + i, n) * load<T>(grad + i, n)); });
  const auto mean = static_cast<float>(dot.finish());
  for_lanes(row.keys, [&](int64_t i, int64_t n) {
    store<T>(out + i, a.scale * load<T>(row.scores + i, n) * (load<T>(grad + i, n) - mean), n);
  });
  fill<T>(out, row.keys, a.keys, 0.f);
}

void softmax(const Softmax& a, int64_t begin, int64_t end) {
  with_element(a.element, [&](auto element) {
    using T = decltype(element);
    for (int64_t row = begin; row < end; ++row) a.grad ? softmax_backward_row<T>(a, row) : softmax_forward_row<T>(a, row);
  });
}

template <typename T>
void cross_entropy_row(const CrossEntropy& a, int64_t row) {
  auto* logits = at<T>(a.logits, row * a.stride);
  const int64_t target = a.targets[row];
  a.losses[row] = 0;
  if (target == a.ignore_index) {
    if (a.write_grad) fill<T>(logits, 0, a.cols, 0.f);
    return;
  }
  Floats tops = all(-kInfinity);
  for_lanes(a.cols, [&](int64_t i, int64_t n) { tops = larger(load<T>(logits + i, n, -kInfinity), tops); });
  const float top = largest_of(tops);
  LongSum sum;
  for_lanes(a.cols, [&](int64_t i, int64_t n) { sum.add(exp(load<T>(logits + i, n, -kInfinity) - top)); });
  const float log_sum = top + static_cast<float>(__builtin_log(sum.finish()));
  a.losses[row] = log_sum - load<T>(logits + target, 1)[0];
  if (!a.write_grad) return;
  const float scale = a.grad_is_mean ? *a.inverse_count : 1.f;
  const float at_target = (exp(load<T>(logits + target, 1) - log_sum)[0] - 1.f) * scale;
  for_lanes(a.cols, [&](int64_t i, int64_t n) { store<T>(logits + i, exp(load<T>(logits + i, n) - log_sum) * scale, n); });
  store<T>(logits + target, all(at_target), 1);
}

void cross_entropy(const CrossEntropy& a, int64_t begin, int64_t end) {
  with_element(a.element, [&](auto element) {
    for (int64_t row = begin; row < end; ++row) cross_entropy_row<decltype(element)>(a, row);
  });
}

void scale(const Scale& a, int64_t begin, int64_t end) {
  const float factor = *a.factor * (a.second_factor ? *a.second_factor : 1.f);
  if (factor == 1.f) return;
  with_element(a.element, [&](auto element) {
    using T = decltype(element);
    for (int64_t row = begin; row < end; ++row) {
      auto* data = at<T>(a.data, row * a.stride);
      for_lanes(a.cols, [&](int64_t i, int64_t n) { store<T>(data + i, load<T>(data + i, n) * factor, n); });
    }
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
