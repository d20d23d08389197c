// What rms_norm and layer_norm share: one forward and one backward pass over tensors, and their autograd function.
#pragma once
#include "torch_side.h"

namespace notebooster::kernels {

using OptionalTensor = std::optional<Tensor>;

struct NormKind {
  double eps;
  bool centered;  // LayerNorm, else RMSNorm
};

struct Normed {
  Tensor normed, sum, stats;  // sum: undefined without a residual; stats (rows, 2): undefined for RMSNorm
};

struct NormGradients {
  Tensor x, weight, bias;
};

struct NormSaved {
  Tensor x, stats, weight;
  bool has_bias;
};

Normed norm_forward(const Tensor& x, const OptionalTensor& residual, const Tensor& weight, const OptionalTensor& bias,
                    NormKind kind);
NormGradients norm_backward(const Tensor& grad, const OptionalTensor& grad_sum, const NormSaved& saved, NormKind kind);

/* normed, and sum if there is a residual */
std::vector<Tensor> norm_with_autograd(const Tensor& x, const OptionalTensor& residual, const Tensor& weight,
                                       const OptionalTensor& bias, NormKind kind);

}  // namespace notebooster::kernels
