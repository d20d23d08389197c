// Sixteen float32 numbers as one value of the compiler's vector extension, and memory of float32, bfloat16 or float16
// elements read and written through it. Everything is local to the file that includes this: it is compiled once per
// instruction set, and the linker must never pick one copy for all.
#pragma once
#include "../launchers.h"

namespace notebooster::kernels::cpu {
namespace {

constexpr int kLanes = 16;
using Floats = float __attribute__((vector_size(64)));
using Ints = int32_t __attribute__((vector_size(64)));
using Words = uint32_t __attribute__((vector_size(64)));
using Shorts = uint16_t __attribute__((vector_size(32)));
using Halves = _Float16 __attribute__((vector_size(32)));

constexpr float kInfinity = __builtin_inff();

inline Floats all(float x) { return x - Floats{}; }

template <typename To, typename From>
inline To bits_of(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  __builtin_memcpy(&to, &from, sizeof(to));
  return to;
}

struct F32 {
  using Bits = float;
  using Vector = Floats;
  static Floats widen(Vector x) { return x; }
  static Vector narrow(Floats x) { return x; }
};

struct F16 {
  using Bits = _Float16;
  using Vector = Halves;
  static Floats widen(Vector x) { return __builtin_convertvector(x, Floats); }
  static Vector narrow(Floats x) { return __builtin_convertvector(x, Vector); }
};

struct Bf16 {
  using Bits = uint16_t;
  using Vector = Shorts;
  static Floats widen(Vector x) { return bits_of<Floats>(__builtin_convertvector(x, Words) << 16); }
  /* To nearest, ties to even; NaN stays NaN. */
  static Vector narrow(Floats x) {
    const Words bits = bits_of<Words>(x);
    const Words rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    return __builtin_convertvector(x == x ? rounded : Words{} + 0x7fc0, Vector);
  }
  /* Up or down by 16 random bits. */
  static Vector narrow_at_random(Floats x, Words bits) {
    const Words rounded = (bits_of<Words>(x) + bits) >> 16;
    return __builtin_convertvector(x == x ? rounded : Words{} + 0x7fc0, Vector);
  }
};

/* visit(F32()) and so on */
template <typename Visit>
inline void with_element(Element element, Visit visit) {
  switch (element) {
    case Element::f32: return visit(F32());
    case Element::f16: return visit(F16());
    case Element::bf16: return visit(Bf16());
  }
}

/* The first `count` of sixteen elements, the rest as `fill`. */
template <typename T>
inline Floats load(const typename T::Bits* from, int64_t count = kLanes, float fill = 0) {
  typename T::Vector vector;
  if (count >= kLanes) {
    __builtin_memcpy(&vector, from, sizeof(vector));
    return T::widen(vector);
  }
  vector = T::narrow(all(fill));
  typename T::Bits items[kLanes];
  __builtin_memcpy(items, &vector, sizeof(vector));
  for (int64_t i = 0; i < count; ++i) items[i] = from[i];
  __builtin_memcpy(&vector, items, sizeof(vector));
  return T::widen(vector);
}

template <typename T>
inline void store_narrow(typename T::Bits* to, typename T::Vector vector, int64_t count) {
  if (count >= kLanes) {
    __builtin_memcpy(to, &vector, sizeof(vector));
    return;
  }
  typename T::Bits items[kLanes];
  __builtin_memcpy(items, &vector, sizeof(vector));
  for (int64_t i = 0; i < count; ++i) to[i] = items[i];
}

template <typename T>
inline void store(typename T::Bits* to, Floats x, int64_t count = kLanes) {
  store_narrow<T>(to, T::narrow(x), count);
}

/* visit(i, count) for every sixteen of `size` elements; the last may be fewer */
template <typename Visit>
inline void for_lanes(int64_t size, Visit visit) {
  int64_t i = 0;
  for (; i + kLanes <= size; i += kLanes) visit(i, static_cast<int64_t>(kLanes));
  if (i < size) visit(i, size - i);
}

inline float sum_of(Floats x) {
  float sum = 0;
  for (int i = 0; i < kLanes; ++i) sum += x[i];
  return sum;
}

inline Floats larger(Floats a, Floats b) { return a > b ? a : b; }

inline float largest_of(Floats x) {
  float top = x[0];
  for (int i = 1; i < kLanes; ++i) top = x[i] > top ? x[i] : top;
  return top;
}

inline Floats root(Floats x) {
  Floats result;
  for (int i = 0; i < kLanes; ++i) result[i] = __builtin_sqrtf(x[i]);
  return result;
}

/* The elements of a row's tensor. */
template <typename T>
inline const typename T::Bits* at(const void* data, int64_t index) {
  return static_cast<const typename T::Bits*>(data) + index;
}
template <typename T>
inline typename T::Bits* at(void* data, int64_t index) {
  return static_cast<typename T::Bits*>(data) + index;
}

}  // namespace
}  // namespace notebooster::kernels::cpu
