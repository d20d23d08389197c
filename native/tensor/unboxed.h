// Calls of operators in C++ types: `unboxed<at::_ops::add_Tensor>` reads each argument by the type that the operator's C++ signature
// gives it, and writes the results. The table is generated (generated/, setup/operators/unboxed.mjs).
#pragma once
#include <tuple>
#include <utility>

#include "held.h"
#include "results.h"

namespace notebooster {

/* nullptr when the table has no such operator. */
Unboxed find_unboxed(const c10::OperatorName& name);

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
