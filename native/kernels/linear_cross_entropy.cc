// notebooster::linear_cross_entropy: the mean loss of hidden (N, C) times weight (V, C) transposed, by chunks of rows, so
// that never more than `chunk` x V logits exist. Each chunk's logits turn into their gradient in place and that at once
// into its shares of the gradients of hidden and weight, which backward only scales (as Liger Kernel does, Hsu et al. 2024).
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mm.h>

#include <cmath>

#include "loss_rows.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t kPadding = 64;  // matrix products of 50,257 columns take three times as long as of 50,304 on an H100

void check_arguments(const Tensor& hidden, const Tensor& weight, const Tensor& targets, int64_t chunk) {
  TORCH_CHECK(hidden.dim() == 2, "`hidden` must be (N, C), got ", hidden.sizes());
  TORCH_CHECK(weight.dim() == 2 && weight.size(1) == hidden.size(1) && weight.size(0) > 0, "`weight` must be (V, C) with C = ",
              hidden.size(1), " and at least one class, got ", weight.sizes());
  check_like(weight, "weight", hidden, "hidden");
  TORCH_CHECK(targets.dim() == 1 && targets.size(0) == hidden.size(0) && targets.scalar_type() == at::kLong &&
                  targets.device() == hidden.device(),
              "`targets` must be int64 (N) = (", hidden.size(0), ") on ", hidden.device(), ", got ", targets.scalar_type(),
              " ", targets.sizes(), " on ", targets.device());
  TORCH_CHECK(chunk >= 0, "`chunk` must be a number of rows, or 0 for all of them, got ", chunk);
}

struct Wanted {
  bool hidden, weight;
};

struct Result {
  Tensor loss, inverse_count, grad_hidden, grad_weight;
};

/* One chunk after another in the same memory, the vocabulary rounded up. */
struct Chunks {
  const Tensor& hidden;
  Tensor weight, buffer;  // (width, C), (size, width)
  int64_t size, classes, width;

  Chunks(const Tensor& hidden_rows, const Tensor& given_weight, int64_t chunk)
      : hidden(hidden_rows), weight(given_weight), classes(given_weight.size(0)) {
    const int64_t rows = hidden.size(0);
    size = chunk == 0 || chunk > rows ? rows : chunk;
    width = (classes + kPadding - 1) / kPadding * kPadding;
    buffer = at::empty({size, width}, hidden.options());
    if (width == classes) return;
    weight = at::empty({width, given_weight.size(1)}, given_weight.options());
    weight.narrow(0, 0, classes).copy_(given_weight);
    weight.narrow(0, classes, width - classes).zero_();
  }

  /* The columns beyond the vocabulary are -inf, which no sum notices and whose gradient is 0. */
  Tensor logits(int64_t first, int64_t rows) const {
    Tensor all = buffer.narrow(0, 0, rows);
    at::mm_out(all, hidden.narrow(0, first, rows), weight.t());
    if (width > classes) all.narrow(1, classes, width - classes).fill_(-INFINITY);
    return all;
  }
};

/* total (=, +=) grad_logits^T x hidden; shares of a 16-bit weight's gradient meet in float32, on a GPU within the product. */
void add_weight_share(Tensor& total, const Tensor& grad_logits, const Tensor& hidden, bool is_first) {
  const Tensor transposed = grad_logits.t();
  if (total.scalar_type() == hidden.scalar_type()) {
    is_first ? at::mm_out(total, transposed, hidden) : at::addmm_out(total, total, transposed, hidden);
  } else if (total.is_cuda()) {
    is_first ? at::mm_out(total, transposed, hidden, at::kFloat)
             : at::addmm_out(total, total, transposed, hidden, at::kFloat);
  } else {
    is_first ? total.copy_(at::mm(transposed, hidden)) : total.add_(at::mm(transposed, hidden));
  }
}

Result run(const Tensor& hidden, const Tensor& weight, const Tensor& given_targets, int64_t ignore_index, int64_t chunk,
           Wanted wanted) {
  check_arguments(hidden, weight, given_targets, chunk);
  const Tensor targets = given_targets.contiguous();
  check_range(targets, weight.size(0), ignore_index);
  LossRows losses(targets, ignore_index);
  const Chunks chunks(hidden, weight, chunk);
  const bool is_only = chunks.size == hidden.size(0);
  Result result;
  result.inverse_count = losses.inverse_count();
  if (wanted.hidden) result.grad_hidden = at::empty(hidden.sizes(), hidden.options());
  if (wanted.weight)
    result.grad_weight = at::empty(chunks.weight.sizes(), is_only ? weight.options() : weight.options().dtype(at::kFloat));
  if (wanted.weight && hidden.size(0) == 0) result.grad_weight.zero_();
  for (int64_t first = 0; first < hidden.size(0); first += chunks.size) {
    const int64_t rows = std::min(chunks.size, hidden.size(0) - first);
    const Tensor logits = chunks.logits(first, rows);  // their gradient from the next line on
    losses.add(logits, first, wanted.hidden || wanted.weight);
    if (wanted.hidden) {
      Tensor share = result.grad_hidden.narrow(0, first, rows);
      at::mm_out(share, logits, chunks.weight);
    }
    if (wanted.weight) add_weight_share(result.grad_weight, logits, hidden.narrow(0, first, rows), first == 0);
  }
  if (wanted.weight) result.grad_weight = result.grad_weight.narrow(0, 0, chunks.classes);
  result.loss = losses.finish();
  return result;
}

Tensor linear_cross_entropy(const Tensor& hidden, const Tensor& weight, const Tensor& targets, int64_t ignore_index,
                            int64_t chunk) {
  return run(hidden, weight, targets, ignore_index, chunk, {false, false}).loss;
}

struct LinearCrossEntropy : torch::autograd::Function<LinearCrossEntropy> {
  static Tensor forward(AutogradContext* context, const Tensor& hidden, const Tensor& weight, const Tensor& targets,
                        int64_t ignore_index, int64_t chunk) {
    const at::AutoDispatchBelowADInplaceOrView below;
    const Result result = run(hidden, weight, targets, ignore_index, chunk, {hidden.requires_grad(), weight.requires_grad()});
    context->saved_data["grad_hidden"] = result.grad_hidden;
    context->saved_data["grad_weight"] = result.grad_weight;
    context->saved_data["inverse_count"] = result.inverse_count;
    context->saved_data["is_mean"] = grad_is_mean(hidden);
    context->saved_data["dtype"] = static_cast<int64_t>(weight.scalar_type());
    return result.loss;
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    TORCH_CHECK(context->saved_data.count("grad_hidden"), "linear_cross_entropy runs backward once: it scales its gradients in place");
    Tensor factor = grads[0].to(at::kFloat);
    if (!context->saved_data["is_mean"].toBool()) factor = factor.mul(finite_inverse(context->saved_data["inverse_count"].toTensor()));
    const auto scaled = [&](const char* name) {
      const Tensor gradient = context->saved_data[name].toTensor();
      if (!gradient.defined()) return gradient;
      const Scale arguments{gradient.mutable_data_ptr(), elements<const float>(factor), nullptr, gradient.size(0),
                            gradient.size(1), gradient.stride(0), element_of(gradient, name)};
      NOTEBOOSTER_RUN(gradient, scale, arguments);
      return gradient;
    };
    const Tensor grad_hidden = scaled("grad_hidden");
    Tensor grad_weight = scaled("grad_weight");
    if (grad_weight.defined()) grad_weight = grad_weight.to(static_cast<at::ScalarType>(context->saved_data["dtype"].toInt()));
    context->saved_data.clear();
    return {grad_hidden, grad_weight, Tensor(), Tensor(), Tensor()};
  }
};

Tensor linear_cross_entropy_autograd(const Tensor& hidden, const Tensor& weight, const Tensor& targets,
                                     int64_t ignore_index, int64_t chunk) {
  if (needs_gradient({&hidden, &weight})) return LinearCrossEntropy::apply(hidden, weight, targets, ignore_index, chunk);
  const at::AutoDispatchBelowADInplaceOrView below;
  return linear_cross_entropy(hidden, weight, targets, ignore_index, chunk);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "linear_cross_entropy(Tensor hidden, Tensor weight, Tensor targets, *, int ignore_index=-100, int chunk=0) -> "
      "Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { m.impl("linear_cross_entropy", linear_cross_entropy); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { m.impl("linear_cross_entropy", linear_cross_entropy); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { m.impl("linear_cross_entropy", linear_cross_entropy); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("linear_cross_entropy", linear_cross_entropy_autograd); }

}  // namespace
}  // namespace notebooster::kernels
