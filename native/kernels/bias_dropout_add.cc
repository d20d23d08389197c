// notebooster::bias_dropout_add(x, bias, residual, state) = residual + dropout(x + bias). Whether an element is kept is a
// function of the two numbers in `state`, of `call` and of its place: nothing is stored for the backward pass, and a
// recomputed forward pass drops the same elements, on any device.
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>
#include <cmath>

#include "partials.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using OptionalTensor = std::optional<Tensor>;

constexpr int64_t kMostCalls = int64_t{1} << 32;

struct Dropout {
  OptionalTensor state;
  double p;
  int64_t call;
};

void check_dropout(const Dropout& dropout, const Tensor& x) {
  TORCH_CHECK(dropout.p >= 0 && dropout.p <= 1, "`p` must be in 0 .. 1, got ", dropout.p);
  TORCH_CHECK(dropout.call >= 0 && dropout.call < kMostCalls, "`call` must be in 0 .. 2^32 - 1, got ", dropout.call);
  TORCH_CHECK(x.numel() / 8 < kMostCalls, "`x` must have fewer than 2^35 elements, got ", x.numel());
  if (!dropout.state) return;
  const Tensor& state = *dropout.state;
  TORCH_CHECK(state.numel() == 2 && state.scalar_type() == at::kLong && state.is_contiguous() && state.device() == x.device(),
              "`state` must be two int64 numbers on ", x.device(), ", got ", state.scalar_type(), " ", state.sizes(), " on ",
              state.device());
}

BiasDropoutAdd arguments_for(const Tensor& x, const Dropout& dropout) {
  check_dropout(dropout, x);
  BiasDropoutAdd arguments{};
  arguments.x = x.const_data_ptr();
  arguments.rows = num_rows(x);
  arguments.cols = x.size(-1);
  arguments.call = static_cast<uint32_t>(dropout.call);
  arguments.threshold = static_cast<uint32_t>(std::lround(dropout.p * 65536));
  arguments.state = dropout.state && arguments.threshold > 0 ? elements<const int64_t>(*dropout.state) : nullptr;
  arguments.scale = arguments.threshold < 65536 ? 65536.f / static_cast<float>(65536 - arguments.threshold) : 0.f;
  arguments.element = element_of(x, "x");
  return arguments;
}

Tensor forward(const Tensor& given_x, const OptionalTensor& given_bias, const Tensor& given_residual,
               const Dropout& dropout) {
  check_same_shape(given_residual, "residual", given_x, "x");
  check_like(given_residual, "residual", given_x, "x");
  if (given_bias) check_vector(*given_bias, "bias", given_x);
  TORCH_CHECK(given_x.dim() >= 1, "`x` must be (..., dim), got a tensor without dimensions");
  const Tensor x = given_x.contiguous(), residual = given_residual.contiguous(), out = at::empty_like(x);
  const Tensor bias = given_bias ? given_bias->contiguous() : Tensor();
  BiasDropoutAdd arguments = arguments_for(x, dropout);
  arguments.bias = bias.defined() ? bias.const_data_ptr() : nullptr;
  arguments.residual = residual.const_data_ptr();
  arguments.out = out.mutable_data_ptr();
  NOTEBOOSTER_RUN(x, bias_dropout_add, arguments);
  return out;
}

/* The gradient of x is undefined where it is the given one. */
std::tuple<Tensor, Tensor> backward(const Tensor& given_grad, bool has_bias, const Dropout& dropout) {
  TORCH_CHECK(given_grad.dim() >= 1, "`grad` must be (..., dim), got a tensor without dimensions");
  const Tensor grad = given_grad.contiguous();
  BiasDropoutAdd arguments = arguments_for(grad, dropout);
  arguments.backward = true;
  Tensor grad_x, grad_bias, partials;
  if (dropout.state && arguments.threshold > 0) {
    grad_x = at::empty_like(grad);
    arguments.out = grad_x.mutable_data_ptr();
  }
  if (has_bias) {
    arguments.num_partials =
        num_partials(grad, arguments.rows, [&] { return cuda::dropout_partials(arguments.rows); });
    partials = at::empty({arguments.num_partials, arguments.cols}, grad.options().dtype(at::kFloat));
    grad_bias = at::empty({arguments.cols}, grad.options());
    arguments.partials = elements<float>(partials);
    arguments.grad_bias = grad_bias.mutable_data_ptr();
  }
  if (grad_x.defined() || has_bias) NOTEBOOSTER_RUN(grad, bias_dropout_add, arguments);
  return {grad_x, grad_bias};
}

struct BiasDropoutAddFunction : torch::autograd::Function<BiasDropoutAddFunction> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const OptionalTensor& bias, const Tensor& residual,
                        const OptionalTensor& state, double p, int64_t call) {
    context->save_for_backward({state ? *state : Tensor()});
    context->saved_data["p"] = p;
    context->saved_data["call"] = call;
    context->saved_data["has_bias"] = bias.has_value();
    const at::AutoDispatchBelowADInplaceOrView below;
    return kernels::forward(x, bias, residual, {state, p, call});
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const Tensor state = context->get_saved_variables()[0];
    const Dropout dropout{state.defined() ? OptionalTensor(state) : std::nullopt, context->saved_data["p"].toDouble(),
                          context->saved_data["call"].toInt()};
    auto [x, bias] = kernels::backward(grads[0], context->saved_data["has_bias"].toBool(), dropout);
    return {x.defined() ? x : grads[0], bias, grads[0], Tensor(), Tensor(), Tensor()};
  }
};

Tensor bias_dropout_add(const Tensor& x, const OptionalTensor& bias, const Tensor& residual, const OptionalTensor& state,
                        double p, int64_t call) {
  return forward(x, bias, residual, {state, p, call});
}

std::tuple<Tensor, Tensor> bias_dropout_add_backward(const Tensor& grad, const OptionalTensor& state, bool has_bias,
                                                     double p, int64_t call) {
  return backward(grad, has_bias, {state, p, call});
}

Tensor bias_dropout_add_autograd(const Tensor& x, const OptionalTensor& bias, const Tensor& residual,
                                 const OptionalTensor& state, double p, int64_t call) {
  const Tensor none;
  if (needs_gradient({&x, &residual, bias ? &*bias : &none}))
    return BiasDropoutAddFunction::apply(x, bias, residual, state, p, call);
  const at::AutoDispatchBelowADInplaceOrView below;
  return bias_dropout_add(x, bias, residual, state, p, call);
}

void implement_bias_dropout_add(torch::Library& m) {
  m.impl("bias_dropout_add", bias_dropout_add);
  m.impl("bias_dropout_add_backward", bias_dropout_add_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("bias_dropout_add(Tensor x, Tensor? bias, Tensor residual, Tensor? state, *, float p=0.1, int call=0) -> Tensor");
  m.def(
      "bias_dropout_add_backward(Tensor grad, Tensor? state, bool has_bias, *, float p=0.1, int call=0) -> "
      "(Tensor x, Tensor bias)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_bias_dropout_add(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_bias_dropout_add(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_bias_dropout_add(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("bias_dropout_add", bias_dropout_add_autograd); }

}  // namespace
}  // namespace notebooster::kernels
