// The names of GELU's two forms, as PyTorch has them.
#pragma once
#include "torch_side.h"

namespace notebooster::kernels {

/* "none": x Phi(x) by erf (Hugging Face's "gelu"); "tanh": its approximation ("gelu_new", "gelu_pytorch_tanh") */
inline Activation gelu_named(std::string_view approximate) {
  TORCH_CHECK(approximate == "none" || approximate == "tanh", "`approximate` must be \"none\" or \"tanh\", got \"",
              approximate, "\"");
  return approximate == "tanh" ? Activation::gelu_tanh : Activation::gelu_erf;
}

}  // namespace notebooster::kernels
