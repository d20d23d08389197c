#include "autograd.h"

#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/accumulate_grad.h>
#include <torch/csrc/autograd/variable.h>

#include <algorithm>
#include <unordered_set>

#include "../tensor/chunk.h"
#include "../tensor/bindings.h"

namespace notebooster {
namespace {

using at::Tensor;
using torch::autograd::AccumulateGrad;
using torch::autograd::Node;
using torch::autograd::variable_list;

std::string kind_of(const Tensor& tensor) {
  return std::string(dtype_name(tensor.scalar_type())) + " on " + device_name(tensor.device());
}

/* Accumulates into the `grad` of every leaf that was reached; a gradient may be left out where an output is one number. */
void backward(const std::vector<Tensor>& outputs, const std::vector<std::optional<Tensor>>& gradients) {
  std::vector<Tensor> seeds;
  seeds.reserve(gradients.size());
  for (const auto& gradient : gradients) seeds.push_back(gradient.value_or(Tensor()));
  torch::autograd::backward(outputs, seeds);
}

/* [handle of a leaf with a gradient, address of the gradient, version of the gradient, ...]: who compares two of these sees which
   gradients have been written in between. */
Napi::Float64Array gradients(Napi::Env env) {
  std::vector<double> list;
  for_each_live([&](const LiveTensor& live) {
    if (!live.tensor.is_leaf() || !live.tensor.mutable_grad().defined()) return;
    const Tensor& gradient = live.tensor.mutable_grad();
    const auto address = reinterpret_cast<uintptr_t>(gradient.unsafeGetTensorImpl());
    list.insert(list.end(), {live.handle, static_cast<double>(address), static_cast<double>(gradient._version())});
  });
  auto numbers = Napi::Float64Array::New(env, list.size());  // an array of JavaScript's takes ten times as long
  std::ranges::copy(list, numbers.Data());
  return numbers;
}

/* On the leaf with which everything after a block begins: a pass that reaches it once its handle was released fails, for the graph
   that lay before it is gone, used up by another pass or freed with the scope of its forward pass. */
struct CutLeaf : torch::autograd::FunctionPreHook {
  CutLeaf(double handle, std::string maker) : handle(handle), maker(std::move(maker)) {}

  variable_list operator()(const variable_list& gradients) override {
    if (is_live(handle)) return gradients;
    throw std::runtime_error(
        "backward: part of what this loss depends on is gone: it has had its backward pass already, or the scope in which "
        "forward ran has ended (scoped, a DataLoader step); add losses up and go backward once, within that scope");
  }

  const double handle;
  const std::string maker;
};

const CutLeaf* cut_leaf(const Tensor& tensor) {
  if (!tensor.requires_grad()) return nullptr;  // it may have nothing to hold hooks
  for (const auto& hook : torch::autograd::impl::hooks(tensor))
    if (const auto* found = dynamic_cast<const CutLeaf*>(hook.get())) return found;
  return nullptr;
}

/* Name of the function that computed the tensor, also where it is cut off its graph; empty for other leaves. */
std::string maker(const Tensor& tensor) {
  if (const auto& function = tensor.grad_fn()) return function->name();
  const CutLeaf* leaf = cut_leaf(tensor);
  return leaf ? leaf->maker : "";
}

/* A leaf with the numbers of `output`, which begins everything after it. */
double cut(Napi::Env, const Tensor& output) {
  const Tensor leaf = output.detach().set_requires_grad(true);
  const double handle = store(leaf);
  torch::autograd::impl::add_hook(leaf, std::make_unique<CutLeaf>(handle, maker(output)));
  return handle;
}

/* The leaves that a backward pass from `output` reaches without going through a block. */
std::unordered_set<const c10::TensorImpl*> leaves_before(const Tensor& output) {
  std::unordered_set<const c10::TensorImpl*> leaves;
  std::unordered_set<const Node*> seen;
  const auto root = torch::autograd::impl::gradient_edge(output);  // nothing else holds the node of a leaf
  std::vector<Node*> waiting{root.function.get()};
  while (!waiting.empty()) {
    Node* node = waiting.back();
    waiting.pop_back();
    if (node == nullptr || !seen.insert(node).second) continue;
    if (const auto* end = dynamic_cast<AccumulateGrad*>(node); end != nullptr && cut_leaf(end->variable) == nullptr)
      leaves.insert(end->variable.unsafeGetTensorImpl());
    for (const auto& edge : node->next_edges()) waiting.push_back(edge.function.get());
  }
  return leaves;
}

/* Their handles. */
std::vector<double> reached_leaves(const Tensor& output) {
  std::vector<double> handles;
  const auto leaves = leaves_before(output);
  if (leaves.empty()) return handles;
  for_each_live([&](const LiveTensor& live) {
    if (leaves.contains(live.tensor.unsafeGetTensorImpl())) handles.push_back(live.handle);
  });
  return handles;
}

/* Gradients that reach `old` have nowhere to go. */
void refuse_gradients(const Tensor& old, const Tensor& by) {
  const std::string text = "backward: a tensor of shape " + c10::str(old.sizes()) + " was moved or converted after the forward pass (" +
                           kind_of(old) + " to " + kind_of(by) + "), and its gradient would be lost; call to() before the forward pass";
  old.register_hook([text](const Tensor&) -> Tensor { throw std::runtime_error(text); });
}

/* What takes the place of `old`: over the memory of `by`, with its own count of writes. */
Tensor successor(const Tensor& old, const Tensor& by) {
  refuse_chunk(old, "moving or converting");
  if (old.is_leaf() && old.requires_grad() && torch::autograd::impl::try_get_grad_accumulator(old)) refuse_gradients(old, by);
  const Tensor made(by.variable_data());
  made.set_requires_grad(old.requires_grad());
  return made;
}

void set_grad(const Tensor& tensor, const std::optional<Tensor>& gradient) { tensor.mutable_grad() = gradient.value_or(Tensor()); }

void mark_written(const std::vector<Tensor>& tensors) {
  for (const Tensor& tensor : tensors) tensor.unsafeGetTensorImpl()->bump_version();
}

}  // namespace

void export_autograd(Napi::Object exports) {
  bind<[](const Tensor& tensor) { return tensor.grad(); }>(exports, "grad");
  bind<gradients>(exports, "gradients");
  bind_retrying<cut>(exports, "cut");
  bind<maker>(exports, "maker");
  bind<[](const Tensor& tensor) { return tensor.is_leaf(); }>(exports, "isLeaf");
  bind<reached_leaves>(exports, "reachedLeaves");
  bind<successor>(exports, "successor");
  bind<backward>(exports, "backward");
  bind<set_grad>(exports, "setGrad");
  bind<mark_written>(exports, "markWritten");
  bind_retrying<[](const Tensor& tensor) { return tensor; }>(exports, "alias");
  bind_retrying<[](const Tensor& tensor) { return tensor.detach(); }>(exports, "detach");
  bind<[](Napi::Env env, Handle handle) { return unwrap(env, handle.number).use_count(); }>(exports, "useCount");
  bind<[](const Tensor& tensor) { return tensor._version(); }>(exports, "version");
  bind<[](const Tensor& tensor) { return tensor.requires_grad(); }>(exports, "requiresGrad");
  bind<[](const Tensor& tensor, bool requires_grad) { tensor.set_requires_grad(requires_grad); }>(exports, "setRequiresGrad");
  bind<at::GradMode::is_enabled>(exports, "gradEnabled");
  bind<at::GradMode::set_enabled>(exports, "setGradEnabled");
}

}  // namespace notebooster
