// Random bits for rounding to 16 bits at random (stochastic rounding, Gupta et al. 2015): a number goes up or down with the
// probability that keeps its mean, so that changes smaller than its last bit are not lost. What an element draws depends on the
// weight, the update's number and the element's place in the whole weight, whoever has it.
#pragma once
#include <cstdint>

#ifdef __CUDACC__
#define NOTEBOOSTER_ANYWHERE __host__ __device__
#else
#define NOTEBOOSTER_ANYWHERE
#endif

namespace notebooster::kernels {

/* What the draws of one tensor depend on. */
struct Draws {
  const float* step;  // how many updates the weight has seen; nullptr: numbers are rounded to nearest
  int64_t begin;      // the first element's place in the whole
  uint32_t seed;      // another for each weight
};

/* A mixing function without structure that shows (lowbias32: Wellons 2018); of a number, or of a vector of numbers. */
template <typename Words>
NOTEBOOSTER_ANYWHERE inline Words mixed(Words x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

NOTEBOOSTER_ANYWHERE inline uint32_t key_of(uint32_t seed, float step) {
  return mixed(mixed(seed + 0x9e3779b9u) + static_cast<uint32_t>(step));
}

/* Bits of element `begin` of a key, and, where Words is a vector, of the elements after it. */
template <typename Words>
NOTEBOOSTER_ANYWHERE inline Words bits_at(uint32_t key, int64_t begin, Words lanes) {
  const Words low = lanes + static_cast<uint32_t>(begin);
  const Words upper = lanes - lanes + static_cast<uint32_t>(static_cast<uint64_t>(begin) >> 32);
  const Words high = low < lanes ? upper + 1u : upper;
  return mixed(low ^ key ^ high * 0x9e3779b1u);
}

/* An element's tensors, the weight and what is remembered of it, draw different bits: the upper half of these times its own. */
constexpr int kMostDraws = 8;
NOTEBOOSTER_ANYWHERE constexpr uint32_t multiplier(int draw) {
  constexpr uint32_t numbers[kMostDraws] = {1u,          0x10000u,    0x9e3779b1u, 0x85ebca6bu,
                                            0xc2b2ae35u, 0x27d4eb2fu, 0x165667b1u, 0xd3a2646cu | 1u};
  return numbers[draw];
}

}  // namespace notebooster::kernels
