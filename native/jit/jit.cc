// Fused pointwise functions as autograd sees them: a forward kernel, and a backward kernel that computes the forward pass anew
// from its inputs. A gradient of an input that was broadcast is summed over the dimensions it was spread over.
#include "jit.h"

#include <ATen/ExpandUtils.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../tensor/bindings.h"
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

using Indices = std::vector<int64_t>;

std::shared_ptr<PointwiseKernel> read_kernel(const Napi::Object& given) {
  return std::make_shared<PointwiseKernel>(field<std::string>(given, "source"), field<std::vector<at::ScalarType>>(given, "outputs"));
}

std::shared_ptr<Backward> read_backward(const Napi::Object& given) {
  return std::make_shared<Backward>(Backward{
      .kernel = read_kernel(given),
      .reads = field<Indices>(given, "reads"),
      .targets = field<Indices>(given, "targets"),
      .sources = field<Indices>(given, "sources"),
  });
}

/* forward: { source, outputs: dtypes }; backward, if any: { source, outputs, reads, targets, sources } */
std::unique_ptr<Pointwise> create(Napi::Object forward, std::optional<Napi::Object> backward) {
  auto function = std::make_unique<Pointwise>();
  function->forward = read_kernel(forward);
  if (backward) function->backward = read_backward(*backward);
  return function;
}

std::vector<Tensor> run(Pointwise& function, const std::vector<Tensor>& inputs, const std::vector<double>& numbers) {
  const std::vector<float> scalars(numbers.begin(), numbers.end());
  if (function.backward) return PointwiseFunction::apply(at::TensorList(inputs), Call{function, scalars});
  const at::AutoDispatchBelowADInplaceOrView below;
  return function.forward->run(inputs, scalars);
}

}  // namespace
}  // namespace jit

void export_jit(Napi::Object exports) {
  auto functions = Napi::Object::New(exports.Env());
  bind<jit::create>(functions, "create");
  bind<jit::run>(functions, "run");
  exports.Set("pointwise", functions);
}

}  // namespace notebooster
