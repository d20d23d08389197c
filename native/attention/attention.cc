#include "attention.h"

#include <ATen/Context.h>
#ifdef NOTEBOOSTER_CUDA
#include <cuda_runtime_api.h>
#endif

#include <array>

#include "../tensor/bindings.h"
#include "backends.h"

namespace notebooster {
namespace attention {
namespace {

using OptionalIndex = std::optional<int64_t>;

constexpr std::array<const char*, kNumBackends> kNames{"cudnn", "flash", "efficient", "math"};
constexpr std::array kFlashFirst{Backend::flash, Backend::cudnn, Backend::efficient, Backend::math};
constexpr std::array kCudnnFirst{Backend::cudnn, Backend::flash, Backend::efficient, Backend::math};

Backend last = Backend::math;

#ifdef NOTEBOOSTER_CUDA
bool is_hopper_or_later(c10::DeviceIndex device) {
  static std::array<int, 64> majors{};
  int& major = majors.at(device);
  if (major == 0) cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device);
  return major >= 9;
}
#endif

/* cuDNN is the faster one from Hopper on, but plans each new shape anew: not for decoding, where every length is new. */
bool prefers_cudnn(const Tensor& q, int64_t queries) {
#ifdef NOTEBOOSTER_CUDA
  return q.is_cuda() && queries > 1 && is_hopper_or_later(q.device().index());
#else
  return false;
#endif
}

template <typename AnyProblem>
Backend choose(const AnyProblem& problem, int64_t queries) {
  if (problem.q.is_meta()) return Backend::math;
  for (const Backend backend : prefers_cudnn(problem.q, queries) ? kCudnnFirst : kFlashFirst)
    if (!refusal(backend, problem, false).refused) return backend;
  return Backend::math;
}

template <typename AnyProblem>
Tensor attend(const AnyProblem& problem, int64_t queries, OptionalIndex forced) {
  check_arguments(problem);
  if (problem.q.is_meta()) return run(Backend::math, problem);
  if (forced) {
    const auto backend = static_cast<Backend>(*forced);
    if (refusal(backend, problem, false).refused)
      throw UserError(std::string("attention: the backend \"") + kNames[*forced] + "\" cannot serve this call: " +
                      refusal(backend, problem, true).reason + " Leave `backend` out to have one chosen.");
    last = backend;
  } else {
    last = choose(problem, queries);
  }
  return run(last, problem);
}

/* One reason a backend, "" for those that can serve, then the name of the one that would be taken. */
template <typename AnyProblem>
std::vector<std::string> explain(const AnyProblem& problem, int64_t queries) {
  check_arguments(problem);
  std::vector<std::string> texts;
  for (int backend = 0; backend < kNumBackends; ++backend) {
    const Refusal found = refusal(static_cast<Backend>(backend), problem, true);
    texts.push_back(found.refused ? found.reason : "");
  }
  texts.emplace_back(kNames[static_cast<int>(choose(problem, queries))]);
  return texts;
}

/* Tokens of q; what is no (B, H, T, D) is refused later. */
int64_t length_of(const Tensor& q) { return q.dim() == 4 ? q.size(2) : 0; }

Tensor attend_dense(const Problem& problem, OptionalIndex backend) { return attend(problem, length_of(problem.q), backend); }
Tensor attend_packed(const PackedProblem& problem, OptionalIndex backend) { return attend(problem, problem.max_q, backend); }

std::vector<std::string> explain_dense(const Problem& problem) { return explain(problem, length_of(problem.q)); }
std::vector<std::string> explain_packed(const PackedProblem& problem) { return explain(problem, problem.max_q); }

const char* last_backend() { return kNames[static_cast<int>(last)]; }

}  // namespace
}  // namespace attention

/* { q, k, v, mask, causal, scale, dropout } */
template <>
struct FromJs<attention::Problem> {
  static attention::Problem from(const Napi::Value& value) {
    const auto given = value.As<Napi::Object>();
    attention::Problem problem{
        .q = field<at::Tensor>(given, "q"),
        .k = field<at::Tensor>(given, "k"),
        .v = field<at::Tensor>(given, "v"),
        .mask = field<std::optional<at::Tensor>>(given, "mask"),
        .causal = field<bool>(given, "causal"),
        .scale = field<std::optional<double>>(given, "scale"),
        .dropout = field<double>(given, "dropout"),
    };
    if (attention::length_of(problem.q) == 1) problem.causal = false;  // the last query sees every key
    return problem;
  }
};

/* { q, k, v, startsQ, startsK, maxQ, maxK, causal, scale, dropout, window } */
template <>
struct FromJs<attention::PackedProblem> {
  static attention::PackedProblem from(const Napi::Value& value) {
    const auto given = value.As<Napi::Object>();
    return {
        .q = field<at::Tensor>(given, "q"),
        .k = field<at::Tensor>(given, "k"),
        .v = field<at::Tensor>(given, "v"),
        .starts_q = field<at::Tensor>(given, "startsQ"),
        .starts_k = field<at::Tensor>(given, "startsK"),
        .max_q = field<int64_t>(given, "maxQ"),
        .max_k = field<int64_t>(given, "maxK"),
        .causal = field<bool>(given, "causal"),
        .scale = field<std::optional<double>>(given, "scale"),
        .dropout = field<double>(given, "dropout"),
        .window = field<std::optional<int64_t>>(given, "window"),
    };
  }
};

void export_attention(Napi::Object exports) {
  bind<attention::attend_dense>(exports, "attention");
  bind<attention::explain_dense>(exports, "attentionReasons");
  bind<attention::attend_packed>(exports, "packedAttention");
  bind<attention::explain_packed>(exports, "packedAttentionReasons");
  bind<attention::last_backend>(exports, "lastAttentionBackend");
}

}  // namespace notebooster
