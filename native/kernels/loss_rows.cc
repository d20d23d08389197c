#include "loss_rows.h"

#include <ATen/ops/empty.h>

namespace notebooster::kernels {

LossRows::LossRows(const Tensor& targets, int64_t ignore_index) : targets_(targets), ignore_index_(ignore_index) {
  const auto options = targets.options().dtype(at::kFloat);
  losses_ = at::empty(targets.sizes(), options);
  inverse_count_ = at::empty({}, options);
  const KeptCount arguments{elements<const int64_t>(targets), targets.numel(), ignore_index,
                            elements<float>(inverse_count_)};
  NOTEBOOSTER_RUN(targets, kept_count, arguments);
}

void LossRows::add(const Tensor& logits, int64_t first, bool write_grad) {
  const CrossEntropy arguments{write_grad ? logits.mutable_data_ptr() : const_cast<void*>(logits.const_data_ptr()),
                               elements<const int64_t>(targets_) + first, elements<float>(losses_) + first,
                               elements<const float>(inverse_count_), logits.size(0), logits.size(1), logits.stride(0),
                               ignore_index_, write_grad, grad_is_mean(logits), element_of(logits, "logits")};
  NOTEBOOSTER_RUN(logits, cross_entropy, arguments);
}

Tensor LossRows::finish() const {
  const Tensor loss = at::empty({}, losses_.options());
  const MeanLoss arguments{elements<const float>(losses_), elements<const float>(inverse_count_), losses_.numel(),
                           elements<float>(loss)};
  NOTEBOOSTER_RUN(losses_, mean_loss, arguments);
  return loss;
}

void check_range(const Tensor& targets, int64_t classes, int64_t ignore_index) {
  if (!targets.is_cpu()) return;
  const auto* data = elements<const int64_t>(targets);
  for (int64_t row = 0; row < targets.numel(); ++row)
    TORCH_CHECK(data[row] == ignore_index || (data[row] >= 0 && data[row] < classes), "`targets` must be in 0 .. ",
                classes - 1, " or ", ignore_index, " (ignored), got ", data[row], " at row ", row);
}

Tensor finite_inverse(const Tensor& inverse_count) { return inverse_count.clamp_max(1); }

void scale_gradient(const Tensor& gradient, const Tensor& grad_loss, const Tensor& inverse_count) {
  const Tensor factor = grad_loss.to(at::kFloat).contiguous();
  const bool is_mean = grad_is_mean(gradient);
  const Tensor inverse = is_mean ? inverse_count : finite_inverse(inverse_count);
  const Scale arguments{gradient.mutable_data_ptr(), elements<const float>(factor),
                        is_mean ? nullptr : elements<const float>(inverse), gradient.size(0), gradient.size(1),
                        gradient.stride(0), element_of(gradient, "logits")};
  NOTEBOOSTER_RUN(gradient, scale, arguments);
}

}  // namespace notebooster::kernels
