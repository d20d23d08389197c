// What nodes of products with weights share: rows, gradients written into their places, and the making of nodes.
#pragma once
#include <torch/csrc/autograd/functions/accumulate_grad.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include "../autograd/gradient_place.h"
#include "torch_side.h"

namespace notebooster::kernels {

using torch::autograd::Edge;
using torch::autograd::SavedVariable;
using torch::autograd::variable_list;
using OptionalTensor = std::optional<Tensor>;

/* (..., n) as (rows, n). */
inline Tensor in_rows(const Tensor& x) {
  if (x.dim() == 2) return x;
  const auto leading = x.sizes().slice(0, x.dim() - 1);
  return x.reshape({c10::multiply_integers(leading), x.size(-1)});
}

/* The rows (n, m) of a product with the leading sizes that x had. */
inline Tensor in_shape_of(const Tensor& rows, c10::IntArrayRef x_sizes) {
  if (x_sizes.size() == 2) return rows;
  c10::DimVector shape(x_sizes);
  shape.back() = rows.size(1);
  return rows.view(shape);
}

/* Has `write` put a gradient into the place of the parameter at the end of `edge`, or add it there. False when it has no place or
   has a gradient elsewhere, or when this pass is to be differentiated itself. */
template <typename Write>
bool write_in_place(const Edge& edge, const Write& write) {
  auto* end = dynamic_cast<torch::autograd::AccumulateGrad*>(edge.function.get());
  if (end == nullptr || at::GradMode::is_enabled()) return false;
  const Tensor place = place_of_gradient(end->variable);
  Tensor& gradient = end->variable.mutable_grad();
  if (!place.defined() || (gradient.defined() && !gradient.is_same(place))) return false;
  write(place, gradient.defined());
  gradient = place;
  return true;
}

/* Nodes are held by std::shared_ptr in PyTorch 2.11, where deep graphs need its deleter, and by an intrusive pointer in 2.13. */
template <typename T>
auto make_node() {
  if constexpr (std::is_same_v<decltype(Edge::function), std::shared_ptr<torch::autograd::Node>>)
    return std::shared_ptr<T>(new T, [](T* node) { deleteNode(node); });
  else
    return c10::make_intrusive<T>();
}

}  // namespace notebooster::kernels
