// notebooster::rms_norm and add_rms_norm (Zhang and Sennrich 2019), float32 inside. The backward pass needs no saved
// statistics: it reads the row anyway and sums its squares again.
#include "norm_operators.h"

namespace notebooster::kernels {
namespace {

NormKind kind(double eps) { return {eps, false}; }

Tensor rms_norm(const Tensor& x, const Tensor& weight, double eps) {
  return norm_forward(x, std::nullopt, weight, std::nullopt, kind(eps)).normed;
}

std::tuple<Tensor, Tensor> add_rms_norm(const Tensor& x, const Tensor& residual, const Tensor& weight, double eps) {
  const Normed result = norm_forward(x, residual, weight, std::nullopt, kind(eps));
  return {result.normed, result.sum};
}

std::tuple<Tensor, Tensor> rms_norm_backward(const Tensor& grad, const OptionalTensor& grad_sum, const Tensor& x,
                                             const Tensor& weight, double eps) {
  const NormGradients result = norm_backward(grad, grad_sum, {x, {}, weight, false}, kind(eps));
  return {result.x, result.weight};
}

Tensor rms_norm_autograd(const Tensor& x, const Tensor& weight, double eps) {
  return norm_with_autograd(x, std::nullopt, weight, std::nullopt, kind(eps))[0];
}

std::tuple<Tensor, Tensor> add_rms_norm_autograd(const Tensor& x, const Tensor& residual, const Tensor& weight,
                                                 double eps) {
  const auto results = norm_with_autograd(x, residual, weight, std::nullopt, kind(eps));
  return {results[0], results[1]};
}

void implement_rms_norm(torch::Library& m) {
  m.impl("rms_norm", rms_norm);
  m.impl("add_rms_norm", add_rms_norm);
  m.impl("rms_norm_backward", rms_norm_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("rms_norm(Tensor x, Tensor weight, float eps) -> Tensor");
  m.def("add_rms_norm(Tensor x, Tensor residual, Tensor weight, float eps) -> (Tensor normed, Tensor sum)");
  m.def("rms_norm_backward(Tensor grad, Tensor? grad_sum, Tensor x, Tensor weight, float eps) -> (Tensor x, Tensor weight)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_rms_norm(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_rms_norm(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_rms_norm(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {
  m.impl("rms_norm", rms_norm_autograd);
  m.impl("add_rms_norm", add_rms_norm_autograd);
}

}  // namespace
}  // namespace notebooster::kernels
