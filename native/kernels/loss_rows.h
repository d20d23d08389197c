// What cross_entropy_ and linear_cross_entropy share: a mean loss whose rows come in one or several parts, each part's
// logits turned into their gradient where they lie.
#pragma once
#include "torch_side.h"

namespace notebooster::kernels {

class LossRows {
 public:
  /* targets: contiguous int64 (N) */
  LossRows(const Tensor& targets, int64_t ignore_index);
  /* The losses of rows first .. of `logits` (rows, V), V contiguous; with `write_grad` the logits become their gradient. */
  void add(const Tensor& logits, int64_t first, bool write_grad);
  /* The mean over all rows. */
  Tensor finish() const;
  const Tensor& inverse_count() const { return inverse_count_; }

 private:
  Tensor targets_, losses_, inverse_count_;
  int64_t ignore_index_;
};

/* On a GPU the check would wait for it: there such a row makes the loss NaN. */
void check_range(const Tensor& targets, int64_t classes, int64_t ignore_index);

/* The mean's 1/N would take float16 gradients below its range before a loss scale could lift them: theirs is of the sum. */
inline bool grad_is_mean(const Tensor& logits) { return logits.scalar_type() != at::kHalf; }

/* 1/N, and 1 of no rows: their gradient is 0 and stays so. */
Tensor finite_inverse(const Tensor& inverse_count);

/* gradient (N, C) *= grad_loss, and by 1/N where `add` left that out. */
void scale_gradient(const Tensor& gradient, const Tensor& grad_loss, const Tensor& inverse_count);

}  // namespace notebooster::kernels
