// AdamW on the CPU over threads, with moments in 8 bits too, and the sum of squares of one tensor.
#include <cmath>
#include <vector>

#include "dynamic_types.h"
#include "host.h"

namespace notebooster::kernels::cpu {
namespace {

constexpr int64_t kGrain = 1 << 15, kSquaresBlock = 1 << 12;

int64_t size_of(Element element) { return element == Element::f32 ? 4 : 2; }

AdamWNumbers numbers_of(const AdamWTensor& tensor, const AdamWStep& s) {
  const double step = tensor.step ? *tensor.step : s.step, lr = s.lr_on_device ? *s.lr_on_device : s.lr;
  const double bias1 = -std::expm1(step * s.log_beta1), bias2 = -std::expm1(step * s.log_beta2);
  return {s.rate1, s.rate2, s.eps, static_cast<float>(1 - lr * s.weight_decay), static_cast<float>(lr / bias1),
          static_cast<float>(1 / std::sqrt(bias2)), s.grad_scale ? *s.grad_scale : 1.f,
          tensor.draws.step ? key_of(tensor.draws.seed, *tensor.draws.step) : 0};
}

}  // namespace

void adamw(const AdamWTensor* tensors, int64_t count, const AdamWStep& step) {
  if (step.found_inf && *step.found_inf != 0) return;
  for (int64_t t = 0; t < count; ++t) {
    const AdamWTensor& tensor = tensors[t];
    const AdamWNumbers numbers = numbers_of(tensor, step);
    at::parallel_for(0, tensor.numel, kGrain, [&](int64_t begin, int64_t end) {
      loops().adamw({static_cast<char*>(tensor.param) + begin * size_of(step.param),
                     tensor.master ? tensor.master + begin : nullptr,
                     static_cast<const char*>(tensor.grad) + begin * size_of(step.grad),
                     static_cast<char*>(tensor.exp_avg) + begin * size_of(step.moments),
                     static_cast<char*>(tensor.exp_avg_sq) + begin * size_of(step.moments), end - begin,
                     tensor.draws.begin + begin, step.param, step.grad, step.moments},
                    numbers);
    });
  }
}

void adamw_8bit(const AdamW8bitTensor* tensors, int64_t count, const AdamWStep& step) {
  if (step.found_inf && *step.found_inf != 0) return;
  for (int64_t t = 0; t < count; ++t) {
    const AdamW8bitTensor& tensor = tensors[t];
    const AdamWNumbers numbers = numbers_of(tensor, step);
    const int64_t blocks = (tensor.numel + kDynamicBlock - 1) / kDynamicBlock;
    at::parallel_for(0, blocks, kGrain / kDynamicBlock, [&](int64_t begin, int64_t end) {
      loops().adamw_8bit(tensor, step.param, step.grad, numbers, begin, end);
    });
  }
}

void round_at_random(const RoundedTensor* tensors, int64_t count, int draw) {
  for (int64_t t = 0; t < count; ++t) {
    const auto& [target, source, numel, draws] = tensors[t];
    const uint32_t key = key_of(draws.seed, *draws.step);
    at::parallel_for(0, numel, kGrain, [&, target = target, source = source, draws = draws](int64_t begin, int64_t end) {
      loops().round_at_random({static_cast<char*>(target) + begin * size_of(Element::bf16), source + begin, end - begin,
                               draws.begin + begin, key, draw});
    });
  }
}

double sum_of_squares(const NormTensor& tensor, Element element) {
  const int64_t blocks = (tensor.numel + kSquaresBlock - 1) / kSquaresBlock;
  std::vector<double> sums(static_cast<size_t>(blocks));
  at::parallel_for(0, blocks, 16, [&](int64_t begin, int64_t end) {
    for (int64_t block = begin; block < end; ++block) {
      const int64_t first = block * kSquaresBlock, size = std::min(kSquaresBlock, tensor.numel - first);
      const auto* data = static_cast<const char*>(tensor.data) + first * size_of(element);
      sums[static_cast<size_t>(block)] = loops().sum_of_squares(data, size, element);
    }
  });
  double sum = 0;
  for (const double block : sums) sum += block;
  return sum;
}

}  // namespace notebooster::kernels::cpu
