// notebooster::lora_linear: a linear layer with an adapter (Hu et al. 2021), y = x Wᵀ + bias + scaling (x Aᵀ) Bᵀ with A (r, in)
// and B (out, r). The update is added within its product, forward and backward, so that no pass over memory is spent on it; W and
// bias are taken as frozen unless they have a gradient. Gradients of A and B go into their places as those of notebooster::linear.
#include <ATen/ops/addmm.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sum.h>

#include "product_nodes.h"

namespace notebooster::kernels {
namespace {

/* What a call computes with: rows (n, in), weight as the factor (in, out) and the adapter. */
struct Factors {
  Tensor rows, weight;
  OptionalTensor bias;
  Tensor a, b;
  double scaling;
};

void check(const Factors& f) {
  TORCH_CHECK(f.rows.dim() == 2 && f.weight.dim() == 2 && f.a.dim() == 2 && f.b.dim() == 2,
              "`x` must be (..., in), `weight`, `a` and `b` matrices");
  const int64_t in = f.weight.size(0), out = f.weight.size(1), rank = f.a.size(0);
  TORCH_CHECK(f.rows.size(1) == in && f.a.size(1) == in, "`x` and `a` must have ", in, " columns as `weight` has, got ", f.rows.size(1),
              " and ", f.a.size(1));
  TORCH_CHECK(f.b.size(0) == out && f.b.size(1) == rank, "`b` must be (", out, ", ", rank, "), got ", f.b.sizes());
}

/* y (n, out), and x Aᵀ (n, r). */
std::pair<Tensor, Tensor> products(const Factors& f) {
  check(f);
  const bool has_bias = f.bias.has_value() && f.bias->defined();
  Tensor y = has_bias ? at::addmm(*f.bias, f.rows, f.weight) : at::mm(f.rows, f.weight);
  const Tensor narrow = at::mm(f.rows, f.a.t());
  at::addmm_out(y, y, narrow, f.b.t(), 1, f.scaling);
  return {y, narrow};
}

Factors factors_of(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b, double scaling,
                   bool transposed) {
  TORCH_CHECK(x.dim() >= 1, "`x` must be (..., in), got a number");
  return {in_rows(x), transposed ? weight : weight.t(), bias, a, b, scaling};
}

Tensor lora_linear(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b, double scaling,
                   bool transposed) {
  return in_shape_of(products(factors_of(x, weight, bias, a, b, scaling, transposed)).first, x.sizes());
}

struct LoraLinearBackward : torch::autograd::Node {
  SavedVariable x, weight, a, b, narrow;
  double scaling = 1;
  bool transposed = false;
  c10::DimVector x_sizes;

  std::string name() const override { return "LoraLinearBackward"; }

  void release_variables() override {
    const std::lock_guard lock(mutex_);
    for (SavedVariable* saved : {&x, &weight, &a, &b, &narrow}) saved->reset_data();
  }

  variable_list apply(variable_list&& grads) override {
    const std::lock_guard lock(mutex_);
    variable_list gradients(5);
    if (!grads[0].defined()) return gradients;
    TORCH_CHECK(!at::GradMode::is_enabled(), "a gradient of lora_linear cannot be differentiated again");
    const Tensor grad = in_rows(grads[0]);
    const Tensor grad_narrow = at::mm(grad, b.unpack()).mul_(scaling);  // (n, r)
    if (task_should_compute_output(0)) gradients[0] = x_gradient(grad, grad_narrow);
    const Tensor rows = in_rows(x.unpack());
    if (task_should_compute_output(1)) gradients[1] = transposed ? rows.t().mm(grad) : grad.t().mm(rows);
    if (task_should_compute_output(2)) gradients[2] = grad.sum(0);
    if (task_should_compute_output(3)) gradients[3] = product(3, grad_narrow.t(), rows, 1);
    if (task_should_compute_output(4)) gradients[4] = product(4, grad.t(), narrow.unpack(), scaling);
    return gradients;
  }

 private:
  Tensor x_gradient(const Tensor& grad, const Tensor& grad_narrow) {
    const Tensor given = weight.unpack();
    Tensor gradient = at::mm(grad, transposed ? given.t() : given);
    at::addmm_out(gradient, gradient, grad_narrow, a.unpack());
    return gradient.view(x_sizes);
  }

  /* factor * left right, in the place of the parameter that is input `index` where it has one. */
  Tensor product(size_t index, const Tensor& left, const Tensor& right, double factor) {
    const bool is_written = write_in_place(next_edge(index), [&](Tensor place, bool has_gradient) {
      if (has_gradient) at::addmm_out(place, place, left, right, 1, factor);
      else at::mm_out(place, left, right).mul_(factor);
    });
    return is_written ? Tensor() : at::mm(left, right).mul_(factor);
  }
};

Tensor lora_linear_autograd(const Tensor& given, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b,
                            double scaling, bool transposed) {
  if (!torch::autograd::compute_requires_grad(given, weight, bias, a, b)) {
    const at::AutoDispatchBelowADInplaceOrView below;
    return lora_linear(given, weight, bias, a, b, scaling, transposed);
  }
  const Tensor x = given.dim() <= 2 || given.is_contiguous() ? given : given.contiguous();  // rows are copied once
  auto node = make_node<LoraLinearBackward>();
  node->set_next_edges(torch::autograd::collect_next_edges(x, weight, bias, a, b));
  Tensor y, narrow;
  {
    const at::AutoDispatchBelowADInplaceOrView below;
    std::tie(y, narrow) = products(factors_of(x, weight, bias, a, b, scaling, transposed));
    y = in_shape_of(y, x.sizes());
  }
  node->x = SavedVariable(x, false);
  node->x_sizes = c10::DimVector(x.sizes());
  node->scaling = scaling;
  node->transposed = transposed;
  if (node->should_compute_output(0)) node->weight = SavedVariable(weight, false);
  if (node->should_compute_output(0)) node->a = SavedVariable(a, false);
  node->b = SavedVariable(b, false);
  node->narrow = SavedVariable(narrow, false);
  set_history(y, node);
  return y;
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "lora_linear(Tensor x, Tensor weight, Tensor? bias, Tensor a, Tensor b, *, float scaling=1.0, bool transposed=False) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CompositeExplicitAutograd, m) { m.impl("lora_linear", lora_linear); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("lora_linear", lora_linear_autograd); }

}  // namespace
}  // namespace notebooster::kernels
