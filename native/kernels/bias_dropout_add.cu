// Bias, dropout and residual in one pass; the backward pass draws the same Philox bits again.
#include "columns.cuh"

namespace notebooster::kernels {
namespace {

/* Philox4x32-10 (Salmon et al. 2011) */
__device__ inline uint4 philox(uint64_t key, uint4 c) {
  uint32_t low = static_cast<uint32_t>(key), high = static_cast<uint32_t>(key >> 32);
#pragma unroll
  for (int round = 0; round < 10; ++round) {
    c = {__umulhi(0xCD9E8D57, c.z) ^ c.y ^ low, 0xCD9E8D57 * c.z,
         __umulhi(0xD2511F53, c.x) ^ c.w ^ high, 0xD2511F53 * c.x};
    low += 0x9E3779B9;
    high += 0xBB67AE85;
  }
  return c;
}

/* Backward: neither bias nor residual. */
template <typename T, int N, bool Backward>
struct DropoutWalker {
  struct Slot {
    Pack<T, N> x, residual;
    uint4 bits;
  };
  BiasDropoutAdd a;
  float bias[N];
  uint64_t key, offset;

  __device__ void start(int64_t col) {
#pragma unroll
    for (int j = 0; j < N; ++j) bias[j] = 0;
    if (!Backward && a.bias) unpack(load<T, N>(static_cast<const T*>(a.bias) + col), bias);
    key = a.state ? a.state[0] : 0;
    offset = a.state ? a.state[1] : 0;
  }
  __device__ void fetch(Slot& slot, int64_t at) const {
    slot.x = load_once<T, N>(static_cast<const T*>(a.x) + at);
    if (!Backward) slot.residual = load_once<T, N>(static_cast<const T*>(a.residual) + at);
  }
  __device__ void draw(Slot& slot, int64_t at) const {
    if (a.state)
      slot.bits = philox(key, {static_cast<uint32_t>(static_cast<uint64_t>(at) / 8), a.call,
                               static_cast<uint32_t>(offset), static_cast<uint32_t>(offset >> 32)});
  }
  /* Drops elements at .. at + N - 1, which are of one group of 8, and scales the others. */
  __device__ void drop(const uint4& bits, int64_t at, float (&y)[N]) const {
    const uint32_t most_dropped = (a.threshold << 16) - 1;
    const int place = N == 8 ? 0 : static_cast<int>(at % 8);
#pragma unroll
    for (int j = 0; j < N; ++j) {
      const int k = place + j;
      const uint32_t word = k < 4 ? (k < 2 ? bits.x : bits.y) : (k < 6 ? bits.z : bits.w);
      y[j] = (k % 2 == 0 ? word << 16 : word) > most_dropped ? y[j] * a.scale : 0.f;
    }
  }
  __device__ void finish(const Slot& slot, int64_t at, float (&y)[N]) const {
    unpack(slot.x, y);
    if constexpr (!Backward) {
#pragma unroll
      for (int j = 0; j < N; ++j) y[j] += bias[j];
    }
    if (a.state) drop(slot.bits, at, y);
    if constexpr (!Backward) {
      float residual[N];
      unpack(slot.residual, residual);
#pragma unroll
      for (int j = 0; j < N; ++j) y[j] += residual[j];
    }
  }
};

}  // namespace

namespace cuda {

int64_t dropout_partials(int64_t rows) { return num_column_partials<1>(rows); }

LaunchError bias_dropout_add(const BiasDropoutAdd& a, Stream stream) {
  return launch_columns(a, {a.x, a.bias, a.residual, a.out}, stream, [&]<typename T, int N>() {
    const DropoutWalker<T, N, true> backward{a, {}, 0, 0};
    if (a.grad_bias) launch_walk<T, N, SumBlock<1>>(backward, stream);
    else if (a.backward) launch_walk<T, N, WalkBlock>(backward, stream);
    else launch_walk<T, N, WalkBlock>(DropoutWalker<T, N, false>{a, {}, 0, 0}, stream);
  });
}

}  // namespace cuda
}  // namespace notebooster::kernels
