// SwiGLU and GeGLU (Shazeer 2020), and an activation behind a bias: rows of the references of gated.cu and bias_activation.cu.
#pragma once
#include "math.h"

namespace notebooster::kernels::cpu {
namespace {

template <typename T, typename Act>
void gated_forward_row(const Gated& a, int64_t row, Act act) {
  const auto *gate = at<T>(a.gate, row * a.gate_stride), *up = at<T>(a.up, row * a.up_stride);
  auto* out = at<T>(a.out, row * a.cols);
  for_lanes(a.cols, [&](int64_t i, int64_t n) {
    store<T>(out + i, act(load<T>(gate + i, n)).value * load<T>(up + i, n), n);
  });
}

template <typename T, typename Act>
void gated_backward_row(const Gated& a, int64_t row, Act act) {
  const auto *gate = at<T>(a.gate, row * a.gate_stride), *up = at<T>(a.up, row * a.up_stride);
  const auto* grad = at<T>(a.grad, row * a.grad_stride);
  auto *grad_gate = at<T>(a.grad_gate, row * a.cols), *grad_up = at<T>(a.grad_up, row * a.cols);
  for_lanes(a.cols, [&](int64_t i, int64_t n) {
    const Curve curve = act(load<T>(gate + i, n));
    const Floats dy = load<T>(grad + i, n);
    store<T>(grad_gate + i, dy * load<T>(up + i, n) * curve.slope, n);
    store<T>(grad_up + i, dy * curve.value, n);
  });
}

/* With `column_sums` the backward pass of a row. */
template <typename T, typename Act>
void bias_activation_row(const BiasActivation& a, int64_t row, float* column_sums, Act act) {
  const auto *x = at<T>(a.x, row * a.cols), *bias = at<T>(a.bias, 0);
  const auto* grad = column_sums ? at<T>(a.grad, row * a.cols) : nullptr;
  auto* out = at<T>(a.out, row * a.cols);
  for_lanes(a.cols, [&](int64_t i, int64_t n) {
    const Curve curve = act(load<T>(x + i, n) + load<T>(bias + i, n));
    if (!grad) return store<T>(out + i, curve.value, n);
    const Floats grad_x = load<T>(grad + i, n) * curve.slope;
    store<F32>(column_sums + i, load<F32>(column_sums + i, n) + grad_x, n);
    store<T>(out + i, grad_x, n);
  });
}

/* visit(element, activation) */
template <typename Arguments, typename Visit>
void with_kind(const Arguments& a, Visit visit) {
  with_element(a.element, [&](auto element) {
    with_activation(a.activation, [&](auto act) { visit(element, act); });
  });
}

void gated_forward(const Gated& a, int64_t begin, int64_t end) {
  with_kind(a, [&](auto element, auto act) {
    for (int64_t row = begin; row < end; ++row) gated_forward_row<decltype(element)>(a, row, act);
  });
}

void gated_backward(const Gated& a, int64_t begin, int64_t end) {
  with_kind(a, [&](auto element, auto act) {
    for (int64_t row = begin; row < end; ++row) gated_backward_row<decltype(element)>(a, row, act);
  });
}

void bias_activation(const BiasActivation& a, int64_t begin, int64_t end, float* column_sums) {
  with_kind(a, [&](auto element, auto act) {
    for (int64_t row = begin; row < end; ++row) bias_activation_row<decltype(element)>(a, row, column_sums, act);
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
