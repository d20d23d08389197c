// Bias, dropout and residual: rows of the reference of bias_dropout_add.cu, with the same random bits.
#pragma once
#include "floats.h"

namespace notebooster::kernels::cpu {
namespace {

constexpr int64_t kBlock = 512;  // elements whose factors are made at once

struct PhiloxBlock {
  uint32_t words[4];
};

/* Philox4x32-10 (Salmon et al. 2011) */
inline PhiloxBlock philox(uint64_t key, PhiloxBlock counter) {
  uint32_t low = static_cast<uint32_t>(key), high = static_cast<uint32_t>(key >> 32);
  uint32_t(&c)[4] = counter.words;
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t{0xD2511F53} * c[0], b = uint64_t{0xCD9E8D57} * c[2];
    const uint32_t c1 = c[1], c3 = c[3];
    c[0] = static_cast<uint32_t>(b >> 32) ^ c1 ^ low;
    c[1] = static_cast<uint32_t>(b);
    c[2] = static_cast<uint32_t>(a >> 32) ^ c3 ^ high;
    c[3] = static_cast<uint32_t>(a);
    low += 0x9E3779B9;
    high += 0xBB67AE85;
  }
  return counter;
}

/* factors[k] = scale or 0 for element first + k, first a multiple of 8 */
inline void dropout_factors(const BiasDropoutAdd& a, int64_t first, int64_t count, float* factors) {
  for (int64_t k = 0; k < count; k += 8) {
    const PhiloxBlock block = philox(static_cast<uint64_t>(a.state[0]),
                                     {{static_cast<uint32_t>((first + k) / 8), a.call, static_cast<uint32_t>(a.state[1]),
                                       static_cast<uint32_t>(static_cast<uint64_t>(a.state[1]) >> 32)}});
    for (int j = 0; j < 8; ++j)
      factors[k + j] = (block.words[j / 2] >> (j % 2 * 16) & 0xffff) >= a.threshold ? a.scale : 0.f;
  }
}

template <typename T>
void bias_dropout_add_row(const BiasDropoutAdd& a, int64_t row, float* column_sums) {
  float factors[kBlock + 16];
  const auto *bias = at<T>(a.bias, 0), *residual = at<T>(a.residual, row * a.cols);
  for (int64_t begin = 0; begin < a.cols; begin += kBlock) {
    const int64_t size = a.cols - begin < kBlock ? a.cols - begin : kBlock;
    const int64_t first = row * a.cols + begin, skipped = first % 8;
    if (a.state) dropout_factors(a, first - skipped, size + skipped, factors);
    const auto* x = at<T>(a.x, first);
    auto* out = at<T>(a.out, first);
    for_lanes(size, [&](int64_t i, int64_t n) {
      Floats y = load<T>(x + i, n);
      if (a.bias) y += load<T>(bias + begin + i, n);
      if (a.state) y *= load<F32>(factors + skipped + i, n);
      if (a.residual) y += load<T>(residual + begin + i, n);
      if (a.out) store<T>(out + i, y, n);
      if (column_sums) store<F32>(column_sums + begin + i, load<F32>(column_sums + begin + i, n) + y, n);
    });
  }
}

void bias_dropout_add(const BiasDropoutAdd& a, int64_t begin, int64_t end, float* column_sums) {
  with_element(a.element, [&](auto element) {
    for (int64_t row = begin; row < end; ++row) bias_dropout_add_row<decltype(element)>(a, row, column_sums);
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
