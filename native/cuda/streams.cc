// Streams, and events recorded on them: order between streams, and time on the GPU.
#include <c10/cuda/CUDACachingAllocator.h>
#include <cuda_runtime_api.h>

#include <memory>

#include "../tensor/chunk.h"
#include "../tensor/handle.h"
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

/* createStream(isHighPriority, device?) */
napi_value create_stream(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const auto device = gpu_or_current(env, arguments[1]);
  return make_external(env, new GpuStream(c10::cuda::getStreamFromPool(to_bool(env, arguments[0]), device)));
}

/* currentStream(device?) and defaultStream(device?) */
napi_value current_stream(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return make_external(env, new GpuStream(c10::cuda::getCurrentCUDAStream(gpu_or_current(env, arguments[0]))));
}
napi_value default_stream(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return make_external(env, new GpuStream(c10::cuda::getDefaultCUDAStream(gpu_or_current(env, arguments[0]))));
}

/* setStream(stream): makes it current for its device, and its device current. */
napi_value set_stream(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto stream = external<GpuStream>(env, arguments[0]).stream;
  c10::cuda::set_device(stream.device_index());
  c10::cuda::setCurrentCUDAStream(stream);
  return undefined(env);
}

napi_value stream_device(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_double(env, external<GpuStream>(env, arguments[0]).stream.device_index());
}
napi_value stream_is_idle(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_bool(env, external<GpuStream>(env, arguments[0]).stream.query());
}
napi_value synchronize_stream(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  refuse_while_capturing("synchronize()");
  external<GpuStream>(env, arguments[0]).stream.synchronize();
  return undefined(env);
}

/* recordStream(tensor, stream): the allocator does not reuse the memory before `stream` has passed this point. */
napi_value record_stream(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const at::Tensor& tensor = unwrap(env, arguments[0]);
  if (!tensor.is_cuda()) throw UserError("recordStream needs a tensor on a GPU, got one on " + tensor.device().str());
  c10::cuda::CUDACachingAllocator::recordStream(allocation_of(tensor), external<GpuStream>(env, arguments[1]).stream);
  return undefined(env);
}

/* createEvent(hasTiming) */
napi_value create_event(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return make_external(env, new GpuEvent(to_bool(env, arguments[0]) ? cudaEventDefault : cudaEventDisableTiming));
}

/* recordEvent(event, stream?) */
napi_value record_event(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const auto stream = stream_or_current(env, arguments[1]);
  c10::cuda::CUDAGuard guard(stream.device_index());
  C10_CUDA_CHECK(cudaEventRecord(external<GpuEvent>(env, arguments[0]).event, stream.stream()));
  return undefined(env);
}

/* waitEvent(event, stream?): work given to the stream from now on starts after the event. */
napi_value wait_event(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const auto stream = stream_or_current(env, arguments[1]);
  c10::cuda::CUDAGuard guard(stream.device_index());
  C10_CUDA_CHECK(cudaStreamWaitEvent(stream.stream(), external<GpuEvent>(env, arguments[0]).event, 0));
  return undefined(env);
}

napi_value event_is_done(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const cudaError_t status = cudaEventQuery(external<GpuEvent>(env, arguments[0]).event);
  if (status != cudaErrorNotReady) C10_CUDA_CHECK(status);
  else static_cast<void>(cudaGetLastError());  // "not ready" is an answer here, not an error to be found later
  return from_bool(env, status == cudaSuccess);
}

napi_value synchronize_event(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  refuse_while_capturing("synchronize()");
  C10_CUDA_CHECK(cudaEventSynchronize(external<GpuEvent>(env, arguments[0]).event));
  return undefined(env);
}

/* recordGpuEvent() -> a timing event recorded on the current stream */
napi_value record_new_event(napi_env env, napi_callback_info) {
  auto event = std::make_unique<GpuEvent>(cudaEventDefault);
  C10_CUDA_CHECK(cudaEventRecord(event->event, c10::cuda::getCurrentCUDAStream().stream()));
  return make_external(env, event.release());
}

/* gpuMillisecondsBetween(begin, end): waits for `end` */
napi_value elapsed(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const auto& begin = external<GpuEvent>(env, arguments[0]);
  const auto& end = external<GpuEvent>(env, arguments[1]);
  refuse_while_capturing("reading an event's time");
  C10_CUDA_CHECK(cudaEventSynchronize(end.event));
  float milliseconds = 0;
  C10_CUDA_CHECK(cudaEventElapsedTime(&milliseconds, begin.event, end.event));
  return from_double(env, milliseconds);
}

}  // namespace

void export_streams(napi_env env, napi_value exports, napi_value cuda) {
  export_guarded<create_stream>(env, cuda, "createStream");
  export_guarded<current_stream>(env, cuda, "currentStream");
  export_guarded<default_stream>(env, cuda, "defaultStream");
  export_guarded<set_stream>(env, cuda, "setStream");
  export_guarded<stream_device>(env, cuda, "streamDevice");
  export_guarded<stream_is_idle>(env, cuda, "streamIsIdle");
  export_guarded<synchronize_stream>(env, cuda, "synchronizeStream");
  export_guarded<record_stream>(env, cuda, "recordStream");
  export_guarded<create_event>(env, cuda, "createEvent");
  export_guarded<record_event>(env, cuda, "recordEvent");
  export_guarded<wait_event>(env, cuda, "waitEvent");
  export_guarded<event_is_done>(env, cuda, "eventIsDone");
  export_guarded<synchronize_event>(env, cuda, "synchronizeEvent");
  export_guarded<record_new_event>(env, exports, "recordGpuEvent");
  export_guarded<elapsed>(env, exports, "gpuMillisecondsBetween");
}

}  // namespace notebooster
