// Where the gradient of a parameter is to lie: in a part of a flat buffer that is reduced over ranks as a whole. Operators that
// make a gradient write it there; what came otherwise is copied there once, when it is complete.
#pragma once
#include <ATen/core/Tensor.h>

namespace notebooster {

/* Undefined when the parameter's gradient may lie anywhere. */
at::Tensor place_of_gradient(const at::Tensor& parameter);

}  // namespace notebooster
