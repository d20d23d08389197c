// A fused pointwise kernel: the source text is made in src/jit, which layout it is compiled for is decided here by the tensors.
#pragma once
#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <mutex>

#include "nvrtc.h"

namespace notebooster::jit {

using at::Tensor;

class PointwiseKernel {
 public:
  PointwiseKernel(std::string source, std::vector<at::ScalarType> outputs) : source_(std::move(source)), outputs_(std::move(outputs)) {}

  /* The outputs, of the shape the inputs broadcast to; on the inputs' GPU and its current stream. */
  std::vector<Tensor> run(const std::vector<Tensor>& inputs, std::vector<float> scalars);

 private:
  struct Variant;
  Function function(const Variant& variant, c10::DeviceIndex device);

  const std::string source_;
  const std::vector<at::ScalarType> outputs_;
  std::map<std::pair<int, std::string>, Function> compiled_;  // by device and macros
  std::mutex lock_;                                           // backward passes run on autograd's threads
};

}  // namespace notebooster::jit
