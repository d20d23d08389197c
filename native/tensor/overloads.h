// The overloads of one operator name.
#pragma once
#include <ATen/core/dispatch/Dispatcher.h>

#include <string>
#include <vector>

#include "convert.h"

namespace notebooster {

struct Plan;
/* Reads the arguments from the frame in C++ types, calls the operator and writes its results; unboxed.h. */
using Unboxed = uint32_t (*)(const Plan& plan);

struct Overload {
  c10::OperatorHandle handle;
  /* For each result the argument that it is (`out`, or `self` of an in-place form), or -1 when it is new. */
  std::vector<int> written;
  std::vector<Accepted> accepted;  // by each argument
  Unboxed unboxed;                 // of the hot operators, else nullptr

  /* With `takes_numbers` a number may stand for the tensor `other`. */
  Overload(const c10::OperatorHandle& handle, bool takes_numbers);
  const c10::FunctionSchema& schema() const { return handle.schema(); }
};

/* What heads in the frame lead to: which overload, and in which slot each of its arguments is, -1 where the default is taken. */
struct Plan {
  std::vector<uint32_t> heads;
  const Overload* overload;
  std::vector<int> slots;
};

/* Ordered: functional before `out` variants, Tensor arguments before Scalar. */
struct OverloadSet {
  std::string name;
  std::vector<Overload> overloads;
  std::vector<Plan> plans;  // of the calls so far

  /* Throws when there is no operator of that name. */
  explicit OverloadSet(std::string name);
};

/* The message for an argument of a call that cannot be converted. */
std::string argument_error(const Plan& plan, size_t index, const std::string& problem);

/* Names of all operators that the dispatcher knows, without overloads: "aten::add". */
std::vector<std::string> all_operator_names();

}  // namespace notebooster
