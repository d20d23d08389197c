// notebooster::softmax(scores (B, H, Tq, Tk)): scale, mask (boolean or added), causal bound and ALiBi in one pass over the
// scores, float32 inside. The backward pass needs the result only.
#include <ATen/ops/empty_like.h>

#include "torch_side.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using OptionalTensor = std::optional<Tensor>;

void check_scores(const Tensor& scores, const char* name) {
  TORCH_CHECK(scores.dim() == 4, "`", name, "` must be (B, H, Tq, Tk), got ", scores.sizes());
}

Tensor broadcast_mask(const Tensor& mask, const Tensor& scores) {
  TORCH_CHECK(mask.scalar_type() == at::kBool || mask.scalar_type() == scores.scalar_type(),
              "`mask` must be bool or have the dtype of `scores`, ", scores.scalar_type(), ", got ", mask.scalar_type());
  TORCH_CHECK(mask.device() == scores.device(), "`mask` must be on the device of `scores`, ", scores.device(), ", got ",
              mask.device());
  bool fits = mask.dim() <= 4;
  for (int64_t dim = 1; fits && dim <= mask.dim(); ++dim)
    fits = mask.size(-dim) == 1 || mask.size(-dim) == scores.size(-dim);
  TORCH_CHECK(fits, "`mask` must be broadcastable to `scores` ", scores.sizes(), ", got ", mask.sizes());
  const bool rows_are_contiguous = mask.dim() == 0 || mask.size(-1) == 1 || mask.stride(-1) == 1;
  return (rows_are_contiguous ? mask : mask.contiguous()).expand(scores.sizes());
}

void check_slopes(const Tensor& slopes, const Tensor& scores) {
  TORCH_CHECK(slopes.dim() == 1 && slopes.size(0) == scores.size(1) && slopes.scalar_type() == at::kFloat &&
                  slopes.is_contiguous() && slopes.device() == scores.device(),
              "`alibi_slopes` must be float32 (H) = (", scores.size(1), ") on ", scores.device(), ", got ",
              slopes.scalar_type(), " ", slopes.sizes(), " on ", slopes.device());
}

Softmax arguments_for(const Tensor& scores, double scale, bool is_causal) {
  Softmax arguments{};
  arguments.scores = scores.const_data_ptr();
  arguments.batch = scores.size(0);
  arguments.heads = scores.size(1);
  arguments.queries = scores.size(2);
  arguments.keys = scores.size(3);
  arguments.scale = static_cast<float>(scale);
  arguments.causal = is_causal;
  arguments.element = element_of(scores, "scores");
  return arguments;
}

Tensor softmax(const Tensor& given_scores, const OptionalTensor& given_mask, double scale, bool is_causal,
               const OptionalTensor& alibi_slopes) {
  check_scores(given_scores, "scores");
  const Tensor scores = given_scores.contiguous(), out = at::empty_like(scores);
  Softmax arguments = arguments_for(scores, scale, is_causal);
  Tensor mask;
  if (given_mask) {
    mask = broadcast_mask(*given_mask, scores);
    arguments.mask = mask.const_data_ptr();
    arguments.mask_kind = mask.scalar_type() == at::kBool ? Mask::boolean : Mask::added;
    for (int dim = 0; dim < 4; ++dim) arguments.mask_strides[dim] = mask.stride(dim);
  }
  if (alibi_slopes) {
    check_slopes(*alibi_slopes, scores);
    arguments.slopes = elements<const float>(*alibi_slopes);
  }
  arguments.out = out.mutable_data_ptr();
  NOTEBOOSTER_RUN(scores, softmax, arguments);
  return out;
}

Tensor softmax_backward(const Tensor& given_grad, const Tensor& given_result, double scale, bool is_causal) {
  check_scores(given_result, "result");
  check_same_shape(given_grad, "grad", given_result, "result");
  check_like(given_grad, "grad", given_result, "result");
  const Tensor result = given_result.contiguous(), grad = given_grad.contiguous(), out = at::empty_like(result);
  Softmax arguments = arguments_for(result, scale, is_causal);
  arguments.grad = grad.const_data_ptr();
  arguments.out = out.mutable_data_ptr();
  NOTEBOOSTER_RUN(result, softmax, arguments);
  return out;
}

struct SoftmaxFunction : torch::autograd::Function<SoftmaxFunction> {
  static Tensor forward(AutogradContext* context, const Tensor& scores, const OptionalTensor& mask, double scale,
                        bool is_causal, const OptionalTensor& alibi_slopes) {
    const at::AutoDispatchBelowADInplaceOrView below;
    const Tensor result = softmax(scores, mask, scale, is_causal, alibi_slopes);
    context->save_for_backward({result});
    context->saved_data["scale"] = scale;
    context->saved_data["is_causal"] = is_causal;
    return result;
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const Tensor result = context->get_saved_variables()[0];
    const Tensor scores = softmax_backward(grads[0], result, context->saved_data["scale"].toDouble(),
                                           context->saved_data["is_causal"].toBool());
    return {scores, Tensor(), Tensor(), Tensor(), Tensor()};
  }
};

Tensor softmax_autograd(const Tensor& scores, const OptionalTensor& mask, double scale, bool is_causal,
                        const OptionalTensor& alibi_slopes) {
  const Tensor none;
  TORCH_CHECK(!needs_gradient({mask ? &*mask : &none, alibi_slopes ? &*alibi_slopes : &none}),
              "`mask` and `alibi_slopes` are constants: softmax has no gradient for them");
  if (needs_gradient({&scores})) return SoftmaxFunction::apply(scores, mask, scale, is_causal, alibi_slopes);
  const at::AutoDispatchBelowADInplaceOrView below;
  return softmax(scores, mask, scale, is_causal, alibi_slopes);
}

void implement_softmax(torch::Library& m) {
  m.impl("softmax", softmax);
  m.impl("softmax_backward", softmax_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "softmax(Tensor scores, Tensor? mask=None, *, float scale=1., bool is_causal=False, Tensor? alibi_slopes=None) -> "
      "Tensor");
  m.def("softmax_backward(Tensor grad, Tensor result, *, float scale=1., bool is_causal=False) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_softmax(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_softmax(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_softmax(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("softmax", softmax_autograd); }

}  // namespace
}  // namespace notebooster::kernels
