// Streams and graphs as JS externals: what the files of this folder share. CUDA builds only.
#pragma once
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "../node/bindings.h"

namespace notebooster {

struct GpuStream : Tagged {
  static constexpr uint64_t kTag = 0x4e42'5354'5245'414d;
  static constexpr const char* kName = "GPU stream";
  c10::cuda::CUDAStream stream;
  explicit GpuStream(c10::cuda::CUDAStream stream) : Tagged(kTag), stream(stream) {}
};

/* A stream that JS may leave out: the current one of the current device. */
inline c10::cuda::CUDAStream or_current(const GpuStream* given) { return given ? given->stream : c10::cuda::getCurrentCUDAStream(); }

/* The number of a GPU, which JS may leave out: the current one. */
inline c10::DeviceIndex gpu_or_current(std::optional<int64_t> index) {
  if (!index) return c10::cuda::current_device();
  const int count = c10::cuda::device_count();
  if (*index < 0 || *index >= count)
    throw UserError("there is no GPU " + std::to_string(*index) + "; this process sees " + std::to_string(count));
  return static_cast<c10::DeviceIndex>(*index);
}

}  // namespace notebooster
