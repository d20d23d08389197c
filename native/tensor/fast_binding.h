// Bindings of C++ lambdas: `Fast<lambda>` reads each argument by its C++ type and wraps the result.
#pragma once
#include <ATen/core/Tensor.h>

#include <optional>
#include <tuple>
#include <utility>

#include "convert.h"
#include "handle.h"
#include "names.h"

namespace notebooster {

template <typename T>
struct Read;

template <>
struct Read<at::Tensor> {
  static const at::Tensor& from(napi_env env, napi_value value) { return unwrap(env, value); }
};
template <>
struct Read<double> {
  static double from(napi_env env, napi_value value) { return to_double(env, value); }
};
template <>
struct Read<int64_t> {
  static int64_t from(napi_env env, napi_value value) {
    int64_t integer = 0;
    check(env, napi_get_value_int64(env, value, &integer));
    return integer;
  }
};
template <>
struct Read<bool> {
  static bool from(napi_env env, napi_value value) { return to_bool(env, value); }
};
template <>
struct Read<c10::ScalarType> {
  static c10::ScalarType from(napi_env env, napi_value value) { return parse_dtype(to_string(env, value)); }
};
template <typename Item>
struct Read<std::vector<Item>> {
  static std::vector<Item> from(napi_env env, napi_value value) {
    uint32_t length = 0;
    check(env, napi_get_array_length(env, value, &length));
    std::vector<Item> items;
    items.reserve(length);
    for (uint32_t i = 0; i < length; ++i) {
      napi_value item;
      check(env, napi_get_element(env, value, i, &item));
      items.push_back(Read<Item>::from(env, item));
    }
    return items;
  }
};
template <typename T>
struct Read<std::optional<T>> {
  static std::optional<T> from(napi_env env, napi_value value) {
    if (is_nullish(env, value)) return std::nullopt;
    return Read<T>::from(env, value);
  }
};

inline napi_value write(napi_env env, at::Tensor tensor) { return wrap(env, std::move(tensor)); }
inline napi_value write(napi_env env, double number) { return from_double(env, number); }
inline napi_value write(napi_env env, bool flag) { return from_bool(env, flag); }
inline napi_value write(napi_env env, const std::vector<at::Tensor>& tensors) {
  napi_value array;
  check(env, napi_create_array_with_length(env, tensors.size(), &array));
  for (size_t i = 0; i < tensors.size(); ++i)
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i), wrap(env, tensors[i])));
  return array;
}

template <auto Function>
struct Fast;

template <typename Lambda, typename Result, typename... Parameters, size_t... Indices>
napi_value call_fast(Result (Lambda::*)(Parameters...) const, napi_env env, napi_callback_info info,
                     std::index_sequence<Indices...>) {
  Arguments<sizeof...(Parameters)> arguments(env, info);
  if constexpr (std::is_void_v<Result>) {
    Lambda{}(Read<std::decay_t<Parameters>>::from(env, arguments[Indices])...);
    return undefined(env);
  } else {
    return write(env, Lambda{}(Read<std::decay_t<Parameters>>::from(env, arguments[Indices])...));
  }
}

template <typename Lambda>
struct FastBinding {
  template <typename Result, typename... Parameters>
  static constexpr size_t arity(Result (Lambda::*)(Parameters...) const) {
    return sizeof...(Parameters);
  }
  /* True when the lambda returns something new; one that changes its arguments may stop half way. */
  template <typename Result, typename... Parameters>
  static constexpr bool is_pure(Result (Lambda::*)(Parameters...) const) {
    return !std::is_void_v<Result>;
  }
  static napi_value attempt(napi_env env, napi_callback_info info) {
    return call_fast(&Lambda::operator(), env, info, std::make_index_sequence<arity(&Lambda::operator())>{});
  }
  static napi_value call(napi_env env, napi_callback_info info) noexcept {
    try {
      return attempt(env, info);
    } catch (...) {
      return rethrow_or_retry(env, info, is_pure(&Lambda::operator()) ? attempt : nullptr);
    }
  }
};

/* Binds a captureless lambda under `name`. */
template <typename Lambda>
void export_fast(napi_env env, napi_value exports, const char* name, Lambda) {
  export_function(env, exports, name, FastBinding<Lambda>::call);
}

}  // namespace notebooster
