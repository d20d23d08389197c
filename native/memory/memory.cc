#include "memory.h"

#include <ATen/Parallel.h>
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#endif

#include "../tensor/fast_binding.h"
#include "live_tensors.h"
#include "memory_count.h"
#include "out_of_memory.h"

namespace notebooster {
namespace {

#ifdef NOTEBOOSTER_CUDA
void set_number(napi_env env, napi_value object, const char* name, auto value) {
  check(env, napi_set_named_property(env, object, name, from_double(env, static_cast<double>(value))));
}
#endif

/* memoryStats(gpu) -> what the CUDA caching allocator and the device say; units in the names */
napi_value memory_stats(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto device = static_cast<c10::DeviceIndex>(to_int64(env, arguments[0]));
  if (device < 0 || device >= num_gpus())
    throw UserError("there is no GPU " + std::to_string(device) + "; this process sees " + std::to_string(num_gpus()));
  napi_value object;
  check(env, napi_create_object(env, &object));
#ifdef NOTEBOOSTER_CUDA
  const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device);
  size_t free = 0, total = 0;
  const c10::cuda::CUDAGuard guard(device);
  C10_CUDA_CHECK(cudaMemGetInfo(&free, &total));
  set_number(env, object, "allocatedBytes", stats.allocated_bytes[0].current);
  set_number(env, object, "reservedBytes", stats.reserved_bytes[0].current);
  set_number(env, object, "peakAllocatedBytes", stats.allocated_bytes[0].peak);
  set_number(env, object, "peakReservedBytes", stats.reserved_bytes[0].peak);
  set_number(env, object, "freeBytes", free);
  set_number(env, object, "totalBytes", total);
  set_number(env, object, "numAllocations", stats.allocation[0].current);
  set_number(env, object, "numRetries", stats.num_alloc_retries);
  set_number(env, object, "numOutOfMemory", stats.num_ooms);
#endif
  return object;
}

}  // namespace

int64_t num_gpus() {
#ifdef NOTEBOOSTER_CUDA
  return c10::cuda::device_count();
#else
  return 0;
#endif
}

void export_memory(napi_env env, napi_value exports) {
  export_live_tensors(env, exports);
  export_memory_count(env, exports);
  export_out_of_memory(env, exports);
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
