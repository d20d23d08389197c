// An activation behind a bias, and its gradients with the bias's column sums, in one pass.
#include "activation.cuh"
#include "columns.cuh"

namespace notebooster::kernels {

namespace {

template <typename T, int N, typename Act, bool Backward>
struct BiasWalker {
  struct Slot {
    Pack<T, N> x, grad;
  };
  BiasActivation a;
  float bias[N];

  __device__ void start(int64_t col) { unpack(load<T, N>(static_cast<const T*>(a.bias) + col), bias); }
  __device__ void fetch(Slot& slot, int64_t at) const {
    slot.x = load_once<T, N>(static_cast<const T*>(a.x) + at);
    if constexpr (Backward) slot.grad = load_once<T, N>(static_cast<const T*>(a.grad) + at);
  }
  __device__ void finish(const Slot& slot, int64_t at, float (&sums)[N]) const {
    float x[N], grad[N];
    unpack(slot.x, x);
    if constexpr (Backward) unpack(slot.grad, grad);
#pragma unroll
    for (int j = 0; j < N; ++j) {
      if constexpr (Backward) {
        x[j] = grad[j] * Act::curve(x[j] + bias[j]).slope;
        sums[j] += x[j];
      } else {
        x[j] = Act::value(x[j] + bias[j]);
      }
    }
    store<T, N>(static_cast<T*>(a.out) + at, x);
  }
};

}  // namespace

namespace cuda {

int64_t column_partials(int64_t rows, int64_t cols, int tensors, Element element) {
  if (rows == 0 || cols == 0) return 0;
  return num_column_partials(rows, ceil_div(cols, element == Element::f32 ? 4 : 8), tensors);
}

LaunchError bias_activation(const BiasActivation& a, Stream stream) {
  return launch_columns(a, {a.x, a.bias, a.grad, a.out}, stream, [&]<typename T, int N>() {
    with_activation(a.activation, [&](auto act) {
      using Act = decltype(act);
      if (a.grad) launch_sums<T, N, 2>(BiasWalker<T, N, Act, true>{a, {}}, a, stream);
      else launch_walk<T, N>(BiasWalker<T, N, Act, false>{a, {}}, a, stream);
    });
  });
}

}  // namespace cuda
}  // namespace notebooster::kernels
