// notebooster::linear: x (..., in) times weight (out, in) transposed, plus bias, by the same calls of ATen's as
// torch.nn.functional.linear, so that all bits are the same; `transposed` weights are (in, out), as GPT-2's. One node of the graph
// instead of four. Its backward pass multiplies the gradient of a parameter that has a place for it
// (autograd/gradient_place.h) straight into that place, and adds there in later micro-batches.
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sum.h>

#include "../autograd/saved_input.h"
#include "../autograd/unread_product.h"
#include "few_products.h"
#include "product_nodes.h"

namespace notebooster::kernels {
namespace {

/* Whether x can be multiplied row by row as ATen would. It has other ways for a weight that is no matrix, a bias that is
   broadcast, and an x that must be copied to have rows while the weight has no gradient. */
bool is_plain(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, bool transposed) {
  const bool has_rows = transposed || x.dim() <= 2 || x.is_contiguous() || weight.requires_grad();
  const bool is_matrix = weight.dim() == 2 && x.dim() >= 1 && has_rows;
  const bool has_bias = bias.has_value() && bias->defined();
  const bool plain = is_matrix && (!has_bias || (bias->dim() == 1 && bias->size(0) == weight.size(transposed ? 1 : 0)));
  TORCH_CHECK(plain || !transposed, "a transposed `weight` must be (in, out), with a `bias` of (out), got ", weight.sizes(), " for `x` ", x.sizes());
  return plain;
}

/* Of x (..., in) with its rows (n, in). ATen's linear adds the bias within the product where x need not be copied to have rows. */
Tensor product(const Tensor& x, const Tensor& rows, const Tensor& weight, const OptionalTensor& bias, bool transposed) {
  const Tensor factor = transposed ? weight : weight.t();  // (in, out)
  const bool has_bias = bias.has_value() && bias->defined();
  const bool is_fused = has_bias && (transposed || x.dim() == 2 || x.is_contiguous());
  Tensor y = is_fused ? at::addmm(*bias, rows, factor) : at::mm(rows, factor);
  if (has_bias && !is_fused) y.add_(*bias);
  return in_shape_of(y, x.sizes());
}

Tensor linear(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, bool transposed) {
  if (!is_plain(x, weight, bias, transposed)) return at::linear(x, weight, bias);
  const Tensor rows = in_rows(x);
  if (!transposed && are_few(rows, weight, bias)) {
    FewProducts few(rows);
    const Tensor y = few.product(weight, bias);
    few.run();
    return in_shape_of(y, x.sizes());
  }
  return product(x, rows, weight, bias, transposed);
}

struct LinearBackward : torch::autograd::Node {
  SavedInput x;
  SavedVariable weight;
  bool transposed = false;
  bool x_is_column_major = false;  // ATen's gradient of such an x is column-major, too
  c10::DimVector x_sizes;

  std::string name() const override { return "LinearBackward"; }

  void release_variables() override {
    const std::lock_guard lock(mutex_);
    x.reset_data();
    weight.reset_data();
  }

  variable_list apply(variable_list&& grads) override {
    const std::lock_guard lock(mutex_);
    variable_list gradients(3);
    if (!grads[0].defined()) return gradients;
    const Tensor grad = in_rows(grads[0]);
    if (task_should_compute_output(2)) gradients[2] = bias_gradient(grad);
    if (task_should_compute_output(0)) gradients[0] = x_gradient(grad);
    if (task_should_compute_output(1)) gradients[1] = weight_gradient(grad);
    return gradients;
  }

 private:
  Tensor x_gradient(const Tensor& grad) const {
    const Tensor given = weight.unpack();
    const Tensor factor = (transposed ? given.t() : given).conj();  // (out, in)
    const Tensor gradient = x_is_column_major ? factor.t().mm(grad.t()).t() : grad.mm(factor);
    return x_sizes.size() == 2 ? gradient : gradient.view(x_sizes);
  }

  Tensor weight_gradient(const Tensor& grad) const {
    const Tensor rows = in_rows(x.unpack()).conj();
    const Tensor left = transposed ? rows.t() : grad.t();
    const Tensor& right = transposed ? grad : rows;
    const bool is_written = write_in_place(next_edge(1), [&](Tensor place, bool has_gradient) {
      has_gradient ? at::addmm_out(place, place, left, right) : at::mm_out(place, left, right);
    });
    return is_written ? Tensor() : left.mm(right);
  }

  Tensor bias_gradient(const Tensor& grad) const {
    const bool is_written = write_in_place(next_edge(2), [&](Tensor place, bool has_gradient) {
      has_gradient ? place.add_(grad.sum(0)) : at::sum_out(place, grad, 0);
    });
    return is_written ? Tensor() : grad.sum(0);
  }
};

Tensor linear_autograd(const Tensor& given, const Tensor& weight, const OptionalTensor& bias, bool transposed) {
  if (!torch::autograd::compute_requires_grad(given, weight, bias)) {
    const at::AutoDispatchBelowADInplaceOrView below;
    return linear(given, weight, bias, transposed);
  }
  if (!is_plain(given, weight, bias, transposed)) return at::linear(given, weight, bias);
  const Tensor x = given.dim() == 2 || given.is_contiguous() ? given : in_rows(given);  // ATen keeps the copy, too
  auto node = make_node<LinearBackward>();
  node->set_next_edges(torch::autograd::collect_next_edges(x, weight, bias));
  node->transposed = transposed;
  if (node->should_compute_output(0)) node->weight = SavedVariable(weight, false);
  if (node->should_compute_output(1)) node->x = SavedInput(x);
  const bool is_unread = next_product_is_unread();
  Tensor y;
  {
    const at::AutoDispatchBelowADInplaceOrView below;
    const Tensor rows = in_rows(x);
    node->x_is_column_major = rows.stride(0) == 1 && rows.stride(1) == rows.size(0);
    node->x_sizes = c10::DimVector(x.sizes());
    const int64_t out = weight.size(transposed ? 1 : 0);
    y = is_unread ? in_shape_of(at::empty({rows.size(0), out}, rows.options()), x.sizes()) : product(given, rows, weight, bias, transposed);
  }
  set_history(y, node);
  if (is_unread) note_unread_product(y);
  return y;
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("linear(Tensor x, Tensor weight, Tensor? bias=None, *, bool transposed=False) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CompositeExplicitAutograd, m) { m.impl("linear", linear); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("linear", linear_autograd); }

}  // namespace
}  // namespace notebooster::kernels
