// What JavaScript calls: `bind<function>(exports, "name")` offers a C++ function whose arguments are read by their C++ types and whose
// result is written by its own, through node-addon-api. Beside Node's C interface that costs 3 ns of 40 where there is one argument and
// 10 ns of 97 for callOperator, which therefore takes its CallbackInfo as it is: 2 ns (LOG.md, 2026-11-27, night).
#pragma once
#include <functional>
#include <utility>

#include "values.h"

namespace notebooster {
namespace details {

template <typename Call>
Napi::Value answer(Napi::Env env, Call call) {
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
  static Napi::Value call(const Napi::CallbackInfo& info) {
    return [&]<size_t... Indices>(std::index_sequence<Indices...>) {
      return answer(info.Env(), [&]() -> Result { return Function(FromJs<std::decay_t<Parameters>>::from(info[Indices])...); });
    }(std::index_sequence_for<Parameters...>{});
  }
};
template <auto Function, typename Result, typename... Parameters>
struct Bound<Function, std::function<Result(Napi::Env, Parameters...)>> {
  static Napi::Value call(const Napi::CallbackInfo& info) {
    return [&]<size_t... Indices>(std::index_sequence<Indices...>) {
      return answer(info.Env(), [&]() -> Result { return Function(info.Env(), FromJs<std::decay_t<Parameters>>::from(info[Indices])...); });
    }(std::index_sequence_for<Parameters...>{});
  }
};

template <auto Function, typename Result>
struct Bound<Function, std::function<Result(const Napi::CallbackInfo&)>> {
  static Napi::Value call(const Napi::CallbackInfo& info) {
    return answer(info.Env(), [&]() -> Result { return Function(info); });
  }
};

template <auto Function, bool IsRetried>
Napi::Value guarded(const Napi::CallbackInfo& info) noexcept {
  using Call = Bound<Function, decltype(std::function{Function})>;
  try {
    return Call::call(info);
  } catch (...) {
    const Again again = IsRetried ? Again([&info] { return Call::call(info); }) : Again();
    return Napi::Value(info.Env(), rethrow_or_retry(info, again));
  }
}

}  // namespace details

template <auto Function>
void bind(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<details::guarded<Function, false>>(exports.Env(), name));
}

/* For functions that may be called again after memory ran out. */
template <auto Function>
void bind_retrying(Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<details::guarded<Function, true>>(exports.Env(), name));
}

}  // namespace notebooster
