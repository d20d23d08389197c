// Which instruction set's loops run here.
#include "loops.h"

namespace notebooster::kernels::cpu {
namespace {

const Loops& widest() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    return loops_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")) return loops_avx2;
#endif
  return loops_any;
}

}  // namespace

const Loops& loops() {
  static const Loops& widest_loops = widest();
  return widest_loops;
}

}  // namespace notebooster::kernels::cpu
