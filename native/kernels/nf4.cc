// notebooster::dequantize_nf4: the matrix (out, in) of an NF4 weight (nf4.h), each number float32 code times float32 magnitude, rounded once.
#include "nf4.h"

#include <ATen/ops/empty.h>

namespace notebooster::kernels {
namespace {

constexpr int64_t kScaled = 256;  // blocks that share a scale in double quantisation
constexpr int64_t kNumCodes = 256;

/* As float32, or as the bytes of such, which no conversion of a model rounds. */
void check_floats(const Tensor& tensor, const char* name, int64_t numel) {
  const int64_t bytes = static_cast<int64_t>(sizeof(float));
  const bool fits = tensor.defined() && tensor.is_contiguous() &&
                    ((tensor.scalar_type() == at::kFloat && tensor.numel() == numel) ||
                     (tensor.scalar_type() == at::kByte && tensor.numel() == numel * bytes && tensor.storage_offset() % bytes == 0));
  TORCH_CHECK(fits, "`", name, "` must be ", numel, " float32 in a row, or the bytes of them");
}

int64_t ceil_of(int64_t a, int64_t b) { return (a + b - 1) / b; }

Tensor dequantize_nf4(const Tensor& packed, const Tensor& absmax, const OptionalTensor& map, const OptionalTensor& scales,
                      const OptionalTensor& offset, c10::IntArrayRef size, int64_t block_size, at::ScalarType dtype) {
  TORCH_CHECK(size.size() == 2, "`size` must be [out, in], got ", size);
  const Nf4Weight weight{packed, absmax, map.value_or(Tensor()), scales.value_or(Tensor()), offset.value_or(Tensor()), size[0], size[1],
                         block_size};
  check(weight);
  return weight.dense(dtype);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "dequantize_nf4(Tensor packed, Tensor absmax, Tensor? map=None, Tensor? scales=None, Tensor? offset=None, *, int[] size, int "
      "block_size=64, ScalarType dtype) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CompositeExplicitAutograd, m) { m.impl("dequantize_nf4", dequantize_nf4); }

}  // namespace

void check(const Nf4Weight& w) {
  const int64_t numel = w.out * w.in, blocks = ceil_of(numel, w.block_size);
  TORCH_CHECK(w.block_size >= 32 && (w.block_size & (w.block_size - 1)) == 0, "`block_size` must be a power of two from 32, got ", w.block_size);
  TORCH_CHECK(w.packed.scalar_type() == at::kByte && w.packed.is_contiguous() && w.packed.numel() == ceil_of(numel, 2),
              "`packed` must be ", ceil_of(numel, 2), " bytes in a row, two weights of ", w.out, " x ", w.in, " each, got ",
              w.packed.scalar_type(), " ", w.packed.sizes());
  for (const Tensor& part : {w.absmax, w.map, w.scales, w.offset})
    TORCH_CHECK(!part.defined() || part.device() == w.packed.device(), "the parts of an NF4 weight must be on one device, got ",
                w.packed.device(), " and ", part.device());
  if (!w.map.defined()) return check_floats(w.absmax, "absmax", blocks);
  TORCH_CHECK(w.absmax.scalar_type() == at::kByte && w.absmax.is_contiguous() && w.absmax.numel() == blocks, "`absmax` must be ", blocks,
              " bytes in a row beside a `map`, got ", w.absmax.scalar_type(), " ", w.absmax.sizes());
  check_floats(w.map, "map", kNumCodes);
  check_floats(w.scales, "scales", ceil_of(blocks, kScaled));
  check_floats(w.offset, "offset", 1);
}

Tensor Nf4Weight::dense(at::ScalarType dtype) const {
  const Tensor matrix = at::empty({out, in}, packed.options().dtype(dtype));
  Nf4 arguments{};
  arguments.element = element_of(matrix, "dtype");
  arguments.packed = elements<const uint8_t>(packed);
  arguments.absmax = absmax.const_data_ptr();
  if (map.defined()) {
    arguments.map = elements<const float>(map);
    arguments.scales = elements<const float>(scales);
    arguments.offset = elements<const float>(offset);
  }
  arguments.out = matrix.mutable_data_ptr();
  arguments.numel = out * in;
  arguments.block_size = block_size;
  NOTEBOOSTER_RUN(matrix, dequantize_nf4, arguments);
  return matrix;
}

}  // namespace notebooster::kernels
