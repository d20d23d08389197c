// How many rows of partial sums a kernel that sums over rows gets.
#pragma once
#include "torch_side.h"

namespace notebooster::kernels {

/* On the CPU: parts of 64 rows, for any number of threads. `on_cuda()` is asked on the tensor's device. */
template <typename OnCuda>
int64_t num_partials(const Tensor& x, int64_t rows, OnCuda on_cuda) {
  constexpr int64_t kRowsPerPartial = 64, kMostPartials = 64;
#ifdef NOTEBOOSTER_CUDA_KERNELS
  if (x.is_cuda()) {
    const c10::DeviceGuard guard(x.device());
    return on_cuda();
  }
#endif
  return std::min(kMostPartials, (rows + kRowsPerPartial - 1) / kRowsPerPartial);
}

/* Rows of a tensor (..., cols). */
inline int64_t num_rows(const Tensor& x) { return x.size(-1) > 0 ? x.numel() / x.size(-1) : 0; }

/* A vector that goes with the last dimension of x. */
inline void check_vector(const Tensor& vector, const char* name, const Tensor& x) {
  TORCH_CHECK(x.dim() >= 1, "`x` must be (..., dim), got a tensor without dimensions");
  TORCH_CHECK(vector.dim() == 1 && vector.size(0) == x.size(-1), "`", name, "` must be (", x.size(-1),
              "), the last size of `x` ", x.sizes(), ", got ", vector.sizes());
  check_like(vector, name, x, "x");
}

}  // namespace notebooster::kernels
