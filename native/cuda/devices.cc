// Choosing the device, settings of the caching allocator, and ranges for NVIDIA's profilers (NVTX).
#include <ATen/Context.h>
#include <ATen/core/CachingHostAllocator.h>
#include <c10/core/AllocatorConfig.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <nvtx3/nvToolsExt.h>

#include <cstdlib>

#include "cuda.h"
#include "external_objects.h"

namespace notebooster {
namespace {

using Gpu = std::optional<int64_t>;

void set_device(Gpu gpu) { c10::cuda::set_device(gpu_or_current(gpu)); }

/* "name:value,...", as in PYTORCH_ALLOC_CONF */
void set_allocator_settings(const std::string& settings) { c10::CachingAllocator::setAllocatorSettings(settings); }

/* Segments that grow, which leave less memory between blocks. Who says in the environment how the allocator is to work says it all. */
void grow_segments() {
  for (const char* name : {"PYTORCH_ALLOC_CONF", "PYTORCH_CUDA_ALLOC_CONF"})
    if (std::getenv(name) != nullptr) return;
  set_allocator_settings("expandable_segments:True");
}

void set_memory_fraction(double fraction, Gpu gpu) {
  at::globalContext().lazyInitDevice(at::kCUDA);  // the allocator knows no device before the first use of one
  c10::cuda::CUDACachingAllocator::setMemoryFraction(fraction, gpu_or_current(gpu));
}

/* Unused memory of the device and unused pinned memory of the host go back. */
void empty_cache() {
  c10::cuda::CUDACachingAllocator::emptyCache();
  at::getHostAllocator(at::kCUDA)->empty_cache();
}

void push_range(const std::string& name) { nvtxRangePushA(name.c_str()); }
void pop_range() { nvtxRangePop(); }
void mark(const std::string& name) { nvtxMarkA(name.c_str()); }

}  // namespace

void export_devices(Napi::Object cuda) {
  grow_segments();
  bind<[] { return c10::cuda::current_device(); }>(cuda, "currentDevice");
  bind<set_device>(cuda, "setDevice");
  bind<set_allocator_settings>(cuda, "setAllocatorSettings");
  bind<set_memory_fraction>(cuda, "setMemoryFraction");
  bind<empty_cache>(cuda, "emptyCache");
  bind<push_range>(cuda, "pushRange");
  bind<pop_range>(cuda, "popRange");
  bind<mark>(cuda, "mark");
}

}  // namespace notebooster
