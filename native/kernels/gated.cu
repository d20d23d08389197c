// SwiGLU and GeGLU (Shazeer 2020): activation(gate) * up and its gradients in one pass, some packs of 16 bytes of each
// operand a thread.
#include "activation.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256, kUnroll = 2;

template <typename T, int N>
struct Operand {
  Pack<T, N> packs[kUnroll];

  /* Of a row: packs first, first + kThreads, .. that lie inside. */
  __device__ void fetch(const void* row, int64_t first, int64_t packs_in_row) {
#pragma unroll
    for (int u = 0; u < kUnroll; ++u) {
      const int64_t i = first + u * kThreads;
      if (i < packs_in_row) packs[u] = load_once<T, N>(static_cast<const T*>(row) + i * N);
    }
  }
};

template <typename T>
__device__ inline const void* row_of(const void* data, int64_t row, int64_t stride) {
  return static_cast<const T*>(data) + row * stride;
}

/* Rows are walked by blockIdx.y; contiguous operands come as one long row. */
template <typename T, int N, typename Act, bool Backward>
__global__ void __launch_bounds__(kThreads) gated(Gated a) {
  const int64_t packs = a.cols / N;
  const int64_t first = int64_t(blockIdx.x) * kThreads * kUnroll + threadIdx.x;
  for (int64_t row = blockIdx.y; row < a.rows; row += gridDim.y) {
    Operand<T, N> gates, ups, grads;
    gates.fetch(row_of<T>(a.gate, row, a.gate_stride), first, packs);
    ups.fetch(row_of<T>(a.up, row, a.up_stride), first, packs);
    if constexpr (Backward) grads.fetch(row_of<T>(a.grad, row, a.grad_stride), first, packs);
#pragma unroll
    for (int u = 0; u < kUnroll; ++u) {
      const int64_t i = first + u * kThreads, at = row * a.cols + i * N;
      if (i >= packs) continue;
      float gate[N], up[N], grad[N];
      unpack(gates.packs[u], gate);
      unpack(ups.packs[u], up);
      if constexpr (Backward) {
        unpack(grads.packs[u], grad);
#pragma unroll
        for (int j = 0; j < N; ++j) {
          const Curve curve = Act::curve(gate[j]);
          gate[j] = grad[j] * up[j] * curve.slope;
          up[j] = grad[j] * curve.value;
        }
        store<T, N>(static_cast<T*>(a.grad_gate) + at, gate);
        store<T, N>(static_cast<T*>(a.grad_up) + at, up);
      } else {
#pragma unroll
        for (int j = 0; j < N; ++j) gate[j] = Act::value(gate[j]) * up[j];
        store<T, N>(static_cast<T*>(a.out) + at, gate);
      }
    }
  }
}

template <typename T, int N>
void launch(const Gated& a, Stream stream) {
  const dim3 grid(ceil_div(a.cols / N, kThreads * kUnroll), a.rows < 65535 ? a.rows : 65535);
  with_activation(a.activation, [&](auto act) {
    using Act = decltype(act);
    if (a.grad) gated<T, N, Act, true><<<grid, kThreads, 0, stream>>>(a);
    else gated<T, N, Act, false><<<grid, kThreads, 0, stream>>>(a);
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
