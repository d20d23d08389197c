// Kernels in a row without a gap (programmatic dependent launch, compute capability 9): the blocks of a kernel launched here
// take their places while the one before ends, and wait for it before they touch memory.
#pragma once
#include "device.cuh"

namespace notebooster::kernels {

/* Until the kernel before has ended and its writes are seen: the first statement of every kernel launched as below. */
__device__ inline void wait_for_kernel_before() {
#if __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

/* Called by every thread of a kernel when it has only its sums left to write. */
__device__ inline void let_dependents_start() {
#if __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

/* Whether what runs on this device is code with that wait in it. */
inline bool can_overlap() {
  const int major = device_attribute(cudaDevAttrComputeCapabilityMajor);
  for (const int built_for : {__CUDA_ARCH_LIST__})
    if (built_for >= 900 && built_for / 100 <= major) return true;
  return false;
}

struct Launch {
  dim3 blocks, threads;
  Stream stream;
  size_t shared_bytes = 0;
  int cluster = 1;  // blocks beside each other, along x, that can read one another's shared memory; 1 where `can_overlap` says no
};

template <typename... Parameters, typename... Arguments>
void launch_overlapping(void (*kernel)(Parameters...), const Launch& launch, const Arguments&... arguments) {
  cudaLaunchAttribute attributes[2]{};
  attributes[0].id = cudaLaunchAttributeProgrammaticStreamSerialization;
  attributes[0].val.programmaticStreamSerializationAllowed = 1;
  attributes[1].id = cudaLaunchAttributeClusterDimension;
  attributes[1].val.clusterDim = {static_cast<unsigned>(launch.cluster), 1, 1};
  cudaLaunchConfig_t config{};
  config.gridDim = launch.blocks;
  config.blockDim = launch.threads;
  config.dynamicSmemBytes = launch.shared_bytes;
  config.stream = launch.stream;
  config.attrs = attributes;
  config.numAttrs = !can_overlap() ? 0 : launch.cluster == 1 ? 1 : 2;
  cudaLaunchKernelEx(&config, kernel, Parameters(arguments)...);
}

}  // namespace notebooster::kernels
