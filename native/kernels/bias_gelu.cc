// notebooster::bias_gelu(x, bias) = gelu(x + bias), float32 inside; the backward pass makes the gradient of x and its
// column sums, the bias's gradient, at once.
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>

#include "../autograd/saved_input.h"
#include "activation.h"
#include "partials.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

BiasActivation arguments_for(const Tensor& x, const Tensor& bias, Activation activation) {
  BiasActivation arguments{};
  arguments.x = x.const_data_ptr();
  arguments.bias = bias.const_data_ptr();
  arguments.rows = num_rows(x);
  arguments.cols = x.size(-1);
  arguments.activation = activation;
  arguments.element = element_of(x, "x");
  return arguments;
}

Tensor forward(const Tensor& given_x, const Tensor& given_bias, Activation activation) {
  check_vector(given_bias, "bias", given_x);
  const Tensor x = given_x.contiguous(), bias = given_bias.contiguous(), out = at::empty_like(x);
  BiasActivation arguments = arguments_for(x, bias, activation);
  arguments.out = out.mutable_data_ptr();
  NOTEBOOSTER_RUN(x, bias_activation, arguments);
  return out;
}

std::tuple<Tensor, Tensor> backward(const Tensor& given_grad, const Tensor& given_x, const Tensor& given_bias,
                                    Activation activation) {
  check_vector(given_bias, "bias", given_x);
  check_same_shape(given_grad, "grad", given_x, "x");
  check_like(given_grad, "grad", given_x, "x");
  const Tensor x = given_x.contiguous(), bias = given_bias.contiguous(), grad = given_grad.contiguous();
  const Tensor grad_x = at::empty_like(x), grad_bias = at::empty_like(bias);
  BiasActivation arguments = arguments_for(x, bias, activation);
  arguments.num_partials =
      num_partials(x, arguments.rows, [&] { return cuda::activation_partials(arguments.rows); });
  const Tensor partials = at::empty({arguments.num_partials, arguments.cols}, x.options().dtype(at::kFloat));
  arguments.grad = grad.const_data_ptr();
  arguments.out = grad_x.mutable_data_ptr();
  arguments.grad_bias = grad_bias.mutable_data_ptr();
  arguments.partials = elements<float>(partials);
  NOTEBOOSTER_RUN(x, bias_activation, arguments);
  return {grad_x, grad_bias};
}

Tensor bias_gelu(const Tensor& x, const Tensor& bias, std::string_view approximate) {
  return forward(x, bias, gelu_named(approximate));
}
std::tuple<Tensor, Tensor> bias_gelu_backward(const Tensor& grad, const Tensor& x, const Tensor& bias,
                                              std::string_view approximate) {
  return backward(grad, x, bias, gelu_named(approximate));
}

struct BiasGelu : torch::autograd::Function<BiasGelu> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& bias, int64_t activation) {
    context->save_for_backward({x, bias});
    context->saved_data["activation"] = activation;
    const at::AutoDispatchBelowADInplaceOrView below;
    return kernels::forward(x, bias, static_cast<Activation>(activation));
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const auto saved = context->get_saved_variables();
    const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
    auto [x, bias] = kernels::backward(grads[0], saved[0], saved[1], activation);
    return {x, bias, Tensor()};
  }
};

Tensor bias_gelu_autograd(const Tensor& x, const Tensor& bias, std::string_view approximate) {
  if (needs_gradient({&x, &bias})) {
    const Activation activation = gelu_named(approximate);
    const Tensor result = BiasGelu::apply(x, bias, static_cast<int64_t>(activation));
    if (are_recipes_kept())
      note_recipe(result, {x, bias}, [activation](const std::vector<Tensor>& inputs) { return forward(inputs[0], inputs[1], activation); });
    return result;
  }
  const at::AutoDispatchBelowADInplaceOrView below;
  return bias_gelu(x, bias, approximate);
}

void implement_bias_gelu(torch::Library& m) {
  m.impl("bias_gelu", bias_gelu);
  m.impl("bias_gelu_backward", bias_gelu_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("bias_gelu(Tensor x, Tensor bias, *, str approximate=\"none\") -> Tensor");
  m.def("bias_gelu_backward(Tensor grad, Tensor x, Tensor bias, *, str approximate=\"none\") -> (Tensor x, Tensor bias)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_bias_gelu(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_bias_gelu(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_bias_gelu(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("bias_gelu", bias_gelu_autograd); }

}  // namespace
}  // namespace notebooster::kernels
