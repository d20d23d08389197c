// Rotary positions (Su et al. 2021): rows of the reference of rope.cu; a row is one head of one token.
#pragma once
#include "floats.h"

namespace notebooster::kernels::cpu {
namespace {

template <typename T>
void rope_row(const Rope& a, int64_t row) {
  const int64_t half = a.dim / 2, token = row % a.tokens, head = row / a.tokens % a.heads, batch = row / a.tokens / a.heads;
  const auto* x = at<T>(a.x, batch * a.x_strides[0] + head * a.x_strides[1] + token * a.x_strides[2]);
  auto* out = at<T>(a.out, batch * a.out_strides[0] + head * a.out_strides[1] + token * a.out_strides[2]);
  const auto *cos = at<T>(a.cos, token * a.cos_stride), *sin = at<T>(a.sin, token * a.sin_stride);
  for_lanes(half, [&](int64_t i, int64_t n) {
    const Floats x1 = load<T>(x + i, n), x2 = load<T>(x + i + half, n);
    const Floats sin1 = load<T>(sin + i, n), sin2 = load<T>(sin + i + half, n);
    store<T>(out + i, x1 * load<T>(cos + i, n) - x2 * (a.inverse ? -sin2 : sin1), n);
    store<T>(out + i + half, x2 * load<T>(cos + i + half, n) + x1 * (a.inverse ? -sin1 : sin2), n);
  });
}

void rope(const Rope& a, int64_t begin, int64_t end) {
  with_element(a.element, [&](auto element) {
    for (int64_t row = begin; row < end; ++row) rope_row<decltype(element)>(a, row);
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
