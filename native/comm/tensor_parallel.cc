// Communication with a gradient, for tensor parallelism (Shoeybi et al. 2019, "Megatron-LM") and for sequence parallelism
// around it (Korthikanti et al. 2022). Each pair below is the other's gradient:
//   copy to the region (identity)  <->  reduce from it (all-reduce)
//   gather from the region         <->  scatter to it (this rank's part of a dimension)
//   all-gather a sequence          <->  reduce-scatter it
#include <ATen/WrapDimUtils.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../tensor/bindings.h"
#include "../tensor/describe.h"
#include "begin.h"

namespace notebooster {
namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using GroupPointer = c10::intrusive_ptr<Group>;

void wait_for(Group& group, Call call, const Start& start) {
  const auto [turn, work] = begin_collective(group, std::move(call), start);
  group.wait(*work, turn);
}

Tensor all_reduced(Group& group, const Tensor& x) {
  Tensor sum = x.clone(at::MemoryFormat::Contiguous);
  std::vector<Tensor> tensors{sum};
  wait_for(group, common_call("allReduce", sum, "sum"), [&](c10d::Backend& backend) { return backend.allreduce(tensors); });
  return sum;
}

/* Ranks' x one after another along dim. */
Tensor gathered(Group& group, const Tensor& x, int64_t dim) {
  const Tensor input = x.contiguous();
  std::vector<int64_t> shape = input.sizes().vec();
  shape.insert(shape.begin(), group.size());
  Tensor output = at::empty(shape, input.options());
  Tensor flat = output.view({-1});
  Tensor part = input.view({-1});
  wait_for(group, common_call("allGather", input), [&](c10d::Backend& backend) { return backend._allgather_base(flat, part); });
  return dim == 0 ? output.flatten(0, 1) : at::cat(output.unbind(0), dim);
}

void require_divisible(const Group& group, const Tensor& x, int64_t dim) {
  if (x.size(dim) % group.size() != 0)
    throw UserError("dimension " + std::to_string(dim) + " of " + describe(x) + " must be divisible by the group's " +
                    std::to_string(group.size()) + " ranks; pad it");
}

Tensor own_part(const Group& group, const Tensor& x, int64_t dim) {
  require_divisible(group, x, dim);
  const int64_t length = x.size(dim) / group.size();
  return x.narrow(dim, group.rank * length, length).contiguous();
}

/* This rank's part along dim of the sum of all ranks' x. */
Tensor reduce_scattered(Group& group, const Tensor& x, int64_t dim) {
  require_divisible(group, x, dim);
  Tensor input = dim == 0 ? x.contiguous() : at::cat(x.chunk(group.size(), dim), 0);
  std::vector<int64_t> shape = x.sizes().vec();
  shape[static_cast<size_t>(dim)] /= group.size();
  if (dim != 0) input = input.view({-1});
  Tensor output = at::empty(shape, x.options());
  Tensor flat = output.view({-1});
  Tensor whole = input.view({-1});
  wait_for(group, common_call("reduceScatter", output, "sum"),
           [&](c10d::Backend& backend) { return backend._reduce_scatter_base(flat, whole); });
  return output;
}

Tensor unchanged(Group&, const Tensor& x, int64_t) { return x.view_as(x); }
Tensor summed(Group& group, const Tensor& x, int64_t) { return all_reduced(group, x); }
Tensor split(Group& group, const Tensor& x, int64_t dim) { return own_part(group, x, dim); }

using Step = Tensor (*)(Group&, const Tensor&, int64_t);

/* Forward and Backward are the two of a pair. */
template <Step Forward, Step Backward>
struct Communicate : torch::autograd::Function<Communicate<Forward, Backward>> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const GroupPointer& group, int64_t dim) {
    context->saved_data["group"] = c10::IValue::make_capsule(group);
    context->saved_data["dim"] = dim;
    return Forward(*group, x, dim);
  }
  static variable_list backward(AutogradContext* context, const variable_list& gradients) {
    auto group = c10::static_intrusive_pointer_cast<Group>(context->saved_data["group"].toCapsule());
    return {Backward(*group, gradients[0].contiguous(), context->saved_data["dim"].toInt()), Tensor(), Tensor()};
  }
};

template <Step Forward, Step Backward>
Tensor communicate(const GroupPointer& group, const Tensor& x, int64_t dim) {
  return Communicate<Forward, Backward>::apply(x, group, at::maybe_wrap_dim(dim, x.dim()));
}

}  // namespace

void export_tensor_parallel(Napi::Object exports) {
  bind<communicate<unchanged, summed>>(exports, "copyToRegion");
  bind<communicate<summed, unchanged>>(exports, "reduceFromRegion");
  bind<communicate<gathered, split>>(exports, "gatherFromRegion");
  bind<communicate<split, gathered>>(exports, "scatterToRegion");
  bind<communicate<gathered, reduce_scattered>>(exports, "allGatherSequence");
  bind<communicate<reduce_scattered, gathered>>(exports, "reduceScatterSequence");
}

}  // namespace notebooster
