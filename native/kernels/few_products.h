// Products of a few rows by our own kernel (few_rows.cu), where it is faster than cuBLAS: text is generated, a token a row.
#pragma once
#include <ATen/ops/empty.h>

#include "torch_side.h"

namespace notebooster::kernels {

/* Whether rows (n, in) and weight (out, in), with their bias, are what the kernel takes. */
inline bool are_few([[maybe_unused]] const Tensor& rows, [[maybe_unused]] const Tensor& weight,
                    [[maybe_unused]] const std::optional<Tensor>& bias) {
#ifdef NOTEBOOSTER_CUDA_KERNELS
  const auto fits = [&](const Tensor& tensor) {
    return tensor.is_contiguous() && tensor.scalar_type() == rows.scalar_type() && tensor.device() == rows.device() &&
           reinterpret_cast<uintptr_t>(tensor.const_data_ptr()) % 16 == 0;
  };
  return rows.is_cuda() && rows.size(0) >= 1 && rows.size(0) <= kMostRows && rows.size(1) % 8 == 0 && rows.size(1) == weight.size(1) &&
         (rows.scalar_type() == at::kBFloat16 || rows.scalar_type() == at::kHalf) && fits(rows) && fits(weight) &&
         (!bias.has_value() || !bias->defined() || fits(*bias));
#else
  return false;
#endif
}

/* Products of the same rows in one launch. */
class FewProducts {
 public:
  explicit FewProducts(const Tensor& rows) : rows_(rows) {
    few_.x = rows.const_data_ptr();
    few_.rows = rows.size(0);
    few_.in = rows.size(1);
    few_.element = element_of(rows, "x");
  }

  /* The next one, (n, out), whose numbers are there once it was run. */
  Tensor product(const Tensor& weight, const std::optional<Tensor>& bias) {
    add(weight, bias);
    const Tensor y = at::empty({few_.rows, weight.size(0)}, rows_.options());
    few_.y[few_.count - 1] = y.mutable_data_ptr();
    return y;
  }

  /* A factor of the first product, which becomes its gate: silu(first) * this. */
  void gated_factor(const Tensor& weight, const std::optional<Tensor>& bias) {
    add(weight, bias);
    few_.gated = true;
  }

  /* Is added to the first product, (n, out). */
  void residual(const Tensor& residual) { few_.residual = residual.const_data_ptr(); }

  /* The kernel before does not write the weights: they may be read while it ends. */
  void weights_stay() { few_.weights_stay = true; }

  void run() {
#ifdef NOTEBOOSTER_CUDA_KERNELS
    const c10::DeviceGuard guard(rows_.device());
    const LaunchError error = cuda::few_rows(few_, c10::cuda::getCurrentCUDAStream(rows_.device().index()).stream());
    TORCH_CHECK(error == nullptr, error);
#endif
  }

 private:
  void add(const Tensor& weight, const std::optional<Tensor>& bias) {
    few_.weights[few_.count] = weight.const_data_ptr();
    few_.biases[few_.count] = bias.has_value() && bias->defined() ? bias->const_data_ptr() : nullptr;
    few_.outs[few_.count++] = weight.size(0);
  }

  Tensor rows_;
  FewRows few_{};
};

}  // namespace notebooster::kernels
