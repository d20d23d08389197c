// notebooster::layer_norm and add_layer_norm (Ba et al. 2016), float32 inside. The forward pass keeps mean and rstd of
// each row for the backward pass; `layer_norm_forward` and `layer_norm_backward` are the two without autograd.
#include "norm_operators.h"

namespace notebooster::kernels {
namespace {

NormKind kind(double eps) { return {eps, true}; }

Tensor layer_norm(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, double eps) {
  return norm_forward(x, std::nullopt, weight, bias, kind(eps)).normed;
}

std::tuple<Tensor, Tensor> add_layer_norm(const Tensor& x, const Tensor& residual, const Tensor& weight,
                                          const OptionalTensor& bias, double eps) {
  const Normed result = norm_forward(x, residual, weight, bias, kind(eps));
  return {result.normed, result.sum};
}

std::tuple<Tensor, Tensor> layer_norm_forward(const Tensor& x, const Tensor& weight, const OptionalTensor& bias,
                                              double eps) {
  const Normed result = norm_forward(x, std::nullopt, weight, bias, kind(eps));
  return {result.normed, result.stats};
}

std::tuple<Tensor, Tensor, Tensor> layer_norm_backward(const Tensor& grad, const OptionalTensor& grad_sum,
                                                       const Tensor& x, const Tensor& stats, const Tensor& weight,
                                                       bool has_bias) {
  const NormGradients result = norm_backward(grad, grad_sum, {x, stats, weight, has_bias}, kind(0));
  return {result.x, result.weight, result.bias};
}

Tensor layer_norm_autograd(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, double eps) {
  return norm_with_autograd(x, std::nullopt, weight, bias, kind(eps))[0];
}

std::tuple<Tensor, Tensor> add_layer_norm_autograd(const Tensor& x, const Tensor& residual, const Tensor& weight,
                                                   const OptionalTensor& bias, double eps) {
  const auto results = norm_with_autograd(x, residual, weight, bias, kind(eps));
  return {results[0], results[1]};
}

void implement_layer_norm(torch::Library& m) {
  m.impl("layer_norm", layer_norm);
  m.impl("add_layer_norm", add_layer_norm);
  m.impl("layer_norm_forward", layer_norm_forward);
  m.impl("layer_norm_backward", layer_norm_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("layer_norm(Tensor x, Tensor weight, Tensor? bias, float eps) -> Tensor");
  m.def("add_layer_norm(Tensor x, Tensor residual, Tensor weight, Tensor? bias, float eps) -> (Tensor normed, Tensor sum)");
  m.def("layer_norm_forward(Tensor x, Tensor weight, Tensor? bias, float eps) -> (Tensor normed, Tensor stats)");
  m.def(
      "layer_norm_backward(Tensor grad, Tensor? grad_sum, Tensor x, Tensor stats, Tensor weight, bool has_bias) -> "
      "(Tensor x, Tensor weight, Tensor bias)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_layer_norm(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_layer_norm(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_layer_norm(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {
  m.impl("layer_norm", layer_norm_autograd);
  m.impl("add_layer_norm", add_layer_norm_autograd);
}

}  // namespace
}  // namespace notebooster::kernels
