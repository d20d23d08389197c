#include "memory.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#endif

#include "../tensor/fast_binding.h"

namespace notebooster {
namespace {

int64_t num_gpus() {
#ifdef NOTEBOOSTER_CUDA
  return c10::cuda::device_count();
#else
  return 0;
#endif
}

#ifdef NOTEBOOSTER_CUDA
void set_number(napi_env env, napi_value object, const char* name, double value) {
  check(env, napi_set_named_property(env, object, name, from_double(env, value)));
}
#endif

/* memoryStats(device) -> { allocatedBytes, reservedBytes, peakAllocatedBytes } of the CUDA caching allocator. */
napi_value memory_stats(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto device = static_cast<c10::DeviceIndex>(to_int64(env, arguments[0]));
  if (device < 0 || device >= num_gpus())
    throw UserError("there is no GPU " + std::to_string(device) + "; this process sees " + std::to_string(num_gpus()));
  napi_value object;
  check(env, napi_create_object(env, &object));
#ifdef NOTEBOOSTER_CUDA
  const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device);
  set_number(env, object, "allocatedBytes", static_cast<double>(stats.allocated_bytes[0].current));
  set_number(env, object, "reservedBytes", static_cast<double>(stats.reserved_bytes[0].current));
  set_number(env, object, "peakAllocatedBytes", static_cast<double>(stats.allocated_bytes[0].peak));
#endif
  return object;
}

}  // namespace

void export_memory(napi_env env, napi_value exports) {
  export_guarded<memory_stats>(env, exports, "memoryStats");
  export_fast(env, exports, "numGpus", []() { return static_cast<double>(num_gpus()); });
  export_fast(env, exports, "numThreads", []() { return static_cast<double>(at::get_num_threads()); });
  export_fast(env, exports, "setNumThreads", [](int64_t count) { at::set_num_threads(static_cast<int>(count)); });
#ifdef NOTEBOOSTER_CUDA
  export_fast(env, exports, "setGpu", [](int64_t index) { c10::cuda::set_device(static_cast<c10::DeviceIndex>(index)); });
  export_fast(env, exports, "synchronizeGpu", []() { c10::cuda::device_synchronize(); });
  export_fast(env, exports, "resetPeakMemory", [](int64_t device) {
    c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(device));
  });
#endif
}

}  // namespace notebooster
