// Weights of four bits widened: blocks of the reference of nf4.cu.
#pragma once
#include "../nf4_values.h"
#include "floats.h"

namespace notebooster::kernels::cpu {
namespace {

constexpr float kNf4Values[16] = NOTEBOOSTER_NF4_VALUES;

inline float absmax_of(const Nf4& a, int64_t block) {
  if (a.map == nullptr) return static_cast<const float*>(a.absmax)[block];
  const volatile float scaled = a.map[static_cast<const uint8_t*>(a.absmax)[block]] * a.scales[block / 256];  // no fused multiply-add
  return scaled + *a.offset;
}

template <typename T>
void nf4_block(const Nf4& a, int64_t block) {
  const int64_t first = block * a.block_size, rest = a.numel - first, size = rest < a.block_size ? rest : a.block_size;
  const float absmax = absmax_of(a, block);
  for_lanes(size, [&](int64_t i, int64_t n) {
    Floats values{};
    for (int64_t j = 0; j < n; ++j) {
      const int byte = a.packed[(first + i + j) / 2];
      values[j] = kNf4Values[j % 2 == 0 ? byte >> 4 : byte & 15];
    }
    store<T>(at<T>(a.out, first + i), values * absmax, n);
  });
}

void dequantize_nf4(const Nf4& a, int64_t begin, int64_t end) {
  with_element(a.element, [&](auto element) {
    for (int64_t block = begin; block < end; ++block) nf4_block<decltype(element)>(a, block);
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
