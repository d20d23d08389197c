// Numbers of 8 bits whose values lie closer together the smaller they are (Dettmers 2016, Dettmers et al. 2022): 0, 1, and for each power of
// ten from 1e-6 to 1 twice as many values as for the one below, evenly spread over its decade; signed ones have their negatives, but for -1.
// A number becomes the nearest value; halfway between two of them, the lower.
#pragma once
#include <cstdint>

#include "draws.h"

namespace notebooster::kernels {

/* Numbers of a block share a scale: the largest of their absolute values. */
constexpr int kDynamicBlock = 256;
/* What a block is divided by is no less: a block of zeros can be divided. */
constexpr float kSmallestScale = 0x1p-126f;

constexpr int kDecades = 7, kDynamicValues = 256;

/* Of x in a decade the value below is the one at x * slope + offset, counted from 0, or the one before it. */
struct Decade {
  float slope, offset;
};

struct DynamicType {
  float values[kDynamicValues];     // ascending
  float midpoints[kDynamicValues];  // between a value that is not negative and the next, counted from 0
  Decade decades[kDecades];
  int zero;  // the code of 0
};

constexpr DynamicType dynamic_type(bool is_signed) {
  DynamicType type{};
  type.zero = is_signed ? 127 : 0;
  const int most = kDynamicValues - 1 - type.zero;  // the place of 1
  double values[kDynamicValues] = {};
  constexpr double kScales[kDecades] = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1};
  int place = 1;
  for (int decade = 0; decade < kDecades; ++decade) {
    const int count = 1 << (is_signed ? decade : decade + 1);
    const double scale = kScales[decade], slope = count / (0.9 * scale);
    // Between decades the midpoint lies a fifth of a step above the upper's beginning: by a quarter of a step less the value is never above.
    type.decades[decade] = {static_cast<float>(slope), static_cast<float>(place - 0.1 * scale * slope - 0.25)};
    for (int i = 0; i < count; ++i) values[place++] = scale * (0.1 + 0.9 * (i + 0.5) / count);
  }
  values[most] = 1;
  for (int i = 0; i <= most; ++i) type.values[type.zero + i] = static_cast<float>(values[i]);
  for (int i = 1; i <= type.zero; ++i) type.values[type.zero - i] = static_cast<float>(-values[i]);
  for (int i = 0; i < most; ++i) type.midpoints[i] = static_cast<float>((values[i] + values[i + 1]) / 2);
  for (int i = most; i < kDynamicValues; ++i) type.midpoints[i] = 2;  // above all
  return type;
}

/* The code nearest to x, -1 to 1, given a place (from 0, of |x|) that is the value's below or the one before; NaN becomes the last, as where
   numbers are put among midpoints. */
template <bool Signed>
NOTEBOOSTER_ANYWHERE inline int code_after(const float (&midpoints)[kDynamicValues], int place, float x) {
  if constexpr (Signed) {
    constexpr int kZero = 127;
    if (x < 0) {
      const int down = place + (midpoints[place] <= -x);
      return kZero - (down < kZero ? down : kZero);
    }
    return x != x ? kDynamicValues - 1 : kZero + place + (midpoints[place] < x);
  }
  return x != x ? kDynamicValues - 1 : place + (midpoints[place] < x);
}

}  // namespace notebooster::kernels
