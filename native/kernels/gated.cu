// SwiGLU and GeGLU (Shazeer 2020): activation(gate) * up and its gradients in one pass, a pack of 16 bytes of each operand
// a thread.
#include "activation.cuh"
#include "overlap.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 1024;

/* Measured on an H100, as kThreads: two streams are faster through the caches, three past them. */
template <typename T, int N, bool Once>
__device__ inline void fetch(const void* data, int64_t at, float (&values)[N]) {
  const T* from = static_cast<const T*>(data) + at;
  unpack(Once ? load_once<T, N>(from) : load<T, N>(from), values);
}

/* Rows are walked by blockIdx.y; contiguous operands come as one long row. */
template <typename T, int N, typename Act, bool Backward>
__global__ void __launch_bounds__(kThreads) gated(Gated a) {
  wait_for_kernel_before();
  const int64_t i = (int64_t(blockIdx.x) * kThreads + threadIdx.x) * N;
  if (i >= a.cols) return;
  for (int64_t row = blockIdx.y; row < a.rows; row += gridDim.y) {
    float gate[N], up[N], grad[N];
    fetch<T, N, Backward>(a.gate, row * a.gate_stride + i, gate);
    fetch<T, N, Backward>(a.up, row * a.up_stride + i, up);
    if constexpr (Backward) {
      fetch<T, N, Backward>(a.grad, row * a.grad_stride + i, grad);
#pragma unroll
      for (int j = 0; j < N; ++j) {
        const Curve curve = Act::curve(gate[j]);
        gate[j] = grad[j] * up[j] * curve.slope;
        up[j] = grad[j] * curve.value;
      }
      store<T, N>(static_cast<T*>(a.grad_gate) + row * a.cols + i, gate);
      store<T, N>(static_cast<T*>(a.grad_up) + row * a.cols + i, up);
    } else {
#pragma unroll
      for (int j = 0; j < N; ++j) gate[j] = Act::value(gate[j]) * up[j];
      store<T, N>(static_cast<T*>(a.out) + row * a.cols + i, gate);
    }
  }
}

template <typename T, int N>
void launch(const Gated& a, Stream stream) {
  const Launch launch{dim3(ceil_div(a.cols / N, kThreads), a.rows < 65535 ? a.rows : 65535), dim3(kThreads), stream};
  with_activation(a.activation, [&](auto act) {
    using Act = decltype(act);
    if (a.grad) launch_overlapping(gated<T, N, Act, true>, launch, a);
    else launch_overlapping(gated<T, N, Act, false>, launch, a);
  });
}

template <typename T>
bool fits_packs(const Gated& a) {
  for (const void* pointer : {a.gate, a.up, a.grad, const_cast<const void*>(a.out),
                              const_cast<const void*>(a.grad_gate), const_cast<const void*>(a.grad_up)})
    if (!is_aligned(pointer)) return false;
  for (const int64_t size : {a.cols, a.gate_stride, a.up_stride, a.grad_stride})
    if (size % kVector<T> != 0) return false;
  return true;
}

LaunchError run(Gated a, Stream stream) {
  if (a.rows == 0 || a.cols == 0) return nullptr;
  if (a.gate_stride == a.cols && a.up_stride == a.cols && (!a.grad || a.grad_stride == a.cols)) {
    a.cols *= a.rows;
    a.rows = 1;
    a.gate_stride = a.up_stride = a.grad_stride = a.cols;
  }
  with_element(a.element, [&](auto zero) {
    using T = decltype(zero);
    fits_packs<T>(a) ? launch<T, kVector<T>>(a, stream) : launch<T, 1>(a, stream);
  });
  return launch_error();
}

}  // namespace

LaunchError gated_forward(const Gated& a, Stream stream) { return run(a, stream); }
LaunchError gated_backward(const Gated& a, Stream stream) { return run(a, stream); }

}  // namespace notebooster::kernels::cuda
