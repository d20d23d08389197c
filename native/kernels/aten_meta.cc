// Shapes of those of ATen's operators which our models call and which libtorch knows on "meta" in Python only
// (torch/_meta_registrations.py).
#include <ATen/ExpandUtils.h>
#include <ATen/WrapDimUtils.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/result_type.h>
#include <ATen/core/stack.h>
#include <torch/library.h>

namespace notebooster::kernels {
namespace {

using at::Tensor;

/* As `out.resize_`, with memory that the allocator hears of, so that memory plans count it. */
void shape(Tensor& out, at::IntArrayRef sizes) {
  if (out.sizes() == sizes) return;
  auto* const impl = out.unsafeGetTensorImpl();
  impl->set_storage_keep_dtype(at::empty(sizes, out.options()).storage());
  impl->set_storage_offset(0);
  impl->set_sizes_contiguous(sizes);
}

Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index) {
  TORCH_CHECK(index.dim() <= 1, "`index` must have one dimension, got ", index.sizes());
  std::vector<int64_t> sizes = self.sizes().vec();
  if (!sizes.empty()) sizes[at::maybe_wrap_dim(dim, self.dim())] = index.numel();
  return at::empty(sizes, self.options());
}

Tensor embedding_dense_backward(const Tensor& grad, const Tensor& indices, c10::SymInt num_weights, c10::SymInt padding_idx,
                                bool scale_grad_by_freq) {
  return at::empty({num_weights.expect_int(), grad.size(-1)}, grad.options());
}

Tensor& logical_not_out(const Tensor& self, Tensor& out) {
  shape(out, self.sizes());
  return out;
}

Tensor relu(const Tensor& self) { return at::empty_like(self); }

Tensor& abs_out(const Tensor& self, Tensor& out) {
  shape(out, self.sizes());
  return out;
}

Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other) {
  const auto sizes = at::infer_size(condition.sizes(), at::infer_size(self.sizes(), other.sizes()));
  return at::empty(sizes, self.options().dtype(at::result_type(self, other)));
}

Tensor& where_out(const Tensor& condition, const Tensor& self, const Tensor& other, Tensor& out) {
  shape(out, at::infer_size(condition.sizes(), at::infer_size(self.sizes(), other.sizes())));
  return out;
}

Tensor searchsorted(const Tensor& sorted, const Tensor& values, bool out_int32, bool right, std::optional<std::string_view> side,
                    const std::optional<Tensor>& sorter) {
  return at::empty(values.sizes(), values.options().dtype(out_int32 ? at::kInt : at::kLong));
}

Tensor& nan_to_num_out(const Tensor& self, std::optional<double>, std::optional<double>, std::optional<double>, Tensor& out) {
  shape(out, self.sizes());
  return out;
}

Tensor& logical_and_out(const Tensor& self, const Tensor& other, Tensor& out) {
  shape(out, at::infer_size(self.sizes(), other.sizes()));
  return out;
}

Tensor bucketize(const Tensor& self, const Tensor& boundaries, bool out_int32, bool right) {
  return at::empty(self.sizes(), self.options().dtype(out_int32 ? at::kInt : at::kLong));
}

/* Of an operator that writes its arguments and returns nothing. */
void write_nothing(const c10::OperatorHandle& op, c10::Stack* stack) { torch::jit::drop(*stack, op.schema().arguments().size()); }

TORCH_LIBRARY_IMPL(aten, Meta, m) {
  m.impl("nan_to_num.out", nan_to_num_out);
  m.impl("logical_and.out", logical_and_out);
  m.impl("bucketize.Tensor", bucketize);
  for (const char* name : {"_fused_adam_", "_fused_adam_.tensor_lr", "_fused_adamw_", "_fused_adamw_.tensor_lr", "_fused_sgd_",
                           "_fused_sgd_.tensor_lr"})
    m.impl(name, torch::CppFunction::makeFromBoxedFunction<&write_nothing>());
  m.impl("relu", relu);
  m.impl("abs.out", abs_out);
  m.impl("where.self", where);
  m.impl("where.self_out", where_out);
  m.impl("searchsorted.Tensor", searchsorted);
  m.impl("index_select", index_select);
  m.impl("embedding_dense_backward", embedding_dense_backward);
  m.impl("logical_not.out", logical_not_out);
}

}  // namespace
}  // namespace notebooster::kernels
