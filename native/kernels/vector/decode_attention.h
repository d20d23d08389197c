// Attention of one new token: rows of the reference of decode_attention.cu; a row is one head of one text.
#pragma once
#include "floats.h"

namespace notebooster::kernels::cpu {
namespace {

/* A head's numbers in float32. */
using HeadNumbers = float[kMostDecodeDim];

template <typename T>
void read_head(const typename T::Bits* from, int64_t dim, HeadNumbers& to) {
  for_lanes(dim, [&](int64_t i, int64_t n) { store<F32>(to + i, load<T>(from + i, n), n); });
}

/* The head turned by the angles of its row, rounded as it would be stored. */
template <typename T>
void turn_head(const DecodeAttention& a, int64_t batch, const typename T::Bits* from, HeadNumbers& out) {
  read_head<T>(from, a.dim, out);
  if (!a.cos) return;
  HeadNumbers x, cos, sin;
  read_head<T>(from, a.dim, x);
  read_head<T>(at<T>(a.cos, batch * a.cos_stride), a.turned, cos);
  read_head<T>(at<T>(a.sin, batch * a.sin_stride), a.turned, sin);
  const int64_t half = a.turned / 2;
  for (int64_t i = 0; i < half; ++i) {
    const float low = x[a.interleaved ? 2 * i : i], high = x[a.interleaved ? 2 * i + 1 : i + half];
    out[i] = low * cos[i] - high * sin[i];
    out[i + half] = high * cos[i + half] + low * sin[i + half];
  }
  typename T::Bits rounded[kMostDecodeDim];
  for_lanes(a.dim, [&](int64_t i, int64_t n) { store<T>(rounded + i, load<F32>(out + i, n), n); });
  read_head<T>(rounded, a.dim, out);
}

template <typename T>
float scored(const DecodeAttention& a, const HeadNumbers& q, const typename T::Bits* key) {
  Floats sums{};
  for_lanes(a.dim, [&](int64_t i, int64_t n) { sums += load<F32>(q + i, n) * load<T>(key + i, n); });
  const float score = a.scale * sum_of(sums);
  return a.soft_cap == 0 ? score : a.soft_cap * __builtin_tanhf(score / a.soft_cap);
}

template <typename T>
void decode_row(const DecodeAttention& a, int64_t row) {
  using Bits = typename T::Bits;
  const int64_t batch = row / a.heads, head = row % a.heads, kv_head = head / (a.heads / a.kv_heads), place = *a.place;
  HeadNumbers q, turned_key, sums{};
  turn_head<T>(a, batch, at<T>(a.q, batch * a.q_strides[0] + head * a.q_strides[1]), q);
  turn_head<T>(a, batch, at<T>(a.k, batch * a.k_strides[0] + kv_head * a.k_strides[1]), turned_key);
  Bits new_key[kMostDecodeDim];
  for_lanes(a.dim, [&](int64_t i, int64_t n) { store<T>(new_key + i, load<F32>(turned_key + i, n), n); });
  const Bits* new_value = at<T>(a.v, batch * a.v_strides[0] + kv_head * a.v_strides[1]);
  const int64_t cache_at = (batch * a.kv_heads + kv_head) * a.room * a.dim;
  Bits *keys = at<T>(a.keys, cache_at), *values = at<T>(a.values, cache_at);
  if (head % (a.heads / a.kv_heads) == 0) {  // the other heads of the group have the new ones, too, and read no cache there
    __builtin_memcpy(keys + place * a.dim, new_key, a.dim * sizeof(Bits));
    __builtin_memcpy(values + place * a.dim, new_value, a.dim * sizeof(Bits));
  }
  float top = -kInfinity, total = 0;
  for (int64_t j = place < a.window ? 0 : place + 1 - a.window; j <= place; ++j) {
    if (a.mask && a.mask[batch * a.mask_stride + j] == 0) continue;
    const float score = scored<T>(a, q, j == place ? new_key : keys + j * a.dim);
    const float next_top = score > top ? score : top, kept = __builtin_expf(top - next_top), share = __builtin_expf(score - next_top);
    const Bits* value = j == place ? new_value : values + j * a.dim;
    for_lanes(a.dim, [&](int64_t i, int64_t n) {
      store<F32>(sums + i, load<F32>(sums + i, n) * all(kept) + load<T>(value + i, n) * all(share), n);
    });
    total = total * kept + share;
    top = next_top;
  }
  const float inverse = total > 0 ? 1 / total : 0;
  Bits* out = at<T>(a.out, row * a.dim);
  for_lanes(a.dim, [&](int64_t i, int64_t n) { store<T>(out + i, load<F32>(sums + i, n) * all(inverse), n); });
}

void decode_attention(const DecodeAttention& a, int64_t begin, int64_t end) {
  with_element(a.element, [&](auto element) {
    for (int64_t row = begin; row < end; ++row) decode_row<decltype(element)>(a, row);
  });
}

}  // namespace
}  // namespace notebooster::kernels::cpu
