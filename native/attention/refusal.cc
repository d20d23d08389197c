// Which backend can serve is ATen's own knowledge (sdp_utils.h), asked for its reasons by catching its warnings.
#include <ATen/Context.h>
#include <ATen/core/grad_mode.h>
#include <ATen/native/transformers/sdp_utils_cpp.h>
#include <ATen/ops/_fused_sdp_choice.h>
#ifdef NOTEBOOSTER_CUDA
#include <ATen/native/transformers/cuda/sdp_utils.h>
#endif

#include "backends.h"

namespace notebooster::attention {
namespace {

constexpr Refusal kServes{false, ""};

Refusal refuse(bool with_reason, const char* reason) { return {true, with_reason ? reason : ""}; }

/* Collects ATen's warnings while it lives, also those it gives only once a process. */
class Reasons : public c10::WarningHandler {
 public:
  void process(const c10::Warning& warning) override { text_ += (text_.empty() ? "" : " ") + warning.msg(); }
  std::string text() const { return text_.empty() ? "ATen gives no reason" : text_; }

 private:
  std::string text_;
  c10::WarningUtils::WarnAlways always_{true};
  c10::WarningUtils::WarningHandlerGuard guard_{this};
};

/* ATen aligns `is_causal` to the upper left; of unequal lengths the mask or the flash kernel itself takes care. */
sdp::sdp_params params_of(const Problem& problem, bool groups_stay, bool takes_lower_right) {
  const auto spread = [&](const Tensor& x) {
    return groups_stay || problem.groups() == 1 ? x : x.unsqueeze(2).expand({-1, -1, problem.groups(), -1, -1}).flatten(1, 2);
  };
  const bool square = problem.queries() == problem.keys();
  const bool masks_causal = problem.causal && !takes_lower_right && (problem.mask || !square);
  std::optional<Tensor> mask = problem.mask;
  if (masks_causal && !mask) mask = problem.q.new_empty({1, 1, 1, problem.keys()}).expand({1, 1, problem.queries(), problem.keys()});
  return {problem.q, spread(problem.k), spread(problem.v), mask, problem.dropout,
          problem.causal && square && !masks_causal, groups_stay && problem.groups() > 1};
}

/* On the CPU the question has no door of its own: without math ATen must take the flash kernel or say why not. */
Refusal cpu_flash_refusal(const Problem& problem, bool with_reason) {
  const sdp::sdp_params p = params_of(problem, false, false);
  const auto choice = [&] {
    return at::_fused_sdp_choice(p.query, p.key, p.value, p.attn_mask, p.dropout, p.is_causal, problem.scale, false);
  };
  if (choice() == static_cast<int64_t>(at::SDPBackend::flash_attention)) return kServes;
  if (!with_reason) return {true, ""};
  Reasons reasons;
  at::globalContext().setSDPUseMath(false);
  try {
    choice();
  } catch (const c10::Error&) {
    // Expected: with math switched off nothing is left to choose; the reasons were given as warnings before.
  }
  at::globalContext().setSDPUseMath(true);
  return {true, reasons.text()};
}

#ifdef NOTEBOOSTER_CUDA
Refusal cuda_refusal(Backend backend, const Problem& problem, bool with_reason) {
  const bool is_flash = backend == Backend::flash;
  const sdp::sdp_params params = params_of(problem, backend != Backend::efficient, is_flash && !problem.mask);
  const auto can_use = backend == Backend::cudnn ? sdp::can_use_cudnn_attention
                       : is_flash                ? sdp::can_use_flash_attention
                                                 : sdp::can_use_mem_efficient_attention;
  if (can_use(params, false)) return kServes;
  if (!with_reason) return {true, ""};
  Reasons reasons;
  can_use(params, true);
  return {true, reasons.text()};
}
#endif

}  // namespace

Refusal refusal(Backend backend, const Problem& problem, bool with_reason) {
  if (backend == Backend::math) return kServes;
  if (problem.q.is_cpu()) {
    if (backend == Backend::flash) return cpu_flash_refusal(problem, with_reason);
    return refuse(with_reason, "It runs on CUDA devices only, the tensors are on the CPU.");
  }
#ifdef NOTEBOOSTER_CUDA
  if (problem.q.is_cuda()) return cuda_refusal(backend, problem, with_reason);
#endif
  return refuse(with_reason, "It runs on CUDA devices only.");
}

Refusal refusal(Backend backend, const PackedProblem& problem, bool with_reason) {
  if (backend == Backend::math) return kServes;
  if (backend == Backend::cudnn)
    return refuse(with_reason, "ATen's cuDNN back end takes sequences of variable length only without gradients, as nested tensors.");
  if (problem.q.is_cpu() && backend == Backend::efficient)
    return refuse(with_reason, "It runs on CUDA devices only, the tensors are on the CPU.");
  if (problem.window && backend == Backend::efficient)
    return refuse(with_reason, "ATen's gradient of it leaves windows out.");
  if (problem.dropout > 0 && backend == Backend::efficient)
    return refuse(with_reason, "ATen's gradient of it for sequences of variable length drops other weights than its forward pass.");
  // One sequence stands for all: lengths do not decide.
  const auto one = [](const Tensor& x, int64_t length) { return x.slice(0, 0, length).transpose(0, 1).unsqueeze(0); };
  const Problem longest{one(problem.q, problem.max_q), one(problem.k, problem.max_k), one(problem.v, problem.max_k),
                        std::nullopt, problem.causal, problem.scale, problem.dropout};
  return refusal(backend, longest, with_reason);
}

}  // namespace notebooster::attention
