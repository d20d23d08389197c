// Moving numbers between JS typed arrays and tensors, without a copy where memory is on the CPU,
// and reading what a tensor is (shape, dtype, device).
#pragma once
#include <ATen/core/Tensor.h>

#include "../node/bindings.h"

namespace notebooster {

/* The number in a tensor with one element, a GPU's waited for; throws while a graph is captured and where a collective has failed. */
c10::Scalar read_number(const at::Tensor& tensor);

void export_storage(Napi::Object exports);

}  // namespace notebooster
