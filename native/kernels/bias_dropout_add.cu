// Bias, dropout and residual in one pass; the backward pass draws the same Philox bits again.
#include "columns.cuh"

namespace notebooster::kernels {
namespace {

/* Philox4x32-10 (Salmon et al. 2011) */
__device__ inline uint4 philox(uint64_t key, uint4 c) {
  uint32_t low = static_cast<uint32_t>(key), high = static_cast<uint32_t>(key >> 32);
#pragma unroll
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t{0xD2511F53} * c.x, b = uint64_t{0xCD9E8D57} * c.z;
    c = {static_cast<uint32_t>(b >> 32) ^ c.y ^ low, static_cast<uint32_t>(b),
         static_cast<uint32_t>(a >> 32) ^ c.w ^ high, static_cast<uint32_t>(a)};
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
  /* Drops elements at .. at + N - 1, which are of one group of 8, and scales the others. */
  __device__ void drop(int64_t at, float (&y)[N]) const {
    const uint4 bits = philox(key, {static_cast<uint32_t>(static_cast<uint64_t>(at) / 8), a.call,
                                    static_cast<uint32_t>(offset), static_cast<uint32_t>(offset >> 32)});
    const int place = N == 8 ? 0 : static_cast<int>(at % 8);
#pragma unroll
    for (int j = 0; j < N; ++j) {
      const int k = place + j;
      const uint32_t word = k < 4 ? (k < 2 ? bits.x : bits.y) : (k < 6 ? bits.z : bits.w);
      const bool is_kept = (k % 2 == 0 ? word & 0xffff : word >> 16) >= a.threshold;
      y[j] = is_kept ? y[j] * a.scale : 0.f;
    }
  }
  __device__ void finish(const Slot& slot, int64_t at, float (&sums)[N]) const {
    float y[N], residual[N];
    unpack(slot.x, y);
    if constexpr (!Backward) {
      unpack(slot.residual, residual);
#pragma unroll
      for (int j = 0; j < N; ++j) y[j] += bias[j];
    }
    if (a.state) drop(at, y);
#pragma unroll
    for (int j = 0; j < N; ++j) {
      if constexpr (Backward) sums[j] += y[j];
      else y[j] += residual[j];
    }
    if (a.out) store<T, N>(static_cast<T*>(a.out) + at, y);
  }
};

}  // namespace

namespace cuda {

LaunchError bias_dropout_add(const BiasDropoutAdd& a, Stream stream) {
  return launch_columns(a, {a.x, a.bias, a.residual, a.out}, stream, [&]<typename T, int N>() {
    const DropoutWalker<T, N, true> backward{a, {}, 0, 0};
    if (a.grad_bias) launch_sums<T, N, 1>(backward, a, stream);
    else if (a.backward) launch_walk<T, N>(backward, a, stream);
    else launch_walk<T, N>(DropoutWalker<T, N, false>{a, {}, 0, 0}, a, stream);
  });
}

}  // namespace cuda
}  // namespace notebooster::kernels
