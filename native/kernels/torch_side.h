// What the registrations share: dtypes, checks with both sides in the message, and the choice between CPU and CUDA.
#pragma once
#include <ATen/core/Tensor.h>
#include <c10/core/DeviceGuard.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>
#ifdef NOTEBOOSTER_CUDA_KERNELS
#include <c10/cuda/CUDAStream.h>
#endif

#include "launchers.h"

namespace notebooster::kernels {

using at::Tensor;

inline Element element_of(const Tensor& tensor, const char* name) {
  switch (tensor.scalar_type()) {
    case at::kFloat: return Element::f32;
    case at::kHalf: return Element::f16;
    case at::kBFloat16: return Element::bf16;
    default:
      TORCH_CHECK(false, "`", name, "` must be float32, float16 or bfloat16, got ", tensor.scalar_type());
  }
}

inline void check_like(const Tensor& tensor, const char* name, const Tensor& model, const char* model_name) {
  TORCH_CHECK(tensor.scalar_type() == model.scalar_type(), "`", name, "` must have the dtype of `", model_name, "`, ",
              model.scalar_type(), ", got ", tensor.scalar_type());
  TORCH_CHECK(tensor.device() == model.device(), "`", name, "` must be on the device of `", model_name, "`, ",
              model.device(), ", got ", tensor.device());
}

inline void check_same_shape(const Tensor& tensor, const char* name, const Tensor& model, const char* model_name) {
  TORCH_CHECK(tensor.sizes() == model.sizes(), "`", name, "` must have the shape of `", model_name, "`, ",
              model.sizes(), ", got ", tensor.sizes());
}

/* A tensor's memory as `float` or `const float`; on "meta" there is none, and no kernel to read it. */
template <typename T>
T* elements(const Tensor& tensor) {
  if constexpr (std::is_const_v<T>) return static_cast<T*>(tensor.const_data_ptr());
  else return static_cast<T*>(tensor.mutable_data_ptr());
}

/* run_on(tensor, cpu::f, cuda::f, arguments): on the tensor's device and its current stream. On "meta" shapes are all. */
template <typename Cpu, typename Cuda, typename... Arguments>
void run_on(const Tensor& tensor, Cpu on_cpu, Cuda on_cuda, const Arguments&... arguments) {
  if (tensor.is_meta()) return;
  if (tensor.is_cpu()) return on_cpu(arguments...);
#ifdef NOTEBOOSTER_CUDA_KERNELS
  const c10::DeviceGuard guard(tensor.device());
  const LaunchError error = on_cuda(arguments..., c10::cuda::getCurrentCUDAStream(tensor.device().index()).stream());
  TORCH_CHECK(error == nullptr, error);
#else
  TORCH_CHECK(false, "this build has no CUDA kernels: nvcc was not found when the addon was built");
#endif
}

#ifdef NOTEBOOSTER_CUDA_KERNELS
#define NOTEBOOSTER_CUDA_OR_NULL(function) cuda::function
#else
/* Without nvcc there is no definition to name. */
#define NOTEBOOSTER_CUDA_OR_NULL(function) nullptr
#endif
#define NOTEBOOSTER_RUN(tensor, function, ...) \
  run_on(tensor, cpu::function, NOTEBOOSTER_CUDA_OR_NULL(function), __VA_ARGS__)

inline bool needs_gradient(std::initializer_list<const Tensor*> tensors) {
  if (!at::GradMode::is_enabled()) return false;
  for (const Tensor* tensor : tensors)
    if (tensor->defined() && tensor->requires_grad()) return true;
  return false;
}

}  // namespace notebooster::kernels
