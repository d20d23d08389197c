#include "process_group.h"

#include <ATen/ATen.h>
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include "../tensor/fast_binding.h"
#include "backends.h"

namespace notebooster {
namespace {

using at::Tensor;
using Tensors = std::vector<Tensor>;

struct Group : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4752'4f55'5053;
  static constexpr const char* kName = "process group";
  // Member order is destruction order reversed: the backend goes before the store it talks through.
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::Backend> backend;
  Group() : Tagged(kTag) {}
};

struct PendingWork : Tagged {
  static constexpr uint64_t kTag = 0x4e42'574f'524b'5321;
  static constexpr const char* kName = "collective";
  c10::intrusive_ptr<c10d::Work> work;
  explicit PendingWork(c10::intrusive_ptr<c10d::Work> work) : Tagged(kTag), work(std::move(work)) {}
};

std::string text_option(napi_env env, napi_value options, const char* name) {
  napi_value value;
  check(env, napi_get_named_property(env, options, name, &value));
  return to_string(env, value);
}

int64_t int_option(napi_env env, napi_value options, const char* name) {
  napi_value value;
  check(env, napi_get_named_property(env, options, name, &value));
  return to_int64(env, value);
}

/* "file:///path" for the ranks of one host, "tcp://host:port" (rank 0 serves) between hosts. */
c10::intrusive_ptr<c10d::Store> make_store(const std::string& url, int rank, int size, std::chrono::milliseconds timeout) {
  if (url.rfind("file://", 0) == 0) {
    auto store = c10::make_intrusive<c10d::FileStore>(url.substr(7), size);
    store->setTimeout(timeout);
    return store;
  }
  const auto colon = url.rfind(':');
  if (url.rfind("tcp://", 0) != 0 || colon <= 5)
    throw UserError("a rendezvous is file:///path or tcp://host:port, got \"" + url + '"');
  c10d::TCPStoreOptions options;
  options.port = static_cast<uint16_t>(std::stoi(url.substr(colon + 1)));
  options.isServer = rank == 0;
  options.numWorkers = static_cast<size_t>(size);
  options.timeout = timeout;
  return c10::make_intrusive<c10d::TCPStore>(url.substr(6, colon - 6), options);
}

/* createProcessGroup({ rendezvous, name, backend, rank, size, timeoutMs, joinTimeoutMs, host }) */
napi_value create_group(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  napi_value options = arguments[0];
  GroupOptions group_options;
  group_options.rank = static_cast<int>(int_option(env, options, "rank"));
  group_options.size = static_cast<int>(int_option(env, options, "size"));
  group_options.timeout = std::chrono::milliseconds(int_option(env, options, "timeoutMs"));
  group_options.host = text_option(env, options, "host");
  const std::string backend = text_option(env, options, "backend");
  auto group = std::make_unique<Group>();
  group->store = c10::make_intrusive<c10d::PrefixStore>(
      text_option(env, options, "name"), make_store(text_option(env, options, "rendezvous"), group_options.rank,
                                                    group_options.size,
                                                    std::chrono::milliseconds(int_option(env, options, "joinTimeoutMs"))));
  group_options.store = group->store;
  if (backend == "gloo") {
    group->backend = make_gloo(group_options);
#ifdef NOTEBOOSTER_NCCL
  } else if (backend == "nccl") {
    group->backend = make_nccl(group_options);
#endif
  } else {
    throw UserError("there is no backend \"" + backend + "\" in this build of libtorch");
  }
  return make_external(env, group.release());
}

c10d::ReduceOp reduce_op(const std::string& name) {
  if (name == "sum") return c10d::ReduceOp::SUM;
  if (name == "avg") return c10d::ReduceOp::AVG;
  if (name == "max") return c10d::ReduceOp::MAX;
  if (name == "min") return c10d::ReduceOp::MIN;
  throw UserError("unknown reduction \"" + name + "\"; allowed: sum, avg, max, min");
}

c10d::Backend& backend_of(napi_env env, napi_value value) { return *external<Group>(env, value).backend; }

napi_value pending(napi_env env, c10::intrusive_ptr<c10d::Work> work) {
  return make_external(env, new PendingWork(std::move(work)));
}

/* allReduce(group, tensor, op) */
napi_value all_reduce(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  c10d::AllreduceOptions options;
  options.reduceOp = reduce_op(to_string(env, arguments[2]));
  Tensors tensors{unwrap(env, arguments[1])};
  return pending(env, backend_of(env, arguments[0]).allreduce(tensors, options));
}

/* broadcast(group, tensor, root) */
napi_value broadcast(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  c10d::BroadcastOptions options;
  options.rootRank = to_int64(env, arguments[2]);
  Tensors tensors{unwrap(env, arguments[1])};
  return pending(env, backend_of(env, arguments[0]).broadcast(tensors, options));
}

/* allGather(group, output (size * n), input (n)) */
napi_value all_gather(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  Tensor output = unwrap(env, arguments[1]);
  Tensor input = unwrap(env, arguments[2]);
  return pending(env, backend_of(env, arguments[0])._allgather_base(output, input));
}

/* reduceScatter(group, output (n), input (size * n), op) */
napi_value reduce_scatter(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  c10d::ReduceScatterOptions options;
  options.reduceOp = reduce_op(to_string(env, arguments[3]));
  Tensor output = unwrap(env, arguments[1]);
  Tensor input = unwrap(env, arguments[2]);
  return pending(env, backend_of(env, arguments[0])._reduce_scatter_base(output, input, options));
}

/* send(group, tensor, peer, tag) and receive(group, tensor, peer, tag) */
napi_value send(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  Tensors tensors{unwrap(env, arguments[1])};
  return pending(env, backend_of(env, arguments[0])
                          .send(tensors, static_cast<int>(to_int64(env, arguments[2])),
                                static_cast<int>(to_int64(env, arguments[3]))));
}

napi_value receive(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  Tensors tensors{unwrap(env, arguments[1])};
  return pending(env, backend_of(env, arguments[0])
                          .recv(tensors, static_cast<int>(to_int64(env, arguments[2])),
                                static_cast<int>(to_int64(env, arguments[3]))));
}

napi_value barrier(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return pending(env, backend_of(env, arguments[0]).barrier());
}

/* wait(work): on CUDA it orders the current stream after the collective, on the CPU it blocks. */
napi_value wait(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  external<PendingWork>(env, arguments[0]).work->wait();
  return undefined(env);
}

}  // namespace

void export_process_groups(napi_env env, napi_value exports) {
  export_guarded<create_group>(env, exports, "createProcessGroup");
  export_guarded<all_reduce>(env, exports, "allReduce");
  export_guarded<broadcast>(env, exports, "broadcast");
  export_guarded<all_gather>(env, exports, "allGather");
  export_guarded<reduce_scatter>(env, exports, "reduceScatter");
  export_guarded<send>(env, exports, "send");
  export_guarded<receive>(env, exports, "receive");
  export_guarded<barrier>(env, exports, "barrier");
  export_guarded<wait>(env, exports, "wait");
}

}  // namespace notebooster
