// CUDA graphs: the kernels that a JS function launches are recorded once and launched together later. Memory of the tensors
// made meanwhile comes from a pool of the graph's own, so that replaying writes to the same addresses.
// Source: "Accelerating PyTorch with CUDA Graphs" (pytorch.org, 2021) and ATen/cuda/CUDAGraph.h.
#include <c10/cuda/CUDACachingAllocator.h>

#include <memory>

#include "../tensor/generator.h"
#include "cuda.h"
#include "external_objects.h"

namespace notebooster {
namespace {

struct Graph : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4752'4150'4831;
  static constexpr const char* kName = "CUDA graph";
  at::cuda::CUDAGraph graph;
  c10::cuda::CUDAStream stream;    // captured on
  c10::cuda::CUDAStream previous;  // current before
  std::vector<at::Generator> generators;  // whose state replaying advances
  Graph(c10::cuda::CUDAStream stream, c10::cuda::CUDAStream previous)
      : Tagged(kTag), stream(stream), previous(previous) {}
};

const Graph* capturing = nullptr;  // the graph being captured; captures do not nest

cudaStreamCaptureMode capture_mode(const std::string& name) {
  if (name == "global") return cudaStreamCaptureModeGlobal;
  if (name == "threadLocal") return cudaStreamCaptureModeThreadLocal;
  if (name == "relaxed") return cudaStreamCaptureModeRelaxed;
  throw UserError("unknown capture mode \"" + name + "\"; allowed: global, threadLocal, relaxed");
}

void register_generators(napi_env env, napi_value list, Graph& graph) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, list, &length));
  for (uint32_t i = 0; i < length; ++i) {
    napi_value item;
    check(env, napi_get_element(env, list, i, &item));
    graph.generators.push_back(generator_of(env, item));
    graph.graph.register_generator_state(graph.generators.back());
  }
}

/* beginGraph(stream, pool graph | undefined, mode, generators) -> external; `stream` is current until endGraph */
napi_value begin_graph(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  if (capturing) throw UserError("a CUDA graph is being captured already; captures do not nest");
  const auto stream = external<GpuStream>(env, arguments[0]).stream;
  const auto mode = capture_mode(to_string(env, arguments[2]));
  const c10::MempoolId_t pool = is_nullish(env, arguments[1]) ? c10::MempoolId_t{0, 0} : external<Graph>(env, arguments[1]).graph.pool();
  auto graph = std::make_unique<Graph>(stream, c10::cuda::getCurrentCUDAStream(stream.device_index()));
  register_generators(env, arguments[3], *graph);
  c10::cuda::device_synchronize();
  c10::cuda::CUDACachingAllocator::emptyCache();
  c10::cuda::setCurrentCUDAStream(stream);
  try {
    graph->graph.capture_begin(pool, mode);
  } catch (...) {
    c10::cuda::setCurrentCUDAStream(graph->previous);
    throw;
  }
  capturing = graph.get();
  return make_external(env, graph.release());
}

/* endGraph(graph): throws when something that was run cannot be captured. */
napi_value end_graph(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  auto& graph = external<Graph>(env, arguments[0]);
  capturing = nullptr;
  try {
    c10::cuda::setCurrentCUDAStream(graph.stream);
    graph.graph.capture_end();
  } catch (...) {
    c10::cuda::setCurrentCUDAStream(graph.previous);
    throw;
  }
  c10::cuda::setCurrentCUDAStream(graph.previous);
  return undefined(env);
}

/* abortGraph(graph): ends a capture whose function failed, and gives its memory back. */
napi_value abort_graph(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  auto& graph = external<Graph>(env, arguments[0]);
  capturing = nullptr;
  c10::cuda::setCurrentCUDAStream(graph.stream);
  try {
    graph.graph.capture_end();
  } catch (const c10::Error&) {
    // Expected: the failure that is being cleaned up has invalidated the capture. The allocator may still route to the
    // graph's pool; when it does not, this says so by throwing as well.
    try {
      c10::cuda::CUDACachingAllocator::endAllocateToPool(graph.stream.device_index(), graph.graph.pool());
    } catch (const c10::Error&) {
      static_cast<void>(0);  // already ended
    }
  }
  static_cast<void>(cudaGetLastError());
  c10::cuda::setCurrentCUDAStream(graph.previous);
  graph.graph.reset();
  return undefined(env);
}

napi_value replay_graph(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  auto& graph = external<Graph>(env, arguments[0]);
  c10::cuda::CUDAGuard guard(graph.stream.device_index());
  graph.graph.replay();
  return undefined(env);
}

napi_value reset_graph(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  external<Graph>(env, arguments[0]).graph.reset();
  return undefined(env);
}

napi_value is_capturing(napi_env env, napi_callback_info) { return from_bool(env, capturing != nullptr); }

}  // namespace

void refuse_while_capturing(const char* what) {
  if (capturing)
    throw UserError(std::string(what) + " makes the host wait for the GPU, which a CUDA graph cannot record; return the tensor from "
                    "the captured function and read it after replay()");
}

void export_graphs(napi_env env, napi_value cuda) {
  export_guarded<begin_graph>(env, cuda, "beginGraph");
  export_guarded<end_graph>(env, cuda, "endGraph");
  export_guarded<abort_graph>(env, cuda, "abortGraph");
  export_guarded<replay_graph>(env, cuda, "replayGraph");
  export_guarded<reset_graph>(env, cuda, "resetGraph");
  export_guarded<is_capturing>(env, cuda, "isCapturing");
}

}  // namespace notebooster
