// AdamW on the CPU over threads and the widest vectors the processor has, and the sum of squares of one tensor.
#include <algorithm>
#include <vector>

#include "adamw_cpu_loop.h"
#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

constexpr int64_t kGrain = 1 << 15, kSquaresBlock = 1 << 12;

using Loop = void (*)(const AdamWRange&, const AdamWNumbers&);

Loop widest_loop() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return adamw_loop_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return adamw_loop_avx2;
#endif
  return adamw_loop_any;
}

size_t size_of(Element element) { return element == Element::f32 ? 4 : 2; }

}  // namespace

void adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step) {
  static const Loop loop = widest_loop();
  if (step.found_inf && *step.found_inf != 0) return;
  const float scale = step.grad_scale ? *step.grad_scale : 1.f;
  const AdamWNumbers numbers{step.beta1, step.beta2, step.eps, step.decay, step.step_size, step.inv_sqrt_bias, scale};
  for (int64_t t = 0; t < count; ++t) {
    const AdamWTensor& tensor = tensors[t];
    at::parallel_for(0, tensor.numel, kGrain, [&](int64_t begin, int64_t end) {
      loop({static_cast<char*>(tensor.param) + begin * size_of(step.param),
            tensor.master ? tensor.master + begin : nullptr,
            static_cast<const char*>(tensor.grad) + begin * size_of(step.grad), tensor.exp_avg + begin,
            tensor.exp_avg_sq + begin, end - begin, step.param == Element::bf16, step.grad == Element::bf16},
           numbers);
    });
  }
}

double sum_of_squares(const NormTensor& tensor, Element element) {
  const int64_t blocks = (tensor.numel + kSquaresBlock - 1) / kSquaresBlock;
  std::vector<double> sums(static_cast<size_t>(blocks));
  with_element(element, [&](auto zero) {
    const auto* data = static_cast<const decltype(zero)*>(tensor.data);
    at::parallel_for(0, blocks, 16, [&](int64_t begin, int64_t end) {
      for (int64_t block = begin; block < end; ++block) {
        float lanes[16] = {};
        const int64_t first = block * kSquaresBlock, last = std::min(first + kSquaresBlock, tensor.numel);
        for (int64_t i = first; i < last; ++i) lanes[i % 16] += static_cast<float>(data[i]) * static_cast<float>(data[i]);
        for (const float lane : lanes) sums[static_cast<size_t>(block)] += lane;
      }
    });
  });
  double sum = 0;
  for (const double block : sums) sum += block;
  return sum;
}

}  // namespace notebooster::kernels::cpu
