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
  __device__ void draw(Slot&, int64_t) const {}
  __device__ void finish(const Slot& slot, int64_t, float (&y)[N]) const {
    float grad[N];
    unpack(slot.x, y);
    if constexpr (Backward) unpack(slot.grad, grad);
#pragma unroll
    for (int j = 0; j < N; ++j) {
      if constexpr (Backward) y[j] = grad[j] * Act::curve(y[j] + bias[j]).slope;
      else y[j] = Act::value(y[j] + bias[j]);
    }
  }
};

}  // namespace

namespace cuda {

int64_t activation_partials(int64_t rows) { return num_column_partials<2>(rows); }

LaunchError bias_activation(const BiasActivation& a, Stream stream) {
  return launch_columns(a, {a.x, a.bias, a.grad, a.out}, stream, [&]<typename T, int N>() {
    with_activation(a.activation, [&](auto act) {
      using Act = decltype(act);
      if (a.grad) launch_walk<T, N, SumBlock<2>>(BiasWalker<T, N, Act, true>{a, {}}, stream);
      else launch_walk<T, N, WalkBlock>(BiasWalker<T, N, Act, false>{a, {}}, stream);
    });
  });
}

}  // namespace cuda
}  // namespace notebooster::kernels
