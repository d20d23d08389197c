// What JavaScript calls: `bind<function>(exports, "name")` offers a C++ function whose arguments are read by their C++ types and whose
// result is written by its own. The call itself goes through Node's C interface: node-addon-api's CallbackInfo took 8 ns of the 58 that
// a tensor's shape takes (LOG.md, 2026-11-28).
#pragma once
#include <array>
#include <functional>
#include <utility>

#include "values.h"

namespace notebooster {
namespace details {

template <typename Call>
napi_value answer(Napi::Env env, Call call) {
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    return env.Undefined();
  } else {
    return to_js(env, call());
  }
}

/* Calls a function of this signature with what JS gave; a first parameter of type Napi::Env takes nothing of it. */
template <auto Function, typename Signature>
struct Bound;
template <auto Function, typename Result, typename... Parameters>
struct Bound<Function, std::function<Result(Parameters...)>> {
  static constexpr size_t kArity = sizeof...(Parameters);
  static napi_value call(napi_env env, const napi_value* given) {
    return [&]<size_t... Indices>(std::index_sequence<Indices...>) {
      return answer(env, [&]() -> Result { return Function(FromJs<std::decay_t<Parameters>>::from({env, given[Indices]})...); });
    }(std::index_sequence_for<Parameters...>{});
  }
};
template <auto Function, typename Result, typename... Parameters>
struct Bound<Function, std::function<Result(Napi::Env, Parameters...)>> {
  static constexpr size_t kArity = sizeof...(Parameters);
  static napi_value call(napi_env env, const napi_value* given) {
    return [&]<size_t... Indices>(std::index_sequence<Indices...>) {
      return answer(env, [&]() -> Result { return Function(env, FromJs<std::decay_t<Parameters>>::from({env, given[Indices]})...); });
    }(std::index_sequence_for<Parameters...>{});
  }
};

template <auto Function, bool IsRetried>
napi_value guarded(napi_env env, napi_callback_info info) noexcept {
  using Call = Bound<Function, decltype(std::function{Function})>;
  std::array<napi_value, Call::kArity> given;  // Node fills up with undefined
  size_t count = given.size();
  napi_get_cb_info(env, info, &count, given.data(), nullptr, nullptr);
  try {
    return Call::call(env, given.data());
  } catch (...) {
    const Again again = IsRetried ? Again([&] { return Call::call(env, given.data()); }) : Again();
    return rethrow_or_retry(env, given, again);
  }
}

template <napi_callback Call>
void set_function(Napi::Object exports, const char* name) {
  napi_value function;
  const napi_status status = napi_create_function(exports.Env(), name, NAPI_AUTO_LENGTH, Call, nullptr, &function);
  NAPI_THROW_IF_FAILED_VOID(exports.Env(), status);
  exports.Set(name, function);
}

}  // namespace details

template <auto Function>
void bind(Napi::Object exports, const char* name) {
  details::set_function<details::guarded<Function, false>>(exports, name);
}

/* For functions that may be called again after memory ran out. */
template <auto Function>
void bind_retrying(Napi::Object exports, const char* name) {
  details::set_function<details::guarded<Function, true>>(exports, name);
}

}  // namespace notebooster
