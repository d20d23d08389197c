// The collectives of c10d, each started by one call that returns the work under way; `wait` ends it.
#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>

#include "../tensor/fast_binding.h"
#include "begin.h"
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDAFunctions.h>
#endif

namespace notebooster {
namespace {

using at::Tensor;
using Tensors = std::vector<Tensor>;
using Work = c10::intrusive_ptr<c10d::Work>;

struct PendingWork : Tagged {
  static constexpr uint64_t kTag = 0x4e42'574f'524b'5321;
  static constexpr const char* kName = "collective";
  c10::intrusive_ptr<Group> group;
  Turn turn;
  Work work;                    // gone once waited for: it holds the tensors
  std::function<void()> after;  // what is left to do once it is complete
  PendingWork(c10::intrusive_ptr<Group> group, Turn turn, Work work, std::function<void()> after)
      : Tagged(kTag), group(std::move(group)), turn(std::move(turn)), work(std::move(work)), after(std::move(after)) {}
};

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

/* Work between two ranks, or null while a batch collects it. */
napi_value pending(napi_env env, const c10::intrusive_ptr<Group>& group, Begun begun) {
  if (!begun.work) return null(env);
  return make_external(env, new PendingWork(group, std::move(begun.turn), std::move(begun.work), {}));
}

napi_value begin(napi_env env, const c10::intrusive_ptr<Group>& group, Call call, const Start& start,
                 std::function<void()> after = {}) {
  Begun begun = begin_collective(*group, std::move(call), start);
  // A synchronous collective of NCCL has no work: it is in the current stream already.
  return make_external(env, new PendingWork(group, std::move(begun.turn), std::move(begun.work), std::move(after)));
}

std::string at_root(int64_t root) { return "root " + std::to_string(root); }

bool flag(napi_env env, napi_value value) { return !is_nullish(env, value) && to_bool(env, value); }

Tensors tensors_of(napi_env env, napi_value value) { return Read<Tensors>::from(env, value); }

/* allReduce(group, tensor, op, isAsync) */
napi_value all_reduce(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  Tensors tensors{unwrap(env, arguments[1])};
  const std::string op = to_string(env, arguments[2]);
  c10d::AllreduceOptions options;
  options.reduceOp = reduce_op(*group, op);
  options.asyncOp = flag(env, arguments[3]);
  return begin(env, group, common_call("allReduce", tensors[0], op), [&](c10d::Backend& backend) { return backend.allreduce(tensors, options); },
               divide_if_averaged(*group, op, tensors[0]));
}

/* broadcast(group, tensor, root, isAsync) */
napi_value broadcast(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  Tensors tensors{unwrap(env, arguments[1])};
  c10d::BroadcastOptions options;
  options.rootRank = to_int64(env, arguments[2]);
  options.asyncOp = flag(env, arguments[3]);
  return begin(env, group_of(env, arguments[0]), common_call("broadcast", tensors[0], at_root(options.rootRank)),
               [&](c10d::Backend& backend) { return backend.broadcast(tensors, options); });
}

/* reduce(group, tensor, op, root): the result is on `root` alone; other ranks' tensors are left undefined */
napi_value reduce(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  Tensors tensors{unwrap(env, arguments[1])};
  const std::string op = to_string(env, arguments[2]);
  c10d::ReduceOptions options;
  options.reduceOp = reduce_op(*group, op);
  options.rootRank = to_int64(env, arguments[3]);
  return begin(env, group, common_call("reduce", tensors[0], op + ' ' + at_root(options.rootRank)), [&](c10d::Backend& backend) { return backend.reduce(tensors, options); },
               divide_if_averaged(*group, op, tensors[0]));
}

/* allGather(group, output (size * n), input (n), isAsync) */
napi_value all_gather(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  Tensor output = unwrap(env, arguments[1]);
  Tensor input = unwrap(env, arguments[2]);
  c10d::AllgatherOptions options;
  options.asyncOp = flag(env, arguments[3]);
  return begin(env, group_of(env, arguments[0]), common_call("allGather", input),
               [&](c10d::Backend& backend) { return backend._allgather_base(output, input, options); });
}

/* allGatherList(group, outputs: one a rank, input) */
napi_value all_gather_list(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  std::vector<Tensors> outputs{tensors_of(env, arguments[1])};
  Tensors inputs{unwrap(env, arguments[2])};
  return begin(env, group_of(env, arguments[0]), common_call("allGather", inputs[0], "into a list"),
               [&](c10d::Backend& backend) { return backend.allgather(outputs, inputs); });
}

/* reduceScatter(group, output (n), input (size * n), op, isAsync) */
napi_value reduce_scatter(napi_env env, napi_callback_info info) {
  Arguments<5> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  Tensor output = unwrap(env, arguments[1]);
  Tensor input = unwrap(env, arguments[2]);
  const std::string op = to_string(env, arguments[3]);
  c10d::ReduceScatterOptions options;
  options.reduceOp = reduce_op(*group, op);
  options.asyncOp = flag(env, arguments[4]);
  return begin(env, group, common_call("reduceScatter", output, op),
               [&](c10d::Backend& backend) { return backend._reduce_scatter_base(output, input, options); },
               divide_if_averaged(*group, op, output));
}

/* reduceScatterList(group, output, inputs: one a rank, op) */
napi_value reduce_scatter_list(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  Tensors outputs{unwrap(env, arguments[1])};
  std::vector<Tensors> inputs{tensors_of(env, arguments[2])};
  const std::string op = to_string(env, arguments[3]);
  c10d::ReduceScatterOptions options;
  options.reduceOp = reduce_op(*group, op);
  return begin(env, group, common_call("reduceScatter", outputs[0], op + " of a list"),
               [&](c10d::Backend& backend) { return backend.reduce_scatter(outputs, inputs, options); },
               divide_if_averaged(*group, op, outputs[0]));
}

/* gather(group, outputs: one a rank on `root`, else none, input, root) */
napi_value gather(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  std::vector<Tensors> outputs;
  if (Tensors given = tensors_of(env, arguments[1]); !given.empty()) outputs.push_back(std::move(given));
  Tensors inputs{unwrap(env, arguments[2])};
  c10d::GatherOptions options;
  options.rootRank = to_int64(env, arguments[3]);
  return begin(env, group_of(env, arguments[0]), common_call("gather", inputs[0], at_root(options.rootRank)),
               [&](c10d::Backend& backend) { return backend.gather(outputs, inputs, options); });
}

/* scatter(group, output, inputs: one a rank on `root`, else none, root) */
napi_value scatter(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  Tensors outputs{unwrap(env, arguments[1])};
  std::vector<Tensors> inputs;
  if (Tensors given = tensors_of(env, arguments[2]); !given.empty()) inputs.push_back(std::move(given));
  c10d::ScatterOptions options;
  options.rootRank = to_int64(env, arguments[3]);
  return begin(env, group_of(env, arguments[0]), common_call("scatter", outputs[0], at_root(options.rootRank)),
               [&](c10d::Backend& backend) { return backend.scatter(outputs, inputs, options); });
}

/* allToAll(group, output, input, outputSplits, inputSplits): rows for each rank; no splits: equal parts */
napi_value all_to_all(napi_env env, napi_callback_info info) {
  Arguments<5> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  Tensor output = unwrap(env, arguments[1]);
  Tensor input = unwrap(env, arguments[2]);
  const auto output_splits = Read<std::vector<int64_t>>::from(env, arguments[3]);
  const auto input_splits = Read<std::vector<int64_t>>::from(env, arguments[4]);
  return pending(env, group, begin_all_to_all(*group, {output, output_splits}, {input, input_splits}));
}

napi_value barrier(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  c10d::BarrierOptions options;
#ifdef NOTEBOOSTER_CUDA
  if (group->is_nccl()) options.device = at::Device(at::kCUDA, c10::cuda::current_device());
#endif
  return begin(env, group, common_call("barrier"), [&](c10d::Backend& backend) { return backend.barrier(options); });
}

/* send(group, tensor, peer, tag) and receive(group, tensor, peer, tag) */
template <bool IsSend>
napi_value transfer(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  const auto peer = static_cast<int>(to_int64(env, arguments[2]));
  const auto tag = static_cast<int>(to_int64(env, arguments[3]));
  return pending(env, group, begin_transfer(*group, {unwrap(env, arguments[1]), IsSend, peer, tag}));
}

/* beginBatch(group): NCCL collects sends and receives until endBatch(group), which returns their common work or null. */
napi_value begin_batch(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const Turn turn = group_of(env, arguments[0])->enter_batch("batch");
  if (turn.backend().supportsCoalescing()) turn.backend().startCoalescing();
  turn.communicator->is_batch_open = true;
  return undefined(env);
}
napi_value end_batch(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& group = group_of(env, arguments[0]);
  return pending(env, group, end_transfers(*group));
}

/* wait(work): on CUDA it orders the current stream after the collective, on the CPU it blocks. */
napi_value wait(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  auto& pending = external<PendingWork>(env, arguments[0]);
  if (!pending.work) return undefined(env);
  const Work work = std::move(pending.work);
  pending.group->wait(*work, pending.turn);
  if (pending.after) pending.after();
  return undefined(env);
}

/* isCompleted(work): without waiting */
napi_value is_completed(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& pending = external<PendingWork>(env, arguments[0]);
  return from_bool(env, !pending.work || pending.work->isCompleted());
}

}  // namespace

void export_collectives(napi_env env, napi_value exports) {
  export_guarded<all_reduce>(env, exports, "allReduce");
  export_guarded<broadcast>(env, exports, "broadcast");
  export_guarded<reduce>(env, exports, "reduce");
  export_guarded<all_gather>(env, exports, "allGather");
  export_guarded<all_gather_list>(env, exports, "allGatherList");
  export_guarded<reduce_scatter>(env, exports, "reduceScatter");
  export_guarded<reduce_scatter_list>(env, exports, "reduceScatterList");
  export_guarded<gather>(env, exports, "gather");
  export_guarded<scatter>(env, exports, "scatter");
  export_guarded<all_to_all>(env, exports, "allToAll");
  export_guarded<barrier>(env, exports, "barrier");
  export_guarded<transfer<true>>(env, exports, "send");
  export_guarded<transfer<false>>(env, exports, "receive");
  export_guarded<begin_batch>(env, exports, "beginBatch");
  export_guarded<end_batch>(env, exports, "endBatch");
  export_guarded<wait>(env, exports, "wait");
  export_guarded<is_completed>(env, exports, "isCompleted");
}

}  // namespace notebooster
