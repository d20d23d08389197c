// SwiGLU (Shazeer 2020): silu(gate) * up and its gradients in one pass, two packs of 16 bytes of each operand a thread.
#include "device.cuh"

namespace notebooster::kernels::cuda {
namespace {

constexpr int kThreads = 256, kUnroll = 2;

__device__ inline float sigmoid(float x) { return __fdividef(1.f, 1.f + __expf(-x)); }

/* Rows are walked by blockIdx.y; contiguous operands come as one long row. */
template <typename T, int N>
__global__ void __launch_bounds__(kThreads) forward(SwiGlu a) {
  const int64_t packs = a.cols / N;
  const int64_t first = int64_t(blockIdx.x) * kThreads * kUnroll + threadIdx.x;
  for (int64_t row = blockIdx.y; row < a.rows; row += gridDim.y) {
    Pack<T, N> gates[kUnroll], ups[kUnroll];
#pragma unroll
    for (int u = 0; u < kUnroll; ++u) {
      const int64_t i = first + u * kThreads;
      if (i >= packs) continue;
      gates[u] = load<T, N>(static_cast<const T*>(a.gate) + row * a.gate_stride + i * N);
      ups[u] = load<T, N>(static_cast<const T*>(a.up) + row * a.up_stride + i * N);
    }
#pragma unroll
    for (int u = 0; u < kUnroll; ++u) {
      const int64_t i = first + u * kThreads;
      if (i >= packs) continue;
      float gate[N], up[N];
      unpack(gates[u], gate);
      unpack(ups[u], up);
#pragma unroll
      for (int j = 0; j < N; ++j) gate[j] *= sigmoid(gate[j]) * up[j];
      store<T, N>(static_cast<T*>(a.out) + row * a.cols + i * N, gate);
    }
  }
}

template <typename T, int N>
__global__ void __launch_bounds__(kThreads) backward(SwiGlu a) {
  const int64_t packs = a.cols / N;
  const int64_t first = int64_t(blockIdx.x) * kThreads * kUnroll + threadIdx.x;
  for (int64_t row = blockIdx.y; row < a.rows; row += gridDim.y) {
    Pack<T, N> gates[kUnroll], ups[kUnroll], grads[kUnroll];
#pragma unroll
    for (int u = 0; u < kUnroll; ++u) {
      const int64_t i = first + u * kThreads;
      if (i >= packs) continue;
      gates[u] = load<T, N>(static_cast<const T*>(a.gate) + row * a.gate_stride + i * N);
      ups[u] = load<T, N>(static_cast<const T*>(a.up) + row * a.up_stride + i * N);
      grads[u] = load<T, N>(static_cast<const T*>(a.grad) + row * a.grad_stride + i * N);
    }
#pragma unroll
    for (int u = 0; u < kUnroll; ++u) {
      const int64_t i = first + u * kThreads;
      if (i >= packs) continue;
      float gate[N], up[N], grad[N];
      unpack(gates[u], gate);
      unpack(ups[u], up);
      unpack(grads[u], grad);
#pragma unroll
      for (int j = 0; j < N; ++j) {
        const float s = sigmoid(gate[j]);
        const float slope = s * (1.f + gate[j] * (1.f - s));
        const float grad_gate = grad[j] * up[j] * slope;
        up[j] = grad[j] * (gate[j] * s);
        gate[j] = grad_gate;
      }
      store<T, N>(static_cast<T*>(a.grad_gate) + row * a.cols + i * N, gate);
      store<T, N>(static_cast<T*>(a.grad_up) + row * a.cols + i * N, up);
    }
  }
}

template <typename T, int N>
void launch(const SwiGlu& a, Stream stream) {
  const dim3 grid(ceil_div(a.cols / N, kThreads * kUnroll), a.rows < 65535 ? a.rows : 65535);
  if (a.grad) backward<T, N><<<grid, kThreads, 0, stream>>>(a);
  else forward<T, N><<<grid, kThreads, 0, stream>>>(a);
}

template <typename T>
bool fits_packs(const SwiGlu& a) {
  for (const void* pointer : {a.gate, a.up, a.grad, const_cast<const void*>(a.out),
                              const_cast<const void*>(a.grad_gate), const_cast<const void*>(a.grad_up)})
    if (!is_aligned(pointer)) return false;
  for (const int64_t size : {a.cols, a.gate_stride, a.up_stride, a.grad_stride})
    if (size % kVector<T> != 0) return false;
  return true;
}

LaunchError run(SwiGlu a, Stream stream) {
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

LaunchError swiglu_forward(const SwiGlu& a, Stream stream) { return run(a, stream); }
LaunchError swiglu_backward(const SwiGlu& a, Stream stream) { return run(a, stream); }

}  // namespace notebooster::kernels::cuda
