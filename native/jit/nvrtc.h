// CUDA kernels from source text at run time: NVRTC compiles, the driver loads and launches. Both come with PyTorch's CUDA build
// (libcaffe2_nvrtc.so) and are opened when the first kernel is compiled; the addon links against neither.
#pragma once
#include <c10/core/Device.h>

#include <string>
#include <vector>

struct CUfunc_st;
struct CUstream_st;

namespace notebooster::jit {

using Function = CUfunc_st*;

/* Compiles `source` for the GPU and returns its function `name`; it stays loaded until the process ends. */
Function compile(const std::string& source, const char* name, const std::vector<std::string>& options, c10::DeviceIndex device);

/* `arguments` point to the kernel's arguments in order. The device must be current. */
void launch(Function function, unsigned blocks, unsigned threads, CUstream_st* stream, std::vector<void*>& arguments);

}  // namespace notebooster::jit
