// notebooster::decode_attention: the attention of one new token of each row, as text is generated at fixed shapes: queries and keys are turned
// (Su et al. 2021), key and value written into their place in the cache, and the query attends to what the cache holds, in one kernel. How
// much that is stands in `place` on the device, so that a CUDA graph can be replayed token after token.
#include <ATen/ops/empty.h>

#include <cmath>
#include <limits>

#include "torch_side.h"

namespace notebooster::kernels {
namespace {

using OptionalTensor = std::optional<Tensor>;

void check_heads(const Tensor& heads, const char* name, const Tensor& cache) {
  TORCH_CHECK(heads.dim() == 4 && heads.size(0) == cache.size(0) && heads.size(2) == 1 && heads.size(3) == cache.size(3), "`", name,
              "` must be (B, heads, 1, D) for `keys` (B, Hkv, room, D) = ", cache.sizes(), ", got ", heads.sizes());
  TORCH_CHECK(heads.stride(3) == 1, "`", name, "` must have each head's numbers side by side, got strides ", heads.strides());
  check_like(heads, name, cache, "keys");
}

void check_cache(const Tensor& keys, const Tensor& values) {
  TORCH_CHECK(keys.dim() == 4 && keys.is_contiguous() && values.is_contiguous(), "`keys` and `values` must be contiguous (B, Hkv, room, D), got ",
              keys.sizes(), " and ", values.sizes());
  TORCH_CHECK(keys.size(3) >= 1 && keys.size(3) <= kMostDecodeDim, "heads may have up to ", kMostDecodeDim, " numbers, got ", keys.size(3));
  check_same_shape(values, "values", keys, "keys");
  check_like(values, "values", keys, "keys");
}

/* How many numbers of each head are turned. */
int64_t check_tables(const OptionalTensor& cos, const OptionalTensor& sin, const Tensor& q) {
  TORCH_CHECK(cos.has_value() == sin.has_value(), "`cos` and `sin` belong together");
  if (!cos.has_value()) return 0;
  const int64_t turned = cos->size(-1);
  TORCH_CHECK(cos->dim() == 2 && (cos->size(0) == 1 || cos->size(0) == q.size(0)) && turned % 2 == 0 && turned <= q.size(3),
              "`cos` must be (1 or B, turned) with an even number of at most D = ", q.size(3), " turned for `q` ", q.sizes(), ", got ",
              cos->sizes());
  check_same_shape(*sin, "sin", *cos, "cos");
  for (const auto& [table, name] : {std::pair(*cos, "cos"), std::pair(*sin, "sin")}) {
    check_like(table, name, q, "q");
    TORCH_CHECK(table.stride(1) == 1, "`", name, "` must have rows side by side");
  }
  return turned;
}

void check_numbers(const Tensor& tensor, const char* name, const Tensor& keys) {
  TORCH_CHECK(tensor.scalar_type() == at::kLong && tensor.device() == keys.device(), "`", name, "` must be int64 on ", keys.device(), ", got ",
              tensor.scalar_type(), " on ", tensor.device());
}

int64_t stride_of_rows(const Tensor& table) { return table.size(0) == 1 ? 0 : table.stride(0); }

Tensor decode_attention(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& keys, const Tensor& values, const Tensor& place,
                        const OptionalTensor& cos, const OptionalTensor& sin, const OptionalTensor& mask, std::optional<double> scale,
                        double soft_cap, std::optional<int64_t> window, bool interleaved) {
  TORCH_CHECK(!needs_gradient({&q, &k, &v}), "decode_attention has no gradient: it is for generating under noGrad");
  check_cache(keys, values);
  check_heads(q, "q", keys);
  check_heads(k, "k", keys);
  check_same_shape(v, "v", k, "k");
  check_heads(v, "v", keys);
  TORCH_CHECK(k.size(1) == keys.size(1) && q.size(1) % k.size(1) == 0, "`q` must have a multiple of the ", keys.size(1), " heads that `k` and `keys` have, got ",
              q.size(1), " and ", k.size(1));
  const int64_t turned = check_tables(cos, sin, q);
  check_numbers(place, "place", keys);
  TORCH_CHECK(place.numel() == 1, "`place` must be one number, got ", place.sizes());
  if (mask.has_value()) {
    check_numbers(*mask, "mask", keys);
    TORCH_CHECK(mask->dim() == 2 && (mask->size(0) == q.size(0) || mask->size(0) == 1) && mask->size(1) == keys.size(2) && mask->stride(1) == 1,
                "`mask` must be (1 or B, room) for `keys` ", keys.sizes(), ", got ", mask->sizes());
  }
  TORCH_CHECK(!window.has_value() || *window >= 1, "`window` must be at least 1, got ", window.value_or(0));
  TORCH_CHECK(soft_cap >= 0, "`soft_cap` must not be negative, got ", soft_cap);
  const Tensor out = at::empty(q.sizes(), q.options());
  const DecodeAttention arguments{
      q.const_data_ptr(), k.const_data_ptr(), v.const_data_ptr(), turned ? cos->const_data_ptr() : nullptr,
      turned ? sin->const_data_ptr() : nullptr, keys.mutable_data_ptr(), values.mutable_data_ptr(), out.mutable_data_ptr(),
      elements<const int64_t>(place), mask.has_value() ? elements<const int64_t>(*mask) : nullptr,
      q.size(0), q.size(1), k.size(1), keys.size(2), q.size(3), turned, window.value_or(std::numeric_limits<int64_t>::max()),
      {q.stride(0), q.stride(1)}, {k.stride(0), k.stride(1)}, {v.stride(0), v.stride(1)},
      turned ? stride_of_rows(*cos) : 0, turned ? stride_of_rows(*sin) : 0, mask.has_value() ? stride_of_rows(*mask) : 0,
      static_cast<float>(scale.value_or(1 / std::sqrt(static_cast<double>(q.size(3))))), static_cast<float>(soft_cap), interleaved,
      element_of(q, "q")};
  if (out.numel() > 0) NOTEBOOSTER_RUN(q, decode_attention, arguments);
  return out;
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "decode_attention(Tensor q, Tensor k, Tensor v, Tensor(a!) keys, Tensor(b!) values, Tensor place, *, Tensor? cos=None, "
      "Tensor? sin=None, Tensor? mask=None, float? scale=None, float soft_cap=0.0, int? window=None, bool interleaved=False) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { m.impl("decode_attention", decode_attention); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { m.impl("decode_attention", decode_attention); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { m.impl("decode_attention", decode_attention); }

}  // namespace
}  // namespace notebooster::kernels
