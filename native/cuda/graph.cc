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

void register_generators(const std::vector<at::Generator>& generators, Graph& graph) {
  graph.generators = generators;
  for (const at::Generator& generator : generators) graph.graph.register_generator_state(generator);
}

/* `given` is current until end_graph; memory comes from the pool of `shared`, if any. */
std::unique_ptr<Graph> begin_graph(GpuStream& given, Graph* shared, const std::string& mode_name, const std::vector<at::Generator>& generators) {
  if (capturing) throw UserError("a CUDA graph is being captured already; captures do not nest");
  const auto stream = given.stream;
  const auto mode = capture_mode(mode_name);
  const c10::MempoolId_t pool = shared ? shared->graph.pool() : c10::MempoolId_t{0, 0};
  auto graph = std::make_unique<Graph>(stream, c10::cuda::getCurrentCUDAStream(stream.device_index()));
  register_generators(generators, *graph);
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
  return graph;
}

/* Throws when something that was run cannot be captured. */
void end_graph(Graph& graph) {
  capturing = nullptr;
  try {
    c10::cuda::setCurrentCUDAStream(graph.stream);
    graph.graph.capture_end();
  } catch (...) {
    c10::cuda::setCurrentCUDAStream(graph.previous);
    throw;
  }
  c10::cuda::setCurrentCUDAStream(graph.previous);
}

/* Ends a capture whose function failed, and gives its memory back. */
void abort_graph(Graph& graph) {
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
}

void replay_graph(Graph& graph) {
  c10::cuda::CUDAGuard guard(graph.stream.device_index());
  graph.graph.replay();
}

void reset_graph(Graph& graph) { graph.graph.reset(); }

bool is_capturing() { return capturing != nullptr; }

}  // namespace

void refuse_while_capturing(const char* what) {
  if (capturing)
    throw UserError(std::string(what) + " makes the host wait for the GPU, which a CUDA graph cannot record; return the tensor from "
                    "the captured function and read it after replay()");
}

void export_graphs(Napi::Object cuda) {
  bind<begin_graph>(cuda, "beginGraph");
  bind<end_graph>(cuda, "endGraph");
  bind<abort_graph>(cuda, "abortGraph");
  bind<replay_graph>(cuda, "replayGraph");
  bind<reset_graph>(cuda, "resetGraph");
  bind<is_capturing>(cuda, "isCapturing");
}

}  // namespace notebooster
