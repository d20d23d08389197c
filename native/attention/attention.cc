#include "attention.h"

#include <ATen/Context.h>
#ifdef NOTEBOOSTER_CUDA
#include <cuda_runtime_api.h>
#endif

#include <array>

#include "../tensor/fast_binding.h"
#include "backends.h"

namespace notebooster {
namespace attention {
namespace {

using OptionalTensor = std::optional<Tensor>;
using OptionalNumber = std::optional<double>;
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
  for (const Backend backend : prefers_cudnn(problem.q, queries) ? kCudnnFirst : kFlashFirst)
    if (!refusal(backend, problem, false).refused) return backend;
  return Backend::math;
}

template <typename AnyProblem>
Tensor attend(const AnyProblem& problem, int64_t queries, OptionalIndex forced) {
  check_arguments(problem);
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

napi_value strings(napi_env env, const std::vector<std::string>& texts) {
  napi_value array;
  check(env, napi_create_array_with_length(env, texts.size(), &array));
  for (size_t i = 0; i < texts.size(); ++i) check(env, napi_set_element(env, array, static_cast<uint32_t>(i), from_string(env, texts[i])));
  return array;
}

template <typename T, size_t N>
T argument(napi_env env, const Arguments<N>& arguments, size_t index) {
  return Read<T>::from(env, arguments[index]);
}

/* Tokens of q; what is no (B, H, T, D) is refused later. */
int64_t length_of(const Tensor& q) { return q.dim() == 4 ? q.size(2) : 0; }

/* (q, k, v, mask?, causal, scale?, dropout, ...) */
template <size_t N>
Problem read_problem(napi_env env, const Arguments<N>& a) {
  Problem problem{argument<Tensor>(env, a, 0),         argument<Tensor>(env, a, 1), argument<Tensor>(env, a, 2),
                  argument<OptionalTensor>(env, a, 3), argument<bool>(env, a, 4),   argument<OptionalNumber>(env, a, 5),
                  argument<double>(env, a, 6)};
  if (length_of(problem.q) == 1) problem.causal = false;  // the last query sees every key
  return problem;
}

/* (q, k, v, startsQ, startsK, maxQ, maxK, causal, scale?, dropout, ...) */
template <size_t N>
PackedProblem read_packed(napi_env env, const Arguments<N>& a) {
  return {argument<Tensor>(env, a, 0), argument<Tensor>(env, a, 1), argument<Tensor>(env, a, 2), argument<Tensor>(env, a, 3),
          argument<Tensor>(env, a, 4), argument<int64_t>(env, a, 5), argument<int64_t>(env, a, 6), argument<bool>(env, a, 7),
          argument<OptionalNumber>(env, a, 8), argument<double>(env, a, 9)};
}

napi_value attention_call(napi_env env, napi_callback_info info) {
  const Arguments<8> arguments(env, info);
  const Problem problem = read_problem(env, arguments);
  return write(env, attend(problem, length_of(problem.q), argument<OptionalIndex>(env, arguments, 7)));
}

napi_value attention_reasons(napi_env env, napi_callback_info info) {
  const Arguments<7> arguments(env, info);
  const Problem problem = read_problem(env, arguments);
  return strings(env, explain(problem, length_of(problem.q)));
}

napi_value packed_call(napi_env env, napi_callback_info info) {
  const Arguments<11> arguments(env, info);
  const PackedProblem problem = read_packed(env, arguments);
  return write(env, attend(problem, problem.max_q, argument<OptionalIndex>(env, arguments, 10)));
}

napi_value packed_reasons(napi_env env, napi_callback_info info) {
  const Arguments<10> arguments(env, info);
  const PackedProblem problem = read_packed(env, arguments);
  return strings(env, explain(problem, problem.max_q));
}

napi_value last_backend(napi_env env, napi_callback_info) { return from_string(env, kNames[static_cast<int>(last)]); }

}  // namespace
}  // namespace attention

void export_attention(napi_env env, napi_value exports) {
  export_guarded<attention::attention_call>(env, exports, "attention");
  export_guarded<attention::attention_reasons>(env, exports, "attentionReasons");
  export_guarded<attention::packed_call>(env, exports, "packedAttention");
  export_guarded<attention::packed_reasons>(env, exports, "packedAttentionReasons");
  export_guarded<attention::last_backend>(env, exports, "lastAttentionBackend");
}

}  // namespace notebooster
