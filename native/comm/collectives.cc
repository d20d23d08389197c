// The collectives of c10d that all ranks call alike, each started by one call that returns the work under way; `wait` ends it.
#include <ATen/core/Tensor.h>

#include "../tensor/bindings.h"
#include "../tensor/describe.h"
#include "begin.h"
#include "pending_work.h"
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDAFunctions.h>
#endif

namespace notebooster {
namespace {

using at::Tensor;
using Tensors = std::vector<Tensor>;

c10d::ReduceOp reduce_op(const Group& group, const std::string& name) {
  if (name == "sum") return c10d::ReduceOp::SUM;
  if (name == "avg") return group.is_nccl() ? c10d::ReduceOp::AVG : c10d::ReduceOp::SUM;
  if (name == "max") return c10d::ReduceOp::MAX;
  if (name == "min") return c10d::ReduceOp::MIN;
  if (name == "product") return c10d::ReduceOp::PRODUCT;
  throw UserError("unknown reduction \"" + name + "\"; allowed: sum, avg, max, min, product");
}

/* Gloo has no average: its sum is divided once it is there. */
std::function<void()> divide_if_averaged(const Group& group, const std::string& name, const Tensor& result) {
  if (name != "avg" || group.is_nccl()) return {};
  if (!c10::isFloatingType(result.scalar_type()))
    throw UserError("an average needs floating-point numbers, got " + describe(result));
  return [result, size = group.size()]() mutable { result.div_(size); };
}

using Flag = std::optional<bool>;
using Subject = std::optional<std::string>;

PendingPointer begin(const GroupPointer& group, Call call, const Start& start, std::function<void()> after = {}) {
  Begun begun = begin_collective(*group, std::move(call), start);
  // A synchronous collective of NCCL has no work: it is in the current stream already.
  return std::make_unique<PendingWork>(group, std::move(begun.turn), std::move(begun.work), std::move(after));
}

std::string at_root(int64_t root) { return "root " + std::to_string(root); }

/* What a call is about, which is to be the same on all ranks; calls of equal shapes are told apart by it. */
std::string about(const Subject& of) { return of ? "of " + *of : ""; }

PendingPointer all_reduce(const GroupPointer& group, const Tensor& tensor, const std::string& op, Flag is_async) {
  Tensors tensors{tensor};
  c10d::AllreduceOptions options;
  options.reduceOp = reduce_op(*group, op);
  options.asyncOp = is_async.value_or(false);
  return begin(group, common_call("allReduce", tensor, op), [&](c10d::Backend& backend) { return backend.allreduce(tensors, options); },
               divide_if_averaged(*group, op, tensor));
}

PendingPointer broadcast(const GroupPointer& group, const Tensor& tensor, int64_t root, Flag is_async, const Subject& of) {
  Tensors tensors{tensor};
  c10d::BroadcastOptions options;
  options.rootRank = root;
  options.asyncOp = is_async.value_or(false);
  const std::string details = of ? at_root(root) + ' ' + about(of) : at_root(root);
  return begin(group, common_call("broadcast", tensor, details), [&](c10d::Backend& backend) { return backend.broadcast(tensors, options); });
}

/* The result is on `root` alone; other ranks' tensors are left undefined. */
PendingPointer reduce(const GroupPointer& group, const Tensor& tensor, const std::string& op, int64_t root) {
  Tensors tensors{tensor};
  c10d::ReduceOptions options;
  options.reduceOp = reduce_op(*group, op);
  options.rootRank = root;
  return begin(group, common_call("reduce", tensor, op + ' ' + at_root(root)), [&](c10d::Backend& backend) { return backend.reduce(tensors, options); },
               divide_if_averaged(*group, op, tensor));
}

/* output (size * n), input (n) */
PendingPointer all_gather(const GroupPointer& group, Tensor output, Tensor input, Flag is_async, const Subject& of) {
  c10d::AllgatherOptions options;
  options.asyncOp = is_async.value_or(false);
  return begin(group, common_call("allGather", input, about(of)), [&](c10d::Backend& backend) { return backend._allgather_base(output, input, options); });
}

/* outputs: one a rank */
PendingPointer all_gather_list(const GroupPointer& group, const Tensors& given, const Tensor& input, const Subject& of) {
  std::vector<Tensors> outputs{given};
  Tensors inputs{input};
  const std::string details = of ? "into a list " + about(of) : "into a list";
  return begin(group, common_call("allGather", input, details), [&](c10d::Backend& backend) { return backend.allgather(outputs, inputs); });
}

/* output (n), input (size * n) */
PendingPointer reduce_scatter(const GroupPointer& group, Tensor output, Tensor input, const std::string& op, Flag is_async) {
  c10d::ReduceScatterOptions options;
  options.reduceOp = reduce_op(*group, op);
  options.asyncOp = is_async.value_or(false);
  return begin(group, common_call("reduceScatter", output, op),
               [&](c10d::Backend& backend) { return backend._reduce_scatter_base(output, input, options); },
               divide_if_averaged(*group, op, output));
}

/* inputs: one a rank */
PendingPointer reduce_scatter_list(const GroupPointer& group, const Tensor& output, const Tensors& given, const std::string& op) {
  Tensors outputs{output};
  std::vector<Tensors> inputs{given};
  c10d::ReduceScatterOptions options;
  options.reduceOp = reduce_op(*group, op);
  return begin(group, common_call("reduceScatter", output, op + " of a list"),
               [&](c10d::Backend& backend) { return backend.reduce_scatter(outputs, inputs, options); },
               divide_if_averaged(*group, op, output));
}

/* c10d takes the tensors of all ranks on the root, and none elsewhere. */
std::vector<Tensors> on_root(const Tensors& given) { return given.empty() ? std::vector<Tensors>() : std::vector<Tensors>{given}; }

/* outputs: one a rank on `root`, else none */
PendingPointer gather(const GroupPointer& group, const Tensors& given, const Tensor& input, int64_t root) {
  std::vector<Tensors> outputs = on_root(given);
  Tensors inputs{input};
  c10d::GatherOptions options;
  options.rootRank = root;
  return begin(group, common_call("gather", input, at_root(root)), [&](c10d::Backend& backend) { return backend.gather(outputs, inputs, options); });
}

/* inputs: one a rank on `root`, else none */
PendingPointer scatter(const GroupPointer& group, const Tensor& output, const Tensors& given, int64_t root) {
  Tensors outputs{output};
  std::vector<Tensors> inputs = on_root(given);
  c10d::ScatterOptions options;
  options.rootRank = root;
  return begin(group, common_call("scatter", output, at_root(root)), [&](c10d::Backend& backend) { return backend.scatter(outputs, inputs, options); });
}

PendingPointer barrier(const GroupPointer& group) {
  c10d::BarrierOptions options;
#ifdef NOTEBOOSTER_CUDA
  if (group->is_nccl()) options.device = at::Device(at::kCUDA, c10::cuda::current_device());
#endif
  return begin(group, common_call("barrier"), [&](c10d::Backend& backend) { return backend.barrier(options); });
}

/* On CUDA it orders the current stream after the collective, on the CPU it blocks. */
void wait(PendingWork& pending) {
  if (!pending.work) return;
  const auto work = std::move(pending.work);
  pending.group->wait(*work, pending.turn);
  if (const auto after = std::exchange(pending.after, {})) after();  // gone as well: it holds the result
}

/* Without waiting. */
bool is_completed(PendingWork& pending) { return !pending.work || pending.work->isCompleted(); }

}  // namespace

void export_collectives(Napi::Object exports) {
  bind<all_reduce>(exports, "allReduce");
  bind<broadcast>(exports, "broadcast");
  bind<reduce>(exports, "reduce");
  bind<all_gather>(exports, "allGather");
  bind<all_gather_list>(exports, "allGatherList");
  bind<reduce_scatter>(exports, "reduceScatter");
  bind<reduce_scatter_list>(exports, "reduceScatterList");
  bind<gather>(exports, "gather");
  bind<scatter>(exports, "scatter");
  bind<barrier>(exports, "barrier");
  bind<wait>(exports, "wait");
  bind<is_completed>(exports, "isCompleted");
}

}  // namespace notebooster
