// Calls of operators in C++ types: `unboxed<at::_ops::add_Tensor>` reads each argument from the frame by the type that the
// operator's C++ signature gives it, and writes the results. The table is generated (generated/, setup/operators/unboxed.mjs).
#pragma once
#include <ATen/core/IListRef.h>
#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>
#include <c10/util/SmallVector.h>

#include <optional>
#include <tuple>
#include <utility>

#include "overloads.h"

namespace notebooster {

/* nullptr when the table has no such operator. */
Unboxed find_unboxed(const c10::OperatorName& name);

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

/* What an argument is held in while the operator runs, and how it is passed on. */
template <typename T>
struct Held {
  std::decay_t<T> value;
  explicit Held(const Argument& a) : value(naming(a, [&] { return Read<std::decay_t<T>>::from(a); })) {}
  T get() { return static_cast<T>(value); }
};
/* A tensor of the table stays there while an operator runs: nothing else can free it. */
template <>
struct Held<const at::Tensor&> {
  at::Tensor made;
  const at::Tensor* tensor;
  explicit Held(const Argument& a) : tensor(naming(a, [&] { return find(a); })) {}
  const at::Tensor& get() { return tensor ? *tensor : made; }

 private:
  const at::Tensor* find(const Argument& a) {
    if (a.value().is(kTensor)) return &a.value().tensor();
    const Argument self{a.plan, 0};
    const bool has_self = self.is_given() && self.value().is(kTensor);
    made = to_tensor(a.value(), has_self ? std::optional(self.value().tensor().scalar_type()) : std::nullopt);
    return nullptr;
  }
};
template <typename List>
struct HeldInts {
  Ints ints;
  explicit HeldInts(const Argument& a) : ints(naming(a, [&] { return Read<Ints>::from(a); })) {}
  List get() {
    if constexpr (std::is_same_v<List, at::IntArrayRef>) return ints;
    else return c10::fromIntArrayRefSlow(ints);
  }
};
template <>
struct Held<at::IntArrayRef> : HeldInts<at::IntArrayRef> {
  using HeldInts::HeldInts;
};
template <>
struct Held<c10::SymIntArrayRef> : HeldInts<c10::SymIntArrayRef> {
  using HeldInts::HeldInts;
};
template <typename List>
struct Held<at::OptionalArrayRef<List>> {
  std::optional<Held<at::ArrayRef<List>>> list;
  explicit Held(const Argument& a) {
    if (!a.is_none()) list.emplace(a);
  }
  at::OptionalArrayRef<List> get() { return list ? at::OptionalArrayRef<List>(list->get()) : std::nullopt; }
};
template <>
struct Held<std::optional<at::ArrayRef<double>>> {
  std::optional<std::vector<double>> list;
  explicit Held(const Argument& a) : list(Read<std::optional<std::vector<double>>>::from(a)) {}
  std::optional<at::ArrayRef<double>> get() { return list ? std::optional<at::ArrayRef<double>>(*list) : std::nullopt; }
};
template <>
struct Held<at::TensorList> {
  c10::SmallVector<at::Tensor, 4> tensors;
  explicit Held(const Argument& a) {
    naming(a, [&] {
      tensors.reserve(a.value().size());
      for (uint32_t i = 0; i < a.value().size(); ++i) tensors.push_back(a.value().item(i).tensor());
    });
  }
  at::TensorList get() { return tensors; }
};
template <>
struct Held<const at::ITensorListRef&> {
  Held<at::TensorList> tensors;
  at::ITensorListRef list;
  explicit Held(const Argument& a) : tensors(a), list(tensors.get()) {}
  const at::ITensorListRef& get() { return list; }
};
template <>
struct Held<const c10::List<std::optional<at::Tensor>>&> {
  c10::List<std::optional<at::Tensor>> list;
  explicit Held(const Argument& a) {
    naming(a, [&] {
      list.reserve(a.value().size());
      for (uint32_t i = 0; i < a.value().size(); ++i) {
        const Value item = a.value().item(i);
        list.push_back(item.is_nullish() ? std::nullopt : std::optional<at::Tensor>(item.tensor()));
      }
    });
  }
  const c10::List<std::optional<at::Tensor>>& get() { return list; }
};

/* Writes results into the slots from 0 on. */
struct Results {
  const Plan& plan;
  uint32_t count = 0;
  uint32_t next = kListsBegin;

  void add(at::Tensor tensor) { put_tensor(count, std::move(tensor)); }
  void add(bool flag) { put(count, kBool, flag); }
  void add(double number) { put_number(count, number); }
  void add(int64_t number) { put_number(count, static_cast<double>(number)); }
  void add(const c10::SymInt& number) { put_number(count, static_cast<double>(number.expect_int())); }
  void add(const c10::Scalar& number) { put_number(count, number.toDouble()); }
  void add(c10::ScalarType dtype) { put_number(count, static_cast<double>(dtype)); }
  void add(const c10::IValue& value) { put_ivalue(count, value, next); }
  void add(std::vector<at::Tensor> tensors) {
    const uint32_t begin = put_list(count, tensors.size(), next);
    for (size_t i = 0; i < tensors.size(); ++i) put_tensor(begin + static_cast<uint32_t>(i), std::move(tensors[i]));
  }

  /* One result; an argument that was written to is told by its slot, JavaScript has an object for it already. */
  template <typename T>
  void write(T&& result) {
    const int argument = plan.overload->written[count];
    if (argument >= 0) put(count, kArgument, plan.slots[argument]);
    else add(std::forward<T>(result));
    ++count;
  }
  template <typename... T>
  void write(std::tuple<T...>&& results) {
    std::apply([&](auto&&... each) { (write(std::forward<decltype(each)>(each)), ...); }, std::move(results));
  }
};

template <typename Operator, typename Schema>
struct Unbox;
template <typename Operator, typename Result, typename... Parameters>
struct Unbox<Operator, Result(Parameters...)> {
  template <size_t... Indices>
  static uint32_t call(const Plan& plan, std::index_sequence<Indices...>) {
    std::tuple<Held<Parameters>...> held{Argument{plan, Indices}...};
    Results results{plan};
    if constexpr (std::is_void_v<Result>) Operator::call(std::get<Indices>(held).get()...);
    else results.write(Operator::call(std::get<Indices>(held).get()...));
    return results.count;
  }
};

/* The results' number. */
template <typename Operator>
uint32_t unboxed(const Plan& plan) {
  using Call = Unbox<Operator, typename Operator::schema>;
  constexpr auto arity = []<typename Result, typename... Parameters>(Result (*)(Parameters...)) { return sizeof...(Parameters); };
  return Call::call(plan, std::make_index_sequence<arity(static_cast<typename Operator::schema*>(nullptr))>{});
}

struct UnboxedEntry {
  const char* name;
  const char* overload;
  Unboxed call;
};

template <typename Operator>
constexpr UnboxedEntry entry() {
  return {Operator::name, Operator::overload_name, unboxed<Operator>};
}

}  // namespace notebooster
