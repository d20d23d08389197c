// notebooster::cross_entropy_: the mean loss in float32 of logits (N, V), whose memory it turns into their gradient when
// they require one, so that no second (N, V) is ever made. The logits cannot be read afterwards; backward, which scales
// that gradient in place, runs once. Without a gradient nothing is written.
#include "loss_rows.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

void check_arguments(const Tensor& logits, const Tensor& targets) {
  TORCH_CHECK(logits.dim() == 2, "`logits` must be (N, V), got ", logits.sizes());
  TORCH_CHECK(logits.size(1) > 0, "`logits` (N, V) must have at least one class, got ", logits.sizes());
  TORCH_CHECK(logits.stride(1) == 1 || logits.size(1) == 1,
              "`logits` are overwritten in place: their rows must be contiguous, got strides ", logits.strides());
  TORCH_CHECK(targets.dim() == 1 && targets.size(0) == logits.size(0), "`targets` must be (N) = (", logits.size(0),
              ") for `logits` ", logits.sizes(), ", got ", targets.sizes());
  TORCH_CHECK(targets.scalar_type() == at::kLong, "`targets` must be int64, got ", targets.scalar_type());
  TORCH_CHECK(targets.device() == logits.device(), "`targets` must be on the device of `logits`, ", logits.device(),
              ", got ", targets.device());
}

struct Result {
  Tensor loss, inverse_count;
};

Result run(const Tensor& logits, const Tensor& given_targets, int64_t ignore_index, bool write_grad) {
  check_arguments(logits, given_targets);
  const Tensor targets = given_targets.contiguous();
  check_range(targets, logits.size(1), ignore_index);
  LossRows rows(targets, ignore_index);
  rows.add(logits, 0, write_grad);
  return {rows.finish(), rows.inverse_count()};
}

Tensor cross_entropy(const Tensor& logits, const Tensor& targets, int64_t ignore_index) {
  return run(logits, targets, ignore_index, false).loss;
}

struct CrossEntropyFunction : torch::autograd::Function<CrossEntropyFunction> {
  static Tensor forward(AutogradContext* context, const Tensor& logits, const Tensor& targets, int64_t ignore_index) {
    const at::AutoDispatchBelowADInplaceOrView below;
    const auto [loss, inverse_count] = run(logits, targets, ignore_index, true);
    logits.unsafeGetTensorImpl()->bump_version();  // whoever saved the logits for a gradient of theirs must hear of it
    context->saved_data["gradient"] = logits.detach();
    context->saved_data["inverse_count"] = inverse_count;
    return loss;
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const Tensor gradient = context->saved_data["gradient"].toTensor();
    TORCH_CHECK(gradient.defined(), "cross_entropy_ runs backward once: its gradient lives in the logits' memory");
    context->saved_data["gradient"] = Tensor();
    scale_gradient(gradient, grads[0], context->saved_data["inverse_count"].toTensor());
    return {gradient, Tensor(), Tensor()};
  }
};

Tensor cross_entropy_autograd(const Tensor& logits, const Tensor& targets, int64_t ignore_index) {
  if (needs_gradient({&logits})) {
    TORCH_CHECK(!logits.is_leaf(), "`logits` are overwritten: they must be a result, not a leaf that requires a gradient");
    return CrossEntropyFunction::apply(logits, targets, ignore_index);
  }
  const at::AutoDispatchBelowADInplaceOrView below;
  return cross_entropy(logits, targets, ignore_index);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("cross_entropy_(Tensor(a!) logits, Tensor targets, int ignore_index=-100) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { m.impl("cross_entropy_", cross_entropy); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { m.impl("cross_entropy_", cross_entropy); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { m.impl("cross_entropy_", cross_entropy); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("cross_entropy_", cross_entropy_autograd); }

}  // namespace
}  // namespace notebooster::kernels
