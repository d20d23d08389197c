#include "memory.h"

#include <ATen/Parallel.h>
#ifdef NOTEBOOSTER_CUDA
#include <ATen/Context.h>
#include <ATen/core/CachingHostAllocator.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#endif

#include "live_tensors.h"
#include "memory_count.h"
#include "out_of_memory.h"

namespace notebooster {
namespace {

#ifdef NOTEBOOSTER_CUDA
/* The allocator knows no device before the first use of one. */
void begin_cuda() { at::globalContext().lazyInitDevice(at::kCUDA); }
#endif

/* What the CUDA caching allocator and the device say; units in the names. */
Napi::Object memory_stats(Napi::Env env, int64_t gpu) {
  if (gpu < 0 || gpu >= num_gpus()) throw UserError("there is no GPU " + std::to_string(gpu) + "; this process sees " + std::to_string(num_gpus()));
  auto object = Napi::Object::New(env);
#ifdef NOTEBOOSTER_CUDA
  const auto device = static_cast<c10::DeviceIndex>(gpu);
  begin_cuda();
  const auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(device);
  const auto set = [&](const char* name, auto number) { object.Set(name, static_cast<double>(number)); };
  size_t free = 0, total = 0;
  const c10::cuda::CUDAGuard guard(device);
  C10_CUDA_CHECK(cudaMemGetInfo(&free, &total));
  set("allocatedBytes", stats.allocated_bytes[0].current);
  set("reservedBytes", stats.reserved_bytes[0].current);
  set("peakAllocatedBytes", stats.allocated_bytes[0].peak);
  set("peakReservedBytes", stats.reserved_bytes[0].peak);
  set("freeBytes", free);
  set("totalBytes", total);
  set("numAllocations", stats.allocation[0].current);
  set("numRetries", stats.num_alloc_retries);
  set("numOutOfMemory", stats.num_ooms);
#endif
  return object;
}

/* pinnedBytes() -> page-locked host memory that PyTorch's allocator holds, kept for later or in tensors */
double pinned_bytes() {
#ifdef NOTEBOOSTER_CUDA
  if (num_gpus() > 0) return static_cast<double>(at::getHostAllocator(at::kCUDA)->get_stats().allocated_bytes.current);
#endif
  return 0;
}

}  // namespace

int64_t num_gpus() {
#ifdef NOTEBOOSTER_CUDA
  return c10::cuda::device_count();
#else
  return 0;
#endif
}

void export_memory(Napi::Object exports) {
  export_live_tensors(exports);
  export_memory_count(exports);
  export_out_of_memory(exports);
  bind<memory_stats>(exports, "memoryStats");
  bind<num_gpus>(exports, "numGpus");
  bind<pinned_bytes>(exports, "pinnedBytes");
  bind<at::get_num_threads>(exports, "numThreads");
  bind<[](int64_t count) { at::set_num_threads(static_cast<int>(count)); }>(exports, "setNumThreads");
#ifdef NOTEBOOSTER_CUDA
  bind<[](int64_t gpu) { c10::cuda::set_device(static_cast<c10::DeviceIndex>(gpu)); }>(exports, "setGpu");
  bind<[] { c10::cuda::device_synchronize(); }>(exports, "synchronizeGpu");
  bind<[](int64_t gpu) {
    begin_cuda();
    c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(gpu));
  }>(exports, "resetPeakMemory");
#endif
}

}  // namespace notebooster
