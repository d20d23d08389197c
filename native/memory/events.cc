// Time on the GPU: events recorded on the current stream, and the milliseconds between two of them.
#include "events.h"

#include <memory>

#include "../tensor/fast_binding.h"
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAStream.h>
#include <cuda_runtime_api.h>
#endif

namespace notebooster {
#ifdef NOTEBOOSTER_CUDA
namespace {

struct GpuEvent : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4556'454e'5431;
  static constexpr const char* kName = "GPU event";
  cudaEvent_t event = nullptr;
  GpuEvent() : Tagged(kTag) { C10_CUDA_CHECK(cudaEventCreate(&event)); }
  ~GpuEvent() { static_cast<void>(cudaEventDestroy(event)); }
  GpuEvent(const GpuEvent&) = delete;
};

/* recordGpuEvent() -> external */
napi_value record(napi_env env, napi_callback_info) {
  auto event = std::make_unique<GpuEvent>();
  C10_CUDA_CHECK(cudaEventRecord(event->event, c10::cuda::getCurrentCUDAStream().stream()));
  return make_external(env, event.release());
}

/* gpuMillisecondsBetween(begin, end): waits for `end` */
napi_value elapsed(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const auto& begin = external<GpuEvent>(env, arguments[0]);
  const auto& end = external<GpuEvent>(env, arguments[1]);
  C10_CUDA_CHECK(cudaEventSynchronize(end.event));
  float milliseconds = 0;
  C10_CUDA_CHECK(cudaEventElapsedTime(&milliseconds, begin.event, end.event));
  return from_double(env, milliseconds);
}

}  // namespace

void export_events(napi_env env, napi_value exports) {
  export_guarded<record>(env, exports, "recordGpuEvent");
  export_guarded<elapsed>(env, exports, "gpuMillisecondsBetween");
}
#else
void export_events(napi_env, napi_value) {}
#endif

}  // namespace notebooster
