#include "pointwise.h"

#include <ATen/ExpandUtils.h>
#include <ATen/TensorIterator.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <c10/core/DeviceGuard.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAStream.h>
#include <cuda_runtime_api.h>

#include <algorithm>

#include "../node/errors.h"
#include "../tensor/describe.h"

namespace notebooster::jit {
namespace {

constexpr unsigned kThreads = 256;  // as in src/jit/cuda-source.ts
constexpr int64_t kWidest = 16;     // bytes of one load

std::vector<int64_t> broadcast_shape(const std::vector<Tensor>& inputs) {
  std::vector<int64_t> shape;
  for (const Tensor& input : inputs) shape = at::infer_size(shape, input.sizes());
  return shape;
}

/* Strides like those of an input that has the whole shape, so that a dense transposed input needs no transposing. */
Tensor make_output(const std::vector<Tensor>& inputs, const std::vector<int64_t>& shape, at::ScalarType dtype) {
  for (const Tensor& input : inputs)
    if (input.sizes() == at::IntArrayRef(shape)) return at::empty_like(input, input.options().dtype(dtype), at::MemoryFormat::Preserve);
  return at::empty(shape, inputs.front().options().dtype(dtype));
}

at::TensorIterator iterate(const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs) {
  at::TensorIteratorConfig config;
  config.check_all_same_dtype(false).resize_outputs(false).set_check_mem_overlap(false);
  for (const Tensor& output : outputs) config.add_owned_output(output);
  for (const Tensor& input : inputs) config.add_owned_const_input(input);
  return config.build();
}

/* Division by `size` as LAYOUT_PRELUDE of src/jit/prelude.ts does it: 2^shift is the power of 2 at or above it. */
void append_divisor(std::vector<int32_t>& layout, uint64_t size) {
  uint64_t shift = 0;
  while ((1ull << shift) < size) ++shift;
  const uint64_t factor = ((1ull << 32) * ((1ull << shift) - size)) / size + 1;
  for (const uint64_t part : {size, factor, shift}) layout.push_back(static_cast<int32_t>(part));
}

}  // namespace

/* What the source is compiled for: `pack` elements of the innermost dimension a load, and which operands have one there. */
struct PointwiseKernel::Variant {
  int dims, pack;
  std::vector<bool> moves;  // false: one element serves a whole pack

  Variant(const at::TensorIteratorBase& part) : dims(std::max(part.ndim(), 1)), pack(widest_pack(part)) {
    for (int operand = 0; operand < part.ntensors(); ++operand) moves.push_back(pack > 1 && inner_stride(part, operand) != 0);
  }

  std::vector<std::string> macros() const {
    std::vector<std::string> all{"-DDIMS=" + std::to_string(dims), "-DPACK=" + std::to_string(pack)};
    for (size_t operand = 0; operand < moves.size(); ++operand)
      all.push_back("-DMOVES" + std::to_string(operand) + "=" + (moves[operand] ? "1" : "0"));
    return all;
  }

  static int64_t inner_stride(const at::TensorIteratorBase& part, int operand) {
    return part.ndim() == 0 ? 0 : part.strides(operand)[0];
  }

  /* 1 unless every operand can be read and written in whole packs. */
  static int widest_pack(const at::TensorIteratorBase& part) {
    if (part.ndim() == 0) return 1;
    int64_t widest_item = 1;
    for (int operand = 0; operand < part.ntensors(); ++operand) widest_item = std::max<int64_t>(widest_item, part.element_size(operand));
    const int64_t pack = kWidest / widest_item;
    if (part.shape()[0] % pack != 0) return 1;
    for (int operand = 0; operand < part.ntensors(); ++operand) {
      const int64_t item = part.element_size(operand);
      const auto strides = part.strides(operand);
      if (strides[0] == 0) continue;
      const auto is_whole = [&](int64_t bytes) { return bytes % (pack * item) == 0; };
      if (strides[0] != item || !is_whole(reinterpret_cast<int64_t>(part.data_ptr(operand)))) return 1;
      if (!std::all_of(strides.begin() + 1, strides.end(), is_whole)) return 1;
    }
    return static_cast<int>(pack);
  }
};

Function PointwiseKernel::function(const Variant& variant, c10::DeviceIndex device) {
  const std::vector<std::string> macros = variant.macros();
  std::string key;
  for (const std::string& macro : macros) key += macro;
  const std::lock_guard guard(lock_);
  Function& found = compiled_[{device, key}];
  if (!found) found = compile(source_, "pointwise", macros, device);
  return found;
}

std::vector<Tensor> PointwiseKernel::run(const std::vector<Tensor>& inputs, std::vector<float> scalars) {
  for (const Tensor& input : inputs)
    if (input.device() != inputs.front().device())
      throw UserError("jit: all tensors must be on one device, got " + describe(inputs.front()) + " and " + describe(input));
  const c10::DeviceGuard guard(inputs.front().device());
  // The driver's functions want a current context; a thread of autograd has none until it sets its device.
  C10_CUDA_CHECK(cudaSetDevice(inputs.front().device().index()));
  const std::vector<int64_t> shape = broadcast_shape(inputs);
  std::vector<Tensor> outputs;
  for (const at::ScalarType dtype : outputs_) outputs.push_back(make_output(inputs, shape, dtype));
  if (outputs.front().numel() == 0) return outputs;
  if (scalars.empty()) scalars.push_back(0);  // C++ has no empty arrays
  const auto stream = c10::cuda::getCurrentCUDAStream(inputs.front().device().index()).stream();
  at::TensorIterator iterator = iterate(inputs, outputs);
  for (auto& part : iterator.with_32bit_indexing()) {
    const Variant variant(part);
    std::vector<int32_t> layout;  // divisors, the innermost in packs, then strides of each operand, in elements
    for (int dim = 0; dim < variant.dims; ++dim) append_divisor(layout, part.ndim() == 0 ? 1 : part.shape()[dim] / (dim == 0 ? variant.pack : 1));
    std::vector<void*> pointers, arguments;
    for (int operand = 0; operand < part.ntensors(); ++operand) {
      pointers.push_back(part.data_ptr(operand));
      for (int dim = 0; dim < variant.dims; ++dim)
        layout.push_back(part.ndim() == 0 ? 0 : static_cast<int32_t>(part.strides(operand)[dim] / part.element_size(operand)));
    }
    for (void*& pointer : pointers) arguments.push_back(&pointer);
    unsigned packs = static_cast<unsigned>(part.numel() / variant.pack);
    arguments.insert(arguments.end(), {layout.data(), scalars.data(), &packs});
    launch(function(variant, inputs.front().device().index()), (packs + kThreads - 1) / kThreads, kThreads, stream, arguments);
  }
  return outputs;
}

}  // namespace notebooster::jit
