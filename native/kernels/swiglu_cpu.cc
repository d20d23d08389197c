// SwiGLU on the CPU: the reference of swiglu.cu.
#include <cmath>

#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

template <typename T>
void forward_row(const SwiGlu& a, int64_t row) {
  const T* gate = static_cast<const T*>(a.gate) + row * a.gate_stride;
  const T* up = static_cast<const T*>(a.up) + row * a.up_stride;
  T* out = static_cast<T*>(a.out) + row * a.cols;
  for (int64_t i = 0; i < a.cols; ++i) {
    const float g = gate[i];
    out[i] = g * sigmoid(g) * static_cast<float>(up[i]);
  }
}

template <typename T>
void backward_row(const SwiGlu& a, int64_t row) {
  const T* gate = static_cast<const T*>(a.gate) + row * a.gate_stride;
  const T* up = static_cast<const T*>(a.up) + row * a.up_stride;
  const T* grad = static_cast<const T*>(a.grad) + row * a.grad_stride;
  T* grad_gate = static_cast<T*>(a.grad_gate) + row * a.cols;
  T* grad_up = static_cast<T*>(a.grad_up) + row * a.cols;
  for (int64_t i = 0; i < a.cols; ++i) {
    const float g = gate[i], dy = grad[i], s = sigmoid(g);
    grad_gate[i] = dy * static_cast<float>(up[i]) * (s * (1 + g * (1 - s)));
    grad_up[i] = dy * (g * s);
  }
}

}  // namespace

void swiglu_forward(const SwiGlu& a) {
  with_element(a.element, [&](auto zero) {
    for_each_row(a.rows, a.cols, [&](int64_t row) { forward_row<decltype(zero)>(a, row); });
  });
}

void swiglu_backward(const SwiGlu& a) {
  with_element(a.element, [&](auto zero) {
    for_each_row(a.rows, a.cols, [&](int64_t row) { backward_row<decltype(zero)>(a, row); });
  });
}

}  // namespace notebooster::kernels::cpu
