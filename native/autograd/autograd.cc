#include "autograd.h"

#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/variable.h>

#include "../tensor/chunk.h"
#include "../tensor/fast_binding.h"

namespace notebooster {
namespace {

using at::Tensor;

std::string kind_of(const Tensor& tensor) {
  return std::string(dtype_name(tensor.scalar_type())) + " on " + device_name(tensor.device());
}

/* backward(outputs, gradients | null[]): accumulates into the `grad` of every leaf that was reached. */
void backward(const std::vector<Tensor>& outputs, const std::vector<std::optional<Tensor>>& gradients) {
  std::vector<Tensor> seeds;
  seeds.reserve(gradients.size());
  for (const auto& gradient : gradients) seeds.push_back(gradient.value_or(Tensor()));
  torch::autograd::backward(outputs, seeds);
}

napi_value grad(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return wrap(env, unwrap(env, arguments[0]).grad());
}

/* gradients() -> [handle of a leaf with a gradient, address of the gradient, version of the gradient, ...]: who compares two of
   these sees which gradients have been written in between. */
napi_value gradients(napi_env env, napi_callback_info) {
  napi_value list;
  uint32_t length = 0;
  check(env, napi_create_array(env, &list));
  const auto push = [&](double value) { check(env, napi_set_element(env, list, length++, from_double(env, value))); };
  for_each_live([&](const LiveTensor& live) {
    if (!live.tensor.is_leaf() || !live.tensor.mutable_grad().defined()) return;
    const Tensor& gradient = live.tensor.mutable_grad();
    push(live.handle);
    push(static_cast<double>(reinterpret_cast<uintptr_t>(gradient.unsafeGetTensorImpl())));
    push(gradient._version());
  });
  return list;
}

/* guardLeaf(leaf): a backward pass that reaches the leaf once its handle was released fails, for the graph that lay before it
   is gone: used up by another pass, or freed with the scope of its forward pass. */
napi_value guard_leaf(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const double handle = to_double(env, arguments[0]);
  unwrap(env, handle).register_hook([handle](const Tensor&) -> Tensor {
    if (!is_live(handle)) {
      throw std::runtime_error(
          "backward: part of what this loss depends on is gone: it has had its backward pass already, or the scope in which "
          "forward ran has ended (scoped, a DataLoader step); add losses up and go backward once, within that scope");
    }
    return Tensor();
  });
  return undefined(env);
}

/* Gradients that reach `old` have nowhere to go. */
void refuse_gradients(const Tensor& old, const Tensor& by) {
  const std::string text = "backward: a tensor of shape " + c10::str(old.sizes()) + " was moved or converted after the forward pass (" +
                           kind_of(old) + " to " + kind_of(by) + "), and its gradient would be lost; call to() before the forward pass";
  old.register_hook([text](const Tensor&) -> Tensor { throw std::runtime_error(text); });
}

/* successor(old, by) -> the tensor that takes the place of `old`: over the memory of `by`, with its own count of writes. */
napi_value successor(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const Tensor& old = unwrap(env, arguments[0]);
  const Tensor& by = unwrap(env, arguments[1]);
  refuse_chunk(old, "moving or converting");
  if (old.is_leaf() && old.requires_grad() && torch::autograd::impl::try_get_grad_accumulator(old)) refuse_gradients(old, by);
  const Tensor made(by.variable_data());
  made.set_requires_grad(old.requires_grad());
  return wrap(env, made);
}

napi_value grad_function_name(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& function = unwrap(env, arguments[0]).grad_fn();
  return from_string(env, function ? function->name() : "");
}

}  // namespace

void export_autograd(napi_env env, napi_value exports) {
  export_guarded<grad>(env, exports, "grad");
  export_guarded<gradients>(env, exports, "gradients");
  export_guarded<guard_leaf>(env, exports, "guardLeaf");
  export_guarded<successor>(env, exports, "successor");
  export_guarded<grad_function_name>(env, exports, "gradFunctionName");
  export_fast(env, exports, "backward",
              [](const std::vector<Tensor>& outputs, const std::vector<std::optional<Tensor>>& gradients) {
                backward(outputs, gradients);
              });
  export_fast(env, exports, "setGrad", [](const Tensor& tensor, const std::optional<Tensor>& gradient) {
    tensor.mutable_grad() = gradient.value_or(Tensor());
  });
  export_fast(env, exports, "alias", [](const Tensor& tensor) { return tensor; });
  export_fast(env, exports, "useCount", [](const Tensor& tensor) { return static_cast<double>(tensor.use_count()); });
  export_fast(env, exports, "version", [](const Tensor& tensor) { return static_cast<double>(tensor._version()); });
  export_fast(env, exports, "markWritten", [](const std::vector<Tensor>& tensors) {
    for (const Tensor& tensor : tensors) tensor.unsafeGetTensorImpl()->bump_version();
  });
  export_fast(env, exports, "detach", [](const Tensor& tensor) { return tensor.detach(); });
  export_fast(env, exports, "requiresGrad", [](const Tensor& tensor) { return tensor.requires_grad(); });
  export_fast(env, exports, "setRequiresGrad",
              [](const Tensor& tensor, bool requires_grad) { tensor.set_requires_grad(requires_grad); });
  export_fast(env, exports, "gradEnabled", []() { return at::GradMode::is_enabled(); });
  export_fast(env, exports, "setGradEnabled", [](bool enabled) { at::GradMode::set_enabled(enabled); });
}

}  // namespace notebooster
