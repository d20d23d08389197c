// Scaled dot-product attention over ATen's implementations: which of them can serve a call, and running one.
// Shapes: B batch, H query heads, Hkv key and value heads (H is a multiple), Tq queries, Tk keys, D head dim.
#pragma once
#include <ATen/core/Tensor.h>

#include <optional>
#include <string>

namespace notebooster::attention {

using at::Tensor;

enum class Backend : uint8_t { cudnn, flash, efficient, math };
constexpr int kNumBackends = 4;

/* One call: q (B, H, Tq, D), k and v (B, Hkv, Tk, D). `causal` lets query i see the keys up to i + Tk - Tq. */
struct Problem {
  Tensor q, k, v;
  std::optional<Tensor> mask;  // bool (true: may attend) or added to the scores; broadcasts to (B, H, Tq, Tk)
  bool causal;
  std::optional<double> scale;
  double dropout;

  int64_t queries() const { return q.size(-2); }
  int64_t keys() const { return k.size(-2); }
  int64_t groups() const { return q.size(-3) / k.size(-3); }
};

/* Sequences laid end to end: q (sum of Tq, H, D), k and v (sum of Tk, Hkv, D); sequence n is rows starts[n] to starts[n + 1]. */
struct PackedProblem {
  Tensor q, k, v;
  Tensor starts_q, starts_k;  // int32, number of sequences + 1, on the device
  int64_t max_q, max_k;       // longest sequence
  bool causal;
  std::optional<double> scale;
  double dropout;
  std::optional<int64_t> window;  // keys that a query sees, the last of them its own; only where causal
};

/* Throws when shapes, dtypes or devices do not fit together, naming both sides. */
void check_arguments(const Problem& problem);
void check_arguments(const PackedProblem& problem);

/* Why a backend cannot serve; empty when it can. The text is only made when `with_reason`. */
struct Refusal {
  bool refused;
  std::string reason;
};
Refusal refusal(Backend backend, const Problem& problem, bool with_reason);
Refusal refusal(Backend backend, const PackedProblem& problem, bool with_reason);

/* (B, H, Tq, D), or (sum of Tq, H, D); the backend must not refuse. */
Tensor run(Backend backend, const Problem& problem);
Tensor run(Backend backend, const PackedProblem& problem);

}  // namespace notebooster::attention
