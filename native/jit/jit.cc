// Fused pointwise functions as autograd sees them: a forward kernel, and a backward kernel that computes the forward pass anew
// from its inputs. A gradient of an input that was broadcast is summed over the dimensions it was spread over.
#include "jit.h"

#include <ATen/ExpandUtils.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../tensor/fast_binding.h"
#include "pointwise.h"

namespace notebooster {
namespace jit {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/* Inputs of the backward kernel: the forward inputs named in `reads`, then the outputs' gradients. */
struct Backward {
  std::shared_ptr<PointwiseKernel> kernel;
  std::vector<int64_t> reads, targets;  // indices of forward inputs: read, and given a gradient
  std::vector<int64_t> sources;         // the output that is the gradient of each target
};

struct Pointwise : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4a49'5450'5731;
  static constexpr const char* kName = "fused pointwise function";
  std::shared_ptr<PointwiseKernel> forward;
  std::shared_ptr<Backward> backward;  // null: nothing to train
  Pointwise() : Tagged(kTag) {}
};

struct Call {
  const Pointwise& function;
  const std::vector<float>& scalars;
};

/* Kept by the graph of one call. */
struct Recorded : torch::CustomClassHolder {
  std::shared_ptr<Backward> backward;
  std::vector<float> scalars;
  std::vector<std::vector<int64_t>> shapes;  // of the inputs
};

struct PointwiseFunction : torch::autograd::Function<PointwiseFunction> {
  static variable_list forward(AutogradContext* context, at::TensorList inputs, const Call& call) {
    const at::AutoDispatchBelowADInplaceOrView below;
    auto recorded = c10::make_intrusive<Recorded>();
    recorded->backward = call.function.backward;
    recorded->scalars = call.scalars;
    for (const Tensor& input : inputs) recorded->shapes.push_back(input.sizes().vec());
    variable_list read;
    for (const int64_t index : recorded->backward->reads) read.push_back(inputs[index]);
    context->save_for_backward(std::move(read));
    context->saved_data["recorded"] = c10::IValue::make_capsule(std::move(recorded));
    return call.function.forward->run(inputs.vec(), call.scalars);
  }

  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    const auto capsule = context->saved_data["recorded"].toCapsule();
    const auto& recorded = static_cast<const Recorded&>(*capsule);
    const auto& [kernel, reads, targets, sources] = *recorded.backward;
    variable_list inputs = context->get_saved_variables();
    inputs.insert(inputs.end(), gradients.begin(), gradients.end());
    const std::vector<Tensor> found = kernel->run(inputs, recorded.scalars);
    variable_list results(recorded.shapes.size() + 1);  // and one, undefined, for the call
    for (size_t i = 0; i < targets.size(); ++i)
      results[targets[i]] = at::sum_to(found[sources[i]], recorded.shapes[targets[i]]);
    return results;
  }
};

std::shared_ptr<PointwiseKernel> read_kernel(napi_env env, napi_value source, napi_value outputs) {
  return std::make_shared<PointwiseKernel>(to_string(env, source), Read<std::vector<at::ScalarType>>::from(env, outputs));
}

/* create(source, outputDtypes, backwardSource?, gradientDtypes, reads, targets, sources) */
napi_value create_pointwise(napi_env env, napi_callback_info info) {
  const Arguments<7> arguments(env, info);
  auto function = std::make_unique<Pointwise>();
  function->forward = read_kernel(env, arguments[0], arguments[1]);
  if (!is_nullish(env, arguments[2])) {
    using Indices = std::vector<int64_t>;
    function->backward = std::make_shared<Backward>(
        Backward{read_kernel(env, arguments[2], arguments[3]), Read<Indices>::from(env, arguments[4]),
                 Read<Indices>::from(env, arguments[5]), Read<Indices>::from(env, arguments[6])});
  }
  return make_external(env, function.release());
}

/* run(function, inputs, scalars) -> outputs */
napi_value run_pointwise(napi_env env, napi_callback_info info) {
  const Arguments<3> arguments(env, info);
  const auto& function = external<Pointwise>(env, arguments[0]);
  const auto inputs = Read<std::vector<Tensor>>::from(env, arguments[1]);
  const auto numbers = Read<std::vector<double>>::from(env, arguments[2]);
  const std::vector<float> scalars(numbers.begin(), numbers.end());
  if (function.backward) return write(env, PointwiseFunction::apply(at::TensorList(inputs), Call{function, scalars}));
  const at::AutoDispatchBelowADInplaceOrView below;
  return write(env, function.forward->run(inputs, scalars));
}

}  // namespace
}  // namespace jit

void export_jit(napi_env env, napi_value exports) {
  napi_value functions;
  check(env, napi_create_object(env, &functions));
  export_guarded<jit::create_pointwise>(env, functions, "create");
  export_guarded<jit::run_pointwise>(env, functions, "run");
  check(env, napi_set_named_property(env, exports, "pointwise", functions));
}

}  // namespace notebooster
