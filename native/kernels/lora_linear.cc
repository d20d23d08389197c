// notebooster::lora_linear: a linear layer with an adapter (Hu et al. 2021), y = x Wᵀ + bias + scaling (x Aᵀ) Bᵀ with A (r, in)
// and B (out, r); notebooster::nf4_linear: the same over a frozen W of four bits (QLoRA), with or without an adapter. The update is
// written first and the large product adds it where it ends, forward and backward, so that no pass over memory is spent on it; W and
// bias are taken as frozen unless they have a gradient. Gradients of A and B go into their places as those of notebooster::linear.
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sum.h>

#include <vector>

#include "../autograd/unread_product.h"
#include "nf4.h"

namespace notebooster::kernels {
namespace {

/* W, as it lies or in four bits. */
struct Base {
  std::vector<Tensor> parts;  // W, or those of an NF4 weight
  bool transposed = false;    // of a W that lies as (in, out)
  int64_t out = 0, in = 0;
  int64_t block_size = 0;  // of an NF4 weight, else 0

  /* (in, out) */
  Tensor factor(at::ScalarType dtype) const {
    if (block_size == 0) return transposed ? parts[0] : parts[0].t();
    return Nf4Weight{parts[0], parts[1], parts[2], parts[3], parts[4], out, in, block_size}.dense(dtype).t();
  }
};

/* What a call computes with: rows (n, in), and the adapter, not defined where there is none. */
struct Factors {
  Tensor rows;
  Base base;
  OptionalTensor bias;
  Tensor a, b;
  double scaling;

  bool has_bias() const { return bias.has_value() && bias->defined(); }
  bool has_adapter() const { return a.defined(); }
};

void check(const Factors& f) {
  TORCH_CHECK(f.rows.size(1) == f.base.in, "`x` must have ", f.base.in, " columns as `weight` has, got ", f.rows.size(1));
  TORCH_CHECK(f.a.defined() == f.b.defined(), "`a` and `b` belong together");
  if (!f.has_adapter()) return;
  TORCH_CHECK(f.a.dim() == 2 && f.b.dim() == 2, "`a` and `b` must be matrices");
  TORCH_CHECK(f.a.size(1) == f.base.in, "`a` must have ", f.base.in, " columns as `weight` has, got ", f.a.size(1));
  TORCH_CHECK(f.b.size(0) == f.base.out && f.b.size(1) == f.a.size(0), "`b` must be (", f.base.out, ", ", f.a.size(0), "), got ",
              f.b.sizes());
}

/* y (n, out), and x Aᵀ (n, r). @param is_unread y is only to be there */
std::pair<Tensor, Tensor> products(const Factors& f, bool is_unread = false) {
  check(f);
  const Tensor narrow = f.has_adapter() ? at::mm(f.rows, f.a.t()) : Tensor();
  Tensor y = at::empty({f.rows.size(0), f.base.out}, f.rows.options());
  if (is_unread) return {y, narrow};
  const Tensor factor = f.base.factor(f.rows.scalar_type());
  if (!f.has_adapter()) {
    f.has_bias() ? at::addmm_out(y, *f.bias, f.rows, factor) : at::mm_out(y, f.rows, factor);
    return {y, narrow};
  }
  at::addmm_out(y, f.has_bias() ? *f.bias : y, narrow, f.b.t(), f.has_bias() ? 1 : 0, f.scaling);
  at::addmm_out(y, y, f.rows, factor);
  return {y, narrow};
}

/* The inputs that can have a gradient, in this order: x, weight, bias, a, b. */
struct LoraLinearBackward : torch::autograd::Node {
  SavedVariable x, a, b, narrow;
  Base base;  // its parts are in `parts` until they are needed
  std::vector<SavedVariable> parts;
  double scaling = 1;
  bool has_adapter = false;
  c10::DimVector x_sizes;

  std::string name() const override { return "LoraLinearBackward"; }

  void release_variables() override {
    const std::lock_guard lock(mutex_);
    for (SavedVariable* saved : {&x, &a, &b, &narrow}) saved->reset_data();
    for (SavedVariable& part : parts) part.reset_data();
  }

  variable_list apply(variable_list&& grads) override {
    const std::lock_guard lock(mutex_);
    variable_list gradients(5);
    if (!grads[0].defined()) return gradients;
    TORCH_CHECK(!at::GradMode::is_enabled(), "a gradient of lora_linear cannot be differentiated again");
    const Tensor grad = in_rows(grads[0]);
    const Tensor grad_narrow = has_adapter ? at::mm(grad, b.unpack()).mul_(scaling) : Tensor();  // (n, r)
    if (task_should_compute_output(0)) gradients[0] = x_gradient(grad, grad_narrow);
    if (task_should_compute_output(2)) gradients[2] = grad.sum(0);
    if (has_adapter && task_should_compute_output(4)) gradients[4] = product(4, grad.t(), narrow.unpack(), scaling);
    if (!task_should_compute_output(1) && !(has_adapter && task_should_compute_output(3))) return gradients;
    const Tensor rows = in_rows(x.unpack());
    if (task_should_compute_output(1)) gradients[1] = base.transposed ? rows.t().mm(grad) : grad.t().mm(rows);
    if (has_adapter && task_should_compute_output(3)) gradients[3] = product(3, grad_narrow.t(), rows, 1);
    return gradients;
  }

 private:
  Tensor x_gradient(const Tensor& grad, const Tensor& grad_narrow) {
    Base unpacked = base;
    for (SavedVariable& part : parts) unpacked.parts.push_back(part.unpack());
    const Tensor factor = unpacked.factor(grad.scalar_type()).t();  // (out, in)
    if (!has_adapter) return at::mm(grad, factor).view(x_sizes);
    Tensor gradient = at::mm(grad_narrow, a.unpack());
    at::addmm_out(gradient, gradient, grad, factor);
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

/* @param weight of the base, where it can have a gradient */
Tensor with_autograd(const Tensor& given, const Tensor& weight, const Factors& f) {
  const OptionalTensor& bias = f.bias;
  if (!torch::autograd::compute_requires_grad(given, weight, bias, f.a, f.b)) {
    const at::AutoDispatchBelowADInplaceOrView below;
    return in_shape_of(products(f).first, given.sizes());
  }
  auto node = make_node<LoraLinearBackward>();
  node->set_next_edges(torch::autograd::collect_next_edges(given, weight, bias, f.a, f.b));
  node->has_adapter = f.has_adapter();
  const bool is_unread = next_product_is_unread();
  Tensor y, narrow;
  {
    const at::AutoDispatchBelowADInplaceOrView below;
    std::tie(y, narrow) = products(f, is_unread);
    y = in_shape_of(y, given.sizes());
  }
  node->x_sizes = c10::DimVector(given.sizes());
  node->scaling = f.scaling;
  node->base = f.base;
  node->base.parts.clear();
  if (node->should_compute_output(1) || (node->has_adapter && node->should_compute_output(3))) node->x = SavedVariable(given, false);
  if (node->should_compute_output(0))
    for (const Tensor& part : f.base.parts) node->parts.emplace_back(part, false);
  if (node->has_adapter) {
    if (node->should_compute_output(0)) node->a = SavedVariable(f.a, false);
    node->b = SavedVariable(f.b, false);
    node->narrow = SavedVariable(narrow, false);
  }
  set_history(y, node);
  if (is_unread) note_unread_product(y);
  return y;
}

/* x with rows in a row each, copied once if need be. */
Tensor with_rows(const Tensor& x) {
  TORCH_CHECK(x.dim() >= 1, "`x` must be (..., in), got a number");
  return x.dim() <= 2 || x.is_contiguous() ? x : x.contiguous();
}

Factors lora_factors(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b, double scaling,
                     bool transposed) {
  TORCH_CHECK(weight.dim() == 2, "`weight` must be a matrix, got ", weight.sizes());
  const int64_t out = weight.size(transposed ? 1 : 0), in = weight.size(transposed ? 0 : 1);
  return {in_rows(x), {{weight}, transposed, out, in}, bias, a, b, scaling};
}

Tensor lora_linear(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b, double scaling,
                   bool transposed) {
  return in_shape_of(products(lora_factors(with_rows(x), weight, bias, a, b, scaling, transposed)).first, x.sizes());
}

Tensor lora_linear_autograd(const Tensor& given, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b,
                            double scaling, bool transposed) {
  const Tensor x = with_rows(given);
  return with_autograd(x, weight, lora_factors(x, weight, bias, a, b, scaling, transposed));
}

Factors nf4_factors(const Tensor& x, const Nf4Weight& weight, const OptionalTensor& bias, const OptionalTensor& a, const OptionalTensor& b,
                    double scaling) {
  check(weight);
  const Base base{{weight.packed, weight.absmax, weight.map, weight.scales, weight.offset}, false, weight.out, weight.in,
                  weight.block_size};
  return {in_rows(x), base, bias, a.value_or(Tensor()), b.value_or(Tensor()), scaling};
}

template <typename Compute>
Tensor with_nf4(const Tensor& given, const Tensor& packed, const Tensor& absmax, const OptionalTensor& map, const OptionalTensor& scales,
                const OptionalTensor& offset, const OptionalTensor& bias, const OptionalTensor& a, const OptionalTensor& b,
                int64_t out_features, int64_t block_size, double scaling, const Compute& compute) {
  const Tensor x = with_rows(given);
  const Nf4Weight weight{packed, absmax, map.value_or(Tensor()), scales.value_or(Tensor()), offset.value_or(Tensor()), out_features,
                         x.size(-1), block_size};
  return compute(x, nf4_factors(x, weight, bias, a, b, scaling));
}

Tensor nf4_linear(const Tensor& x, const Tensor& packed, const Tensor& absmax, const OptionalTensor& map, const OptionalTensor& scales,
                  const OptionalTensor& offset, const OptionalTensor& bias, const OptionalTensor& a, const OptionalTensor& b,
                  int64_t out_features, int64_t block_size, double scaling) {
  return with_nf4(x, packed, absmax, map, scales, offset, bias, a, b, out_features, block_size, scaling,
                  [](const Tensor& rows, const Factors& f) { return in_shape_of(products(f).first, rows.sizes()); });
}

Tensor nf4_linear_autograd(const Tensor& x, const Tensor& packed, const Tensor& absmax, const OptionalTensor& map,
                           const OptionalTensor& scales, const OptionalTensor& offset, const OptionalTensor& bias, const OptionalTensor& a,
                           const OptionalTensor& b, int64_t out_features, int64_t block_size, double scaling) {
  return with_nf4(x, packed, absmax, map, scales, offset, bias, a, b, out_features, block_size, scaling,
                  [](const Tensor& rows, const Factors& f) { return with_autograd(rows, Tensor(), f); });
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "lora_linear(Tensor x, Tensor weight, Tensor? bias, Tensor a, Tensor b, *, float scaling=1.0, bool transposed=False) -> Tensor");
  m.def(
      "nf4_linear(Tensor x, Tensor packed, Tensor absmax, Tensor? map=None, Tensor? scales=None, Tensor? offset=None, Tensor? bias=None, "
      "Tensor? a=None, Tensor? b=None, *, int out_features, int block_size=64, float scaling=1.0) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CompositeExplicitAutograd, m) {
  m.impl("lora_linear", lora_linear);
  m.impl("nf4_linear", nf4_linear);
}
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {
  m.impl("lora_linear", lora_linear_autograd);
  m.impl("nf4_linear", nf4_linear_autograd);
}

}  // namespace
}  // namespace notebooster::kernels
