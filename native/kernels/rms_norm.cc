// notebooster::rms_norm and add_rms_norm (Zhang and Sennrich 2019), float32 inside. The backward pass needs no saved
// statistics: it reads the row anyway and sums its squares again.
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>

#include "torch_side.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t kRowsPerPartial = 64, kMostPartials = 64;  // on the CPU, for any number of threads

void check_arguments(const Tensor& x, const Tensor& weight) {
  TORCH_CHECK(x.dim() >= 1, "`x` must be (..., dim), got a tensor without dimensions");
  TORCH_CHECK(weight.dim() == 1 && weight.size(0) == x.size(-1), "`weight` must be (", x.size(-1),
              "), the last size of `x` ", x.sizes(), ", got ", weight.sizes());
  check_like(weight, "weight", x, "x");
}

int64_t num_partials(const Tensor& x, int64_t rows) {
#ifdef NOTEBOOSTER_CUDA_KERNELS
  if (x.is_cuda()) {
    const c10::DeviceGuard guard(x.device());
    return cuda::rms_norm_partials(rows, x.size(-1), element_of(x, "x"));
  }
#endif
  return std::min(kMostPartials, (rows + kRowsPerPartial - 1) / kRowsPerPartial);
}

int64_t num_rows(const Tensor& x) { return x.size(-1) > 0 ? x.numel() / x.size(-1) : 0; }

std::tuple<Tensor, Tensor> forward(const Tensor& given_x, const Tensor* residual, const Tensor& weight, double eps) {
  check_arguments(given_x, weight);
  const Tensor x = given_x.contiguous(), w = weight.contiguous();
  const Tensor normed = at::empty_like(x);
  RmsNormForward arguments{x.const_data_ptr(), nullptr, w.const_data_ptr(), nullptr, normed.mutable_data_ptr(),
                           num_rows(x), x.size(-1), static_cast<float>(eps), element_of(x, "x")};
  Tensor sum, addend;
  if (residual) {
    check_same_shape(*residual, "residual", x, "x");
    check_like(*residual, "residual", x, "x");
    addend = residual->contiguous();
    sum = at::empty_like(x);
    arguments.residual = addend.const_data_ptr();
    arguments.sum = sum.mutable_data_ptr();
  }
  NOTEBOOSTER_RUN(x, rms_norm_forward, arguments);
  return {normed, sum};
}

Tensor rms_norm(const Tensor& x, const Tensor& weight, double eps) {
  return std::get<0>(forward(x, nullptr, weight, eps));
}

std::tuple<Tensor, Tensor> add_rms_norm(const Tensor& x, const Tensor& residual, const Tensor& weight, double eps) {
  return forward(x, &residual, weight, eps);
}

std::tuple<Tensor, Tensor> rms_norm_backward(const Tensor& given_grad, const std::optional<Tensor>& given_grad_sum,
                                             const Tensor& given_x, const Tensor& weight, double eps) {
  check_arguments(given_x, weight);
  check_same_shape(given_grad, "grad", given_x, "x");
  check_like(given_grad, "grad", given_x, "x");
  const Tensor x = given_x.contiguous(), grad = given_grad.contiguous(), w = weight.contiguous();
  const Tensor grad_sum = given_grad_sum ? given_grad_sum->contiguous() : Tensor();
  const Tensor grad_x = at::empty_like(x), grad_weight = at::empty_like(w);
  const int64_t rows = num_rows(x), parts = num_partials(x, rows);
  const Tensor partials = at::empty({parts, x.size(-1)}, x.options().dtype(at::kFloat));
  const RmsNormBackward arguments{grad.const_data_ptr(), grad_sum.defined() ? grad_sum.const_data_ptr() : nullptr,
                                  x.const_data_ptr(), w.const_data_ptr(), grad_x.mutable_data_ptr(),
                                  grad_weight.mutable_data_ptr(), partials.mutable_data_ptr<float>(), parts, rows,
                                  x.size(-1), static_cast<float>(eps), element_of(x, "x")};
  NOTEBOOSTER_RUN(x, rms_norm_backward, arguments);
  return {grad_x, grad_weight};
}

struct RmsNorm : torch::autograd::Function<RmsNorm> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, double eps) {
    context->save_for_backward({x, weight});
    context->saved_data["eps"] = eps;
    const at::AutoDispatchBelowADInplaceOrView below;
    return rms_norm(x, weight, eps);
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const auto saved = context->get_saved_variables();
    auto [x, weight] =
        rms_norm_backward(grads[0], std::nullopt, saved[0], saved[1], context->saved_data["eps"].toDouble());
    return {x, weight, Tensor()};
  }
};

struct AddRmsNorm : torch::autograd::Function<AddRmsNorm> {
  static variable_list forward(AutogradContext* context, const Tensor& x, const Tensor& residual,
                               const Tensor& weight, double eps) {
    const at::AutoDispatchBelowADInplaceOrView below;
    auto [normed, sum] = add_rms_norm(x, residual, weight, eps);
    context->save_for_backward({sum, weight});
    context->saved_data["eps"] = eps;
    context->set_materialize_grads(false);
    return {normed, sum};
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const auto saved = context->get_saved_variables();
    if (!grads[0].defined()) return {grads[1], grads[1], Tensor(), Tensor()};
    const std::optional<Tensor> grad_sum = grads[1].defined() ? std::optional(grads[1]) : std::nullopt;
    auto [x, weight] = rms_norm_backward(grads[0], grad_sum, saved[0], saved[1], context->saved_data["eps"].toDouble());
    return {x, x, weight, Tensor()};
  }
};

Tensor rms_norm_autograd(const Tensor& x, const Tensor& weight, double eps) {
  if (needs_gradient({&x, &weight})) return RmsNorm::apply(x, weight, eps);
  const at::AutoDispatchBelowADInplaceOrView below;
  return rms_norm(x, weight, eps);
}

std::tuple<Tensor, Tensor> add_rms_norm_autograd(const Tensor& x, const Tensor& residual, const Tensor& weight,
                                                 double eps) {
  if (needs_gradient({&x, &residual, &weight})) {
    const auto results = AddRmsNorm::apply(x, residual, weight, eps);
    return {results[0], results[1]};
  }
  const at::AutoDispatchBelowADInplaceOrView below;
  return add_rms_norm(x, residual, weight, eps);
}

void implement(torch::Library& m) {
  m.impl("rms_norm", rms_norm);
  m.impl("add_rms_norm", add_rms_norm);
  m.impl("rms_norm_backward", rms_norm_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("rms_norm(Tensor x, Tensor weight, float eps) -> Tensor");
  m.def("add_rms_norm(Tensor x, Tensor residual, Tensor weight, float eps) -> (Tensor normed, Tensor sum)");
  m.def("rms_norm_backward(Tensor grad, Tensor? grad_sum, Tensor x, Tensor weight, float eps) -> (Tensor x, Tensor weight)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {
  m.impl("rms_norm", rms_norm_autograd);
  m.impl("add_rms_norm", add_rms_norm_autograd);
}

}  // namespace
}  // namespace notebooster::kernels
