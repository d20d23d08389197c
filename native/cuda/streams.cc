// Streams, and events recorded on them: order between streams, and time on the GPU.
#include <c10/cuda/CUDACachingAllocator.h>
#include <cuda_runtime_api.h>

#include <memory>

#include "../tensor/bindings.h"
#include "../tensor/chunk.h"
#include "cuda.h"
#include "external_objects.h"

namespace notebooster {
namespace {

struct GpuEvent : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4556'454e'5431;
  static constexpr const char* kName = "GPU event";
  cudaEvent_t event = nullptr;
  explicit GpuEvent(unsigned flags) : Tagged(kTag) { C10_CUDA_CHECK(cudaEventCreateWithFlags(&event, flags)); }
  ~GpuEvent() { static_cast<void>(cudaEventDestroy(event)); }
  GpuEvent(const GpuEvent&) = delete;
};

using Gpu = std::optional<int64_t>;
using StreamPointer = std::unique_ptr<GpuStream>;

StreamPointer create_stream(bool is_high_priority, Gpu gpu) {
  return std::make_unique<GpuStream>(c10::cuda::getStreamFromPool(is_high_priority, gpu_or_current(gpu)));
}

StreamPointer current_stream(Gpu gpu) { return std::make_unique<GpuStream>(c10::cuda::getCurrentCUDAStream(gpu_or_current(gpu))); }
StreamPointer default_stream(Gpu gpu) { return std::make_unique<GpuStream>(c10::cuda::getDefaultCUDAStream(gpu_or_current(gpu))); }

/* Makes it current for its device, and its device current. */
void set_stream(GpuStream& given) {
  c10::cuda::set_device(given.stream.device_index());
  c10::cuda::setCurrentCUDAStream(given.stream);
}

int stream_device(GpuStream& given) { return given.stream.device_index(); }
bool stream_is_idle(GpuStream& given) { return given.stream.query(); }
void synchronize_stream(GpuStream& given) {
  refuse_while_capturing("synchronize()");
  given.stream.synchronize();
}

/* The allocator does not reuse the memory before `given` has passed this point. */
void record_stream(const at::Tensor& tensor, GpuStream& given) {
  if (!tensor.is_cuda()) throw UserError("recordStream needs a tensor on a GPU, got one on " + tensor.device().str());
  c10::cuda::CUDACachingAllocator::recordStream(allocation_of(tensor), given.stream);
}

std::unique_ptr<GpuEvent> create_event(bool has_timing) {
  return std::make_unique<GpuEvent>(has_timing ? cudaEventDefault : cudaEventDisableTiming);
}

void record_event(GpuEvent& event, GpuStream* given) {
  const auto stream = or_current(given);
  c10::cuda::CUDAGuard guard(stream.device_index());
  C10_CUDA_CHECK(cudaEventRecord(event.event, stream.stream()));
}

/* Work given to the stream from now on starts after the event. */
void wait_event(GpuEvent& event, GpuStream* given) {
  const auto stream = or_current(given);
  c10::cuda::CUDAGuard guard(stream.device_index());
  C10_CUDA_CHECK(cudaStreamWaitEvent(stream.stream(), event.event, 0));
}

bool event_is_done(GpuEvent& event) {
  const cudaError_t status = cudaEventQuery(event.event);
  if (status != cudaErrorNotReady) C10_CUDA_CHECK(status);
  else static_cast<void>(cudaGetLastError());  // "not ready" is an answer here, not an error to be found later
  return status == cudaSuccess;
}

void synchronize_event(GpuEvent& event) {
  refuse_while_capturing("synchronize()");
  C10_CUDA_CHECK(cudaEventSynchronize(event.event));
}

/* A timing event recorded on the current stream. */
std::unique_ptr<GpuEvent> record_new_event() {
  auto event = std::make_unique<GpuEvent>(cudaEventDefault);
  C10_CUDA_CHECK(cudaEventRecord(event->event, c10::cuda::getCurrentCUDAStream().stream()));
  return event;
}

/* In milliseconds; waits for `end`. */
float elapsed(GpuEvent& begin, GpuEvent& end) {
  refuse_while_capturing("reading an event's time");
  C10_CUDA_CHECK(cudaEventSynchronize(end.event));
  float milliseconds = 0;
  C10_CUDA_CHECK(cudaEventElapsedTime(&milliseconds, begin.event, end.event));
  return milliseconds;
}

}  // namespace

void export_streams(Napi::Object exports, Napi::Object cuda) {
  bind<create_stream>(cuda, "createStream");
  bind<current_stream>(cuda, "currentStream");
  bind<default_stream>(cuda, "defaultStream");
  bind<set_stream>(cuda, "setStream");
  bind<stream_device>(cuda, "streamDevice");
  bind<stream_is_idle>(cuda, "streamIsIdle");
  bind<synchronize_stream>(cuda, "synchronizeStream");
  bind<record_stream>(cuda, "recordStream");
  bind<create_event>(cuda, "createEvent");
  bind<record_event>(cuda, "recordEvent");
  bind<wait_event>(cuda, "waitEvent");
  bind<event_is_done>(cuda, "eventIsDone");
  bind<synchronize_event>(cuda, "synchronizeEvent");
  bind<record_new_event>(exports, "recordGpuEvent");
  bind<elapsed>(exports, "gpuMillisecondsBetween");
}

}  // namespace notebooster
