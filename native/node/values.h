// Conversion between values of JavaScript and C++, by their C++ types.
#pragma once
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "errors.h"

namespace notebooster {

/* First base of every object handed to JS as an external: tells the kinds apart. Each kind derives from it and names its
   `kTag` and `kName`. */
struct Tagged {
  uint64_t tag;
  explicit Tagged(uint64_t tag) : tag(tag) {}
};

/* FromJs<T>::from(value): a JS value as a T; throws when it is none. */
template <typename T>
struct FromJs;

template <typename T>
  requires std::is_base_of_v<Napi::Value, T>
struct FromJs<T> {
  static T from(const Napi::Value& value) { return value.As<T>(); }
};
template <>
struct FromJs<double> {
  static double from(const Napi::Value& value) { return value.As<Napi::Number>().DoubleValue(); }
};
template <>
struct FromJs<bool> {
  static bool from(const Napi::Value& value) { return value.As<Napi::Boolean>().Value(); }
};
template <>
struct FromJs<std::string> {
  static std::string from(const Napi::Value& value) { return value.As<Napi::String>().Utf8Value(); }
};
/* A whole number, or a big integer. */
template <>
struct FromJs<int64_t> {
  static int64_t from(const Napi::Value& value) { return value.IsBigInt() ? of_bigint(value.As<Napi::BigInt>()) : of_number(FromJs<double>::from(value)); }

 private:
  static int64_t of_bigint(const Napi::BigInt& value) {
    bool is_lossless = false;
    const int64_t integer = value.Int64Value(&is_lossless);
    if (!is_lossless) throw UserError("bigint argument does not fit into 64 bits");
    return integer;
  }
  static int64_t of_number(double number) {
    if (number != std::floor(number) || std::abs(number) > 9007199254740992.0)
      throw UserError("expected an integer, got " + std::to_string(number));
    return static_cast<int64_t>(number);
  }
};
template <typename T>
struct FromJs<std::vector<T>> {
  static std::vector<T> from(const Napi::Value& value) {
    const auto array = value.As<Napi::Array>();
    const uint32_t length = array.Length();
    std::vector<T> items;
    items.reserve(length);
    for (uint32_t i = 0; i < length; ++i) items.push_back(FromJs<T>::from(array.Get(i)));
    return items;
  }
};
inline bool is_nullish(const Napi::Value& value) { return value.IsUndefined() || value.IsNull(); }

template <typename T>
struct FromJs<std::optional<T>> {
  static std::optional<T> from(const Napi::Value& value) {
    if (is_nullish(value)) return std::nullopt;
    return FromJs<T>::from(value);
  }
};
/* An external. */
template <typename T>
  requires std::is_base_of_v<Tagged, T>
struct FromJs<T> {
  static T& from(const Napi::Value& value) {
    Tagged* found = value.IsExternal() ? value.As<Napi::External<Tagged>>().Data() : nullptr;
    if (!found || found->tag != T::kTag) throw UserError(std::string("expected a ") + T::kName);
    return static_cast<T&>(*found);
  }
};
/* An external that may be left out. */
template <typename T>
  requires std::is_base_of_v<Tagged, T>
struct FromJs<T*> {
  static T* from(const Napi::Value& value) { return is_nullish(value) ? nullptr : &FromJs<T>::from(value); }
};

/* A property of an object. */
template <typename T>
decltype(auto) field(const Napi::Object& object, const char* name) {
  return FromJs<T>::from(object.Get(name));
}

/* ToJs<T>::of(env, value): a T as a JS value. */
template <typename T>
struct ToJs;

template <typename T>
Napi::Value to_js(Napi::Env env, T&& value) {
  return ToJs<std::decay_t<T>>::of(env, std::forward<T>(value));
}

template <typename T>
  requires std::is_base_of_v<Napi::Value, T>
struct ToJs<T> {
  static Napi::Value of(Napi::Env, const T& value) { return value; }
};
template <>
struct ToJs<bool> {
  static Napi::Value of(Napi::Env env, bool flag) { return Napi::Boolean::New(env, flag); }
};
/* Whole numbers are exact up to 2^53. */
template <typename T>
  requires(std::is_arithmetic_v<T>)
struct ToJs<T> {
  static Napi::Value of(Napi::Env env, T number) { return Napi::Number::New(env, static_cast<double>(number)); }
};
template <>
struct ToJs<std::string> {
  static Napi::Value of(Napi::Env env, const std::string& text) { return Napi::String::New(env, text); }
};
template <>
struct ToJs<const char*> {
  static Napi::Value of(Napi::Env env, const char* text) { return Napi::String::New(env, text); }
};
/* An external that JS owns; null where there is none. */
template <typename T>
  requires std::is_base_of_v<Tagged, T>
struct ToJs<std::unique_ptr<T>> {
  static Napi::Value of(Napi::Env env, std::unique_ptr<T> object) {
    if (!object) return env.Null();
    return Napi::External<Tagged>::New(env, object.release(), [](Napi::Env, Tagged* tagged) { delete static_cast<T*>(tagged); });
  }
};
template <typename T>
struct ToJs<std::vector<T>> {
  static Napi::Value of(Napi::Env env, const std::vector<T>& items) {
    auto array = Napi::Array::New(env, items.size());
    for (size_t i = 0; i < items.size(); ++i) array.Set(static_cast<uint32_t>(i), to_js(env, items[i]));
    return array;
  }
};

}  // namespace notebooster
