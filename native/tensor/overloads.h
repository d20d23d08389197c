// The overloads of one operator name, and the choice among them for the arguments of one call.
#pragma once
#include <ATen/core/dispatch/Dispatcher.h>

#include <string>
#include <vector>

#include "convert.h"

namespace notebooster {

struct Overload {
  c10::OperatorHandle handle;
  /* For each result the argument that it is (`out`, or `self` of an in-place form), or -1 when it is new. */
  std::vector<int> written;

  explicit Overload(const c10::OperatorHandle& handle);
  const c10::FunctionSchema& schema() const { return handle.schema(); }
};

/* Ordered: functional before `out` variants, Tensor arguments before Scalar. */
struct OverloadSet : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4f50'4552'4154;
  static constexpr const char* kName = "operator";
  std::string name;
  std::vector<Overload> overloads;
  /* True where a number may stand for the tensor `other`, as in Python: add, sub, mul, div and their in-place forms. */
  bool takes_numbers;

  /* Throws when there is no operator of that name. */
  explicit OverloadSet(std::string name);
};

/* Values of one call: first the positional ones, then one for each of `keywords`. */
struct Call {
  napi_env env;
  std::vector<Value> values;
  std::vector<std::string> keywords;

  size_t num_positional() const { return values.size() - keywords.size(); }
  /* Where the value of the schema's argument `index` stands among `values`; -1 when it was left out. */
  int position(const c10::FunctionSchema& schema, size_t index) const;
  /* The value, or nullptr where the default is to be taken. */
  const Value* given(const c10::FunctionSchema& schema, size_t index) const;
  /* "float32[2, 3], dim: 1" */
  std::string describe() const;
};

/* The first overload that takes the arguments; throws with what was given, what there is and the nearest option. */
const Overload& choose(const Call& call, const OverloadSet& set);

/* Names of all operators that the dispatcher knows, without overloads: "aten::add". */
std::vector<std::string> all_operator_names();

}  // namespace notebooster
