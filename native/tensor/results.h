// Writes the results of a call into the frame.
#pragma once
#include <ATen/core/Tensor.h>

#include <tuple>
#include <utility>

#include "overloads.h"

namespace notebooster {

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

}  // namespace notebooster
