// The arguments of a call: `Read<T>` reads one by value from the frame, or from the schema's default.
#pragma once
#include <ATen/core/Tensor.h>
#include <c10/util/SmallVector.h>

#include <optional>

#include "overloads.h"

namespace notebooster {

/* The argument of a plan: a slot of the frame, or the schema's default. */
struct Argument {
  const Plan& plan;
  size_t index;

  bool is_given() const { return plan.slots[index] >= 0; }
  Value value() const { return {static_cast<uint32_t>(plan.slots[index])}; }
  const c10::IValue& fallback() const { return *plan.overload->schema().arguments()[index].default_value(); }
  bool is_none() const { return is_given() ? value().is_nullish() : fallback().isNone(); }
};

/* Runs `read`; what is wrong with the argument is said with its name. */
template <typename Read>
auto naming(const Argument& argument, Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const UserError& error) {
    throw UserError(argument_error(argument.plan, argument.index, error.what()));
  }
}

using Ints = c10::SmallVector<int64_t, 6>;

/* Arguments by value. */
template <typename T>
struct Read;
template <>
struct Read<int64_t> {
  static int64_t from(const Argument& a) { return a.is_given() ? to_int(a.value()) : a.fallback().toInt(); }
};
template <>
struct Read<c10::SymInt> {
  static c10::SymInt from(const Argument& a) { return Read<int64_t>::from(a); }
};
template <>
struct Read<double> {
  static double from(const Argument& a) { return a.is_given() ? a.value().number() : a.fallback().toDouble(); }
};
template <>
struct Read<bool> {
  static bool from(const Argument& a) { return a.is_given() ? a.value().number() != 0 : a.fallback().toBool(); }
};
template <>
struct Read<c10::Scalar> {
  static c10::Scalar from(const Argument& a) { return a.is_given() ? to_scalar(a.value()) : a.fallback().toScalar(); }
};
template <>
struct Read<c10::Device> {
  static c10::Device from(const Argument& a) { return a.is_given() ? to_device(a.value()) : a.fallback().toDevice(); }
};
template <typename Enumeration>
struct ReadEnumeration {
  static Enumeration from(const Argument& a) { return static_cast<Enumeration>(Read<int64_t>::from(a)); }
};
template <>
struct Read<c10::ScalarType> : ReadEnumeration<c10::ScalarType> {};
template <>
struct Read<c10::Layout> : ReadEnumeration<c10::Layout> {};
template <>
struct Read<c10::MemoryFormat> : ReadEnumeration<c10::MemoryFormat> {};
template <>
struct Read<at::Generator> {
  static at::Generator from(const Argument& a) { return to_generator(a.value()); }
};
template <>
struct Read<std::string_view> {
  static std::string_view from(const Argument& a) { return a.is_given() ? a.value().text().text : a.fallback().toStringView(); }
};
template <>
struct Read<at::Tensor> {
  static at::Tensor from(const Argument& a) { return to_tensor(a.value()); }
};
template <typename T>
struct Read<std::optional<T>> {
  static std::optional<T> from(const Argument& a) {
    if (a.is_none()) return std::nullopt;
    return Read<T>::from(a);
  }
};
template <>
struct Read<Ints> {
  static Ints from(const Argument& a) {
    if (!a.is_given()) return ints(a.fallback());
    const Value value = a.value();
    if (!value.is(kList)) return {to_int(value)};  // `dim: 1` where int[1] is wanted
    Ints list(value.size(), 0);
    for (uint32_t i = 0; i < value.size(); ++i) list[i] = to_int(value.item(i));
    return list;
  }
  static Ints ints(const c10::IValue& fallback) {
    const auto list = fallback.toIntVector();
    return {list.begin(), list.end()};
  }
};
template <>
struct Read<std::vector<double>> {
  static std::vector<double> from(const Argument& a) {
    if (!a.is_given()) return a.fallback().toDoubleVector();
    std::vector<double> list;
    for (uint32_t i = 0; i < a.value().size(); ++i) list.push_back(a.value().item(i).number());
    return list;
  }
};

}  // namespace notebooster
