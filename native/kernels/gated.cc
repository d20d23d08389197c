// notebooster::swiglu(gate, up) = silu(gate) * up and geglu(gate, up) = gelu(gate) * up (Shazeer 2020), float32 inside.
// Operands that are slices of the last dimension of one tensor (a fused gate and up projection) are read in place.
#include <ATen/ops/empty.h>

#include "../autograd/saved_input.h"
#include "activation.h"
#include "torch_side.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/* A tensor seen as rows of contiguous elements. */
struct Rows {
  Tensor tensor;
  int64_t stride;
};

/* Rows in place when all dimensions before the last fold into one, else of a copy. */
Rows rows_of(const Tensor& tensor) {
  const int64_t dims = tensor.dim();
  if (dims == 0 || tensor.is_contiguous()) return {tensor, dims == 0 ? 1 : tensor.size(-1)};
  bool folds = dims >= 2 && tensor.stride(-1) == 1;
  for (int64_t dim = 0; dim + 2 < dims; ++dim)
    folds = folds && tensor.stride(dim) == tensor.stride(dim + 1) * tensor.size(dim + 1);
  if (folds) return {tensor, tensor.stride(-2)};
  return {tensor.contiguous(), tensor.size(-1)};
}

Gated arguments_for(const Rows& gate, const Rows& up, Activation activation) {
  Gated arguments{};
  arguments.element = element_of(gate.tensor, "gate");
  arguments.activation = activation;
  arguments.gate = gate.tensor.const_data_ptr();
  arguments.up = up.tensor.const_data_ptr();
  arguments.cols = gate.tensor.dim() == 0 ? 1 : gate.tensor.size(-1);
  arguments.rows = arguments.cols > 0 ? gate.tensor.numel() / arguments.cols : 0;
  arguments.gate_stride = gate.stride;
  arguments.up_stride = up.stride;
  return arguments;
}

void check_gate(const Tensor& gate, const Tensor& up) {
  check_same_shape(up, "up", gate, "gate");
  check_like(up, "up", gate, "gate");
}

Tensor apply_gate(const Tensor& gate, const Tensor& up, Activation activation) {
  check_gate(gate, up);
  const Rows gates = rows_of(gate), ups = rows_of(up);
  const Tensor out = at::empty(gate.sizes(), gate.options());
  Gated arguments = arguments_for(gates, ups, activation);
  arguments.out = out.mutable_data_ptr();
  NOTEBOOSTER_RUN(gate, gated_forward, arguments);
  return out;
}

std::tuple<Tensor, Tensor> apply_gate_backward(const Tensor& grad, const Tensor& gate, const Tensor& up,
                                               Activation activation) {
  check_gate(gate, up);
  check_same_shape(grad, "grad", gate, "gate");
  check_like(grad, "grad", gate, "gate");
  const Rows grads = rows_of(grad), gates = rows_of(gate), ups = rows_of(up);
  const Tensor grad_gate = at::empty(gate.sizes(), gate.options()), grad_up = at::empty(gate.sizes(), gate.options());
  Gated arguments = arguments_for(gates, ups, activation);
  arguments.grad = grads.tensor.const_data_ptr();
  arguments.grad_stride = grads.stride;
  arguments.grad_gate = grad_gate.mutable_data_ptr();
  arguments.grad_up = grad_up.mutable_data_ptr();
  NOTEBOOSTER_RUN(gate, gated_backward, arguments);
  return {grad_gate, grad_up};
}

struct GatedFunction : torch::autograd::Function<GatedFunction> {
  static Tensor forward(AutogradContext* context, const Tensor& gate, const Tensor& up, int64_t activation) {
    context->save_for_backward({gate, up});
    context->saved_data["activation"] = activation;
    const at::AutoDispatchBelowADInplaceOrView below;
    return apply_gate(gate, up, static_cast<Activation>(activation));
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const auto saved = context->get_saved_variables();
    const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
    auto [gate, up] = apply_gate_backward(grads[0], saved[0], saved[1], activation);
    return {gate, up, Tensor()};
  }
};

Tensor with_autograd(const Tensor& gate, const Tensor& up, Activation activation) {
  if (needs_gradient({&gate, &up})) {
    const Tensor result = GatedFunction::apply(gate, up, static_cast<int64_t>(activation));
    if (are_recipes_kept())
      note_recipe(result, {gate, up}, [activation](const std::vector<Tensor>& inputs) { return apply_gate(inputs[0], inputs[1], activation); });
    return result;
  }
  const at::AutoDispatchBelowADInplaceOrView below;
  return apply_gate(gate, up, activation);
}

Tensor swiglu(const Tensor& gate, const Tensor& up) { return apply_gate(gate, up, Activation::silu); }
Tensor swiglu_autograd(const Tensor& gate, const Tensor& up) { return with_autograd(gate, up, Activation::silu); }
std::tuple<Tensor, Tensor> swiglu_backward(const Tensor& grad, const Tensor& gate, const Tensor& up) {
  return apply_gate_backward(grad, gate, up, Activation::silu);
}

Tensor geglu(const Tensor& gate, const Tensor& up, std::string_view approximate) {
  return apply_gate(gate, up, gelu_named(approximate));
}
Tensor geglu_autograd(const Tensor& gate, const Tensor& up, std::string_view approximate) {
  return with_autograd(gate, up, gelu_named(approximate));
}
std::tuple<Tensor, Tensor> geglu_backward(const Tensor& grad, const Tensor& gate, const Tensor& up,
                                          std::string_view approximate) {
  return apply_gate_backward(grad, gate, up, gelu_named(approximate));
}

void implement_gated(torch::Library& m) {
  m.impl("swiglu", swiglu);
  m.impl("swiglu_backward", swiglu_backward);
  m.impl("geglu", geglu);
  m.impl("geglu_backward", geglu_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("swiglu(Tensor gate, Tensor up) -> Tensor");
  m.def("swiglu_backward(Tensor grad, Tensor gate, Tensor up) -> (Tensor gate, Tensor up)");
  m.def("geglu(Tensor gate, Tensor up, *, str approximate=\"none\") -> Tensor");
  m.def("geglu_backward(Tensor grad, Tensor gate, Tensor up, *, str approximate=\"none\") -> (Tensor gate, Tensor up)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_gated(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_gated(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_gated(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {
  m.impl("swiglu", swiglu_autograd);
  m.impl("geglu", geglu_autograd);
}

}  // namespace
}  // namespace notebooster::kernels
