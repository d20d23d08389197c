#include "norm_operators.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>

#include "../autograd/saved_input.h"
#include "partials.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

const void* data_of(const Tensor& tensor) { return tensor.defined() ? tensor.const_data_ptr() : nullptr; }

/* Contiguous, or undefined. */
Tensor contiguous(const OptionalTensor& tensor) {
  return tensor && tensor->defined() ? tensor->contiguous() : Tensor();
}

void check_companion(const Tensor& tensor, const char* name, const Tensor& x) {
  check_same_shape(tensor, name, x, "x");
  check_like(tensor, name, x, "x");
}

struct NormFunction : torch::autograd::Function<NormFunction> {
  static variable_list forward(AutogradContext* context, const Tensor& x, const OptionalTensor& residual,
                               const Tensor& weight, const OptionalTensor& bias, double eps, bool centered) {
    const at::AutoDispatchBelowADInplaceOrView below;
    const Normed result = norm_forward(x, residual, weight, bias, {eps, centered});
    context->save_for_backward({residual ? result.sum : x, result.stats, weight});
    context->saved_data["eps"] = eps;
    context->saved_data["centered"] = centered;
    context->saved_data["has_bias"] = bias.has_value();
    context->set_materialize_grads(false);
    if (residual) return {result.normed, result.sum};
    return {result.normed};
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const bool has_residual = grads.size() == 2;
    const Tensor grad_sum = has_residual ? grads[1] : Tensor();
    if (!grads[0].defined()) return {grad_sum, grad_sum, Tensor(), Tensor(), Tensor(), Tensor()};
    const auto saved = context->get_saved_variables();
    const NormKind kind{context->saved_data["eps"].toDouble(), context->saved_data["centered"].toBool()};
    const OptionalTensor extra = grad_sum.defined() ? OptionalTensor(grad_sum) : std::nullopt;
    const auto result = norm_backward(grads[0], extra, {saved[0], saved[1], saved[2], context->saved_data["has_bias"].toBool()}, kind);
    return {result.x, has_residual ? result.x : Tensor(), result.weight, result.bias, Tensor(), Tensor()};
  }
};

/* Computed again from the sum, which is what was normed: rounded as it is. */
std::vector<Tensor> with_recipe(std::vector<Tensor> results, const Tensor& x, const Tensor& weight, const OptionalTensor& bias, NormKind kind) {
  if (!are_recipes_kept()) return results;
  const Tensor& normed_of = results.size() == 2 ? results[1] : x;
  note_recipe(results[0], {normed_of, weight, bias.value_or(Tensor())}, [kind](const std::vector<Tensor>& inputs) {
    const OptionalTensor shift = inputs[2].defined() ? OptionalTensor(inputs[2]) : std::nullopt;
    return norm_forward(inputs[0], std::nullopt, inputs[1], shift, kind).normed;
  });
  return results;
}

}  // namespace

Normed norm_forward(const Tensor& given_x, const OptionalTensor& given_residual, const Tensor& weight,
                    const OptionalTensor& given_bias, NormKind kind) {
  check_vector(weight, "weight", given_x);
  if (given_bias) check_vector(*given_bias, "bias", given_x);
  if (given_residual) check_companion(*given_residual, "residual", given_x);
  const Tensor x = given_x.contiguous(), w = weight.contiguous();
  const Tensor bias = contiguous(given_bias), residual = contiguous(given_residual);
  const int64_t rows = num_rows(x);
  Normed result{at::empty_like(x), {}, {}};
  if (residual.defined()) result.sum = at::empty_like(x);
  if (kind.centered) result.stats = at::empty({rows, 2}, x.options().dtype(at::kFloat));
  const NormForward arguments{x.const_data_ptr(), data_of(residual), w.const_data_ptr(), data_of(bias),
                              residual.defined() ? result.sum.mutable_data_ptr() : nullptr,
                              result.normed.mutable_data_ptr(),
                              kind.centered ? elements<float>(result.stats) : nullptr, rows, x.size(-1),
                              static_cast<float>(kind.eps), kind.centered, element_of(x, "x")};
  NOTEBOOSTER_RUN(x, norm_forward, arguments);
  return result;
}

NormGradients norm_backward(const Tensor& given_grad, const OptionalTensor& given_grad_sum, const NormSaved& saved,
                            NormKind kind) {
  check_vector(saved.weight, "weight", saved.x);
  check_companion(given_grad, "grad", saved.x);
  if (given_grad_sum) check_companion(*given_grad_sum, "grad_sum", saved.x);
  const Tensor x = saved.x.contiguous(), grad = given_grad.contiguous(), w = saved.weight.contiguous();
  const Tensor grad_sum = contiguous(given_grad_sum);
  const int64_t rows = num_rows(x);
  TORCH_CHECK(!kind.centered || (saved.stats.numel() == 2 * rows && saved.stats.scalar_type() == at::kFloat &&
                                 saved.stats.is_contiguous() && saved.stats.device() == x.device()),
              "`stats` must be what the forward pass made: float32 (", rows, ", 2), got ", saved.stats.sizes());
  const int64_t parts = num_partials(x, rows, [&] { return cuda::norm_partials(rows); });
  const Tensor partials = at::empty({saved.has_bias ? 2 : 1, parts, x.size(-1)}, x.options().dtype(at::kFloat));
  const NormGradients result{at::empty_like(x), at::empty_like(w), saved.has_bias ? at::empty_like(w) : Tensor()};
  const NormBackward arguments{grad.const_data_ptr(), data_of(grad_sum), x.const_data_ptr(), w.const_data_ptr(),
                               kind.centered ? elements<const float>(saved.stats) : nullptr,
                               result.x.mutable_data_ptr(), result.weight.mutable_data_ptr(),
                               saved.has_bias ? result.bias.mutable_data_ptr() : nullptr,
                               elements<float>(partials), parts, rows, x.size(-1),
                               static_cast<float>(kind.eps), kind.centered, element_of(x, "x")};
  NOTEBOOSTER_RUN(x, norm_backward, arguments);
  return result;
}

std::vector<Tensor> norm_with_autograd(const Tensor& x, const OptionalTensor& residual, const Tensor& weight,
                                       const OptionalTensor& bias, NormKind kind) {
  const Tensor none;
  if (needs_gradient({&x, &weight, residual ? &*residual : &none, bias ? &*bias : &none}))
    return with_recipe(NormFunction::apply(x, residual, weight, bias, kind.eps, kind.centered), x, weight, bias, kind);
  const at::AutoDispatchBelowADInplaceOrView below;
  const Normed result = norm_forward(x, residual, weight, bias, kind);
  return {result.normed, result.sum};
}

}  // namespace notebooster::kernels
