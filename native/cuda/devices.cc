// Choosing the device, settings of the caching allocator, and ranges for NVIDIA's profilers (NVTX).
#include <ATen/core/CachingHostAllocator.h>
#include <c10/core/AllocatorConfig.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <nvtx3/nvToolsExt.h>

#include "cuda.h"
#include "external_objects.h"

namespace notebooster {
namespace {

napi_value current_device(napi_env env, napi_callback_info) {
  return from_double(env, c10::cuda::current_device());
}

napi_value set_device(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  c10::cuda::set_device(gpu_or_current(env, arguments[0]));
  return undefined(env);
}

/* setAllocatorSettings("name:value,..."), as in PYTORCH_ALLOC_CONF */
napi_value set_allocator_settings(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  c10::CachingAllocator::setAllocatorSettings(to_string(env, arguments[0]));
  return undefined(env);
}

/* setMemoryFraction(fraction, device?) */
napi_value set_memory_fraction(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  c10::cuda::CUDACachingAllocator::setMemoryFraction(to_double(env, arguments[0]), gpu_or_current(env, arguments[1]));
  return undefined(env);
}

/* emptyCache(): unused memory of the device and unused pinned memory of the host go back. */
napi_value empty_cache(napi_env env, napi_callback_info) {
  c10::cuda::CUDACachingAllocator::emptyCache();
  at::getHostAllocator(at::kCUDA)->empty_cache();
  return undefined(env);
}

napi_value push_range(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  nvtxRangePushA(to_string(env, arguments[0]).c_str());
  return undefined(env);
}
napi_value pop_range(napi_env env, napi_callback_info) {
  nvtxRangePop();
  return undefined(env);
}
napi_value mark(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  nvtxMarkA(to_string(env, arguments[0]).c_str());
  return undefined(env);
}

}  // namespace

void export_devices(napi_env env, napi_value cuda) {
  export_guarded<current_device>(env, cuda, "currentDevice");
  export_guarded<set_device>(env, cuda, "setDevice");
  export_guarded<set_allocator_settings>(env, cuda, "setAllocatorSettings");
  export_guarded<set_memory_fraction>(env, cuda, "setMemoryFraction");
  export_guarded<empty_cache>(env, cuda, "emptyCache");
  export_guarded<push_range>(env, cuda, "pushRange");
  export_guarded<pop_range>(env, cuda, "popRange");
  export_guarded<mark>(env, cuda, "mark");
}

}  // namespace notebooster
