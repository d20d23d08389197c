// Tensors and values of the frame in the words of error messages.
#pragma once
#include <string>

#include "frame.h"

namespace notebooster {

/* e.g. `float32[2, 3]` or `"mean"` */
std::string describe(const at::Tensor& tensor);
std::string describe(Value value);

/* The arguments in the frame: "float32[2, 3], dim: 1" */
std::string describe_arguments();

/* As JavaScript prints it. */
std::string number_text(double number);

}  // namespace notebooster
