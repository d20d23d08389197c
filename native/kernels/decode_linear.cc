// notebooster::decode_linear: products of the same x (..., in) with up to three weights (out, in), as a decoder has them when it writes one token
// more: queries, keys and values; a gate and its factor, of which silu(first) * second comes; a product that is added to what it branched off
// from. For a few rows on a GPU one kernel, else operators one after another. It has no gradient.
#include <ATen/ops/linear.h>
#include <ATen/ops/silu.h>

#include "few_products.h"
#include "product_nodes.h"

namespace notebooster::kernels {
namespace {

/* What is asked for, with x in rows. */
struct Products {
  Tensor rows;
  at::TensorList weights, biases;
  Tensor residual;  // in rows; not defined: none
  bool gated;

  OptionalTensor bias(size_t i) const { return biases.empty() ? OptionalTensor() : biases[i]; }
};

void check(const Products& p, const Tensor& x) {
  const auto count = static_cast<int64_t>(p.weights.size());
  TORCH_CHECK(count >= 1 && count <= kMostWeights, "`weights` must be 1 to ", kMostWeights, ", got ", count);
  TORCH_CHECK(p.biases.empty() || p.biases.size() == p.weights.size(), "`biases` must be none or as many as `weights`, ", count, ", got ",
              p.biases.size());
  for (const Tensor& weight : p.weights) {
    TORCH_CHECK(weight.dim() == 2 && weight.size(1) == x.size(-1), "each of `weights` must be (out, ", x.size(-1), ") for `x` ", x.sizes(), ", got ",
                weight.sizes());
    check_like(weight, "weights", x, "x");
  }
  TORCH_CHECK(!p.gated || (count == 2 && p.weights[0].sizes() == p.weights[1].sizes()), "`gated` takes two weights of one shape, got ", count);
  if (!p.residual.defined()) return;
  TORCH_CHECK(count == 1 || p.gated, "`residual` is added to one product, got ", count);
  TORCH_CHECK(p.residual.size(0) == p.rows.size(0) && p.residual.size(1) == p.weights[0].size(0), "`residual` must be as large as the result, (",
              p.rows.size(0), ", ", p.weights[0].size(0), ") in rows, got ", p.residual.sizes());
  check_like(p.residual, "residual", x, "x");
}

bool in_one_kernel(const Products& p) {
  for (size_t i = 0; i < p.weights.size(); ++i)
    if (!are_few(p.rows, p.weights[i], p.bias(i))) return false;
  return true;
}

std::vector<Tensor> one_kernel(const Products& p) {
  FewProducts few(p.rows);
  few.weights_stay();  // of a model that generates; the norm or attention between two products writes none
  std::vector<Tensor> results{few.product(p.weights[0], p.bias(0))};
  if (p.gated) few.gated_factor(p.weights[1], p.bias(1));
  else
    for (size_t i = 1; i < p.weights.size(); ++i) results.push_back(few.product(p.weights[i], p.bias(i)));
  if (p.residual.defined()) few.residual(p.residual);
  few.run();
  return results;
}

std::vector<Tensor> one_by_one(const Products& p) {
  std::vector<Tensor> results;
  for (size_t i = 0; i < p.weights.size(); ++i) results.push_back(at::linear(p.rows, p.weights[i], p.bias(i)));
  if (p.gated) results = {at::silu(results[0]).mul_(results[1])};
  if (p.residual.defined()) results[0].add_(p.residual);
  return results;
}

std::vector<Tensor> decode_linear(const Tensor& x, at::TensorList weights, at::TensorList biases, const OptionalTensor& residual, bool gated) {
  TORCH_CHECK(x.dim() >= 1, "`x` must be (..., in), got a number");
  const Products p{in_rows(x).contiguous(), weights, biases, residual.has_value() ? in_rows(*residual).contiguous() : Tensor(), gated};
  check(p, x);
  std::vector<Tensor> results = in_one_kernel(p) ? one_kernel(p) : one_by_one(p);
  for (Tensor& result : results) result = in_shape_of(result, x.sizes());
  return results;
}

std::vector<Tensor> decode_linear_autograd(const Tensor& x, at::TensorList weights, at::TensorList biases, const OptionalTensor& residual,
                                           bool gated) {
  TORCH_CHECK(!torch::autograd::compute_requires_grad(x, weights, biases, residual),
              "decode_linear has no gradient: it is for generating under noGrad");
  const at::AutoDispatchBelowADInplaceOrView below;
  return decode_linear(x, weights, biases, residual, gated);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("decode_linear(Tensor x, Tensor[] weights, Tensor[] biases, *, Tensor? residual=None, bool gated=False) -> Tensor[]");
}
TORCH_LIBRARY_IMPL(notebooster, CompositeExplicitAutograd, m) { m.impl("decode_linear", decode_linear); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("decode_linear", decode_linear_autograd); }

}  // namespace
}  // namespace notebooster::kernels
