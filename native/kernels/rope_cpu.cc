// Rotary positions on the CPU: the reference of rope.cu.
#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

template <typename T>
void turn(const Rope& a, int64_t batch, int64_t head, int64_t token) {
  const int64_t half = a.dim / 2;
  const T* x = static_cast<const T*>(a.x) + batch * a.x_strides[0] + head * a.x_strides[1] + token * a.x_strides[2];
  T* out = static_cast<T*>(a.out) + batch * a.out_strides[0] + head * a.out_strides[1] + token * a.out_strides[2];
  const T* cos = static_cast<const T*>(a.cos) + token * a.cos_stride;
  const T* sin = static_cast<const T*>(a.sin) + token * a.sin_stride;
  for (int64_t i = 0; i < half; ++i) {
    const float x1 = x[i], x2 = x[i + half];
    const float cos1 = cos[i], cos2 = cos[i + half];
    const float sin1 = a.inverse ? -static_cast<float>(sin[i + half]) : static_cast<float>(sin[i]);
    const float sin2 = a.inverse ? -static_cast<float>(sin[i]) : static_cast<float>(sin[i + half]);
    out[i] = x1 * cos1 - x2 * sin1;
    out[i + half] = x2 * cos2 + x1 * sin2;
  }
}

}  // namespace

void rope(const Rope& a) {
  with_element(a.element, [&](auto zero) {
    for_each_row(a.batch * a.heads * a.tokens, a.dim, [&](int64_t row) {
      const int64_t token = row % a.tokens, rest = row / a.tokens;
      turn<decltype(zero)>(a, rest / a.heads, rest % a.heads, token);
    });
  });
}

}  // namespace notebooster::kernels::cpu
