#include "dispatch.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <unordered_map>

#include "../memory/out_of_memory.h"
#include "convert.h"
#include "handle.h"

namespace notebooster {
namespace {

struct Operator {
  c10::OperatorHandle handle;
  const c10::FunctionSchema& schema() const { return handle.schema(); }
};

/* All overloads of one name, functional ones before `out` variants, Tensor arguments before Scalar. */
struct OverloadSet : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4f50'4552'4154;
  static constexpr const char* kName = "operator";
  std::string name;
  std::vector<Operator> overloads;
  explicit OverloadSet(std::string name) : Tagged(kTag), name(std::move(name)) {}
};

struct Call {
  napi_env env;
  std::vector<napi_value> positional;
  std::vector<std::pair<std::string, napi_value>> keywords;

  napi_value keyword(const std::string& name) const {
    for (const auto& [key, value] : keywords)
      if (key == name) return value;
    return nullptr;
  }
};

/* The JS value for the i-th argument, or nullptr when it was left out. */
napi_value given(const Call& call, const c10::FunctionSchema& schema, size_t index) {
  const c10::Argument& argument = schema.arguments()[index];
  if (!argument.kwarg_only() && index < call.positional.size()) return call.positional[index];
  napi_value value = call.keyword(argument.name());
  if (value && type_of(call.env, value) == napi_undefined) return nullptr;
  return value;
}

bool accepts(const Call& call, const c10::FunctionSchema& schema) {
  size_t num_positional = 0;
  for (size_t i = 0; i < schema.arguments().size(); ++i) {
    const c10::Argument& argument = schema.arguments()[i];
    if (!argument.kwarg_only()) ++num_positional;
    napi_value value = given(call, schema, i);
    if (!value || (type_of(call.env, value) == napi_undefined && argument.default_value())) {
      if (!argument.default_value()) return false;
    } else if (!matches(call.env, value, *argument.type())) {
      return false;
    }
  }
  if (call.positional.size() > num_positional) return false;
  for (const auto& [key, value] : call.keywords)
    if (!schema.argumentIndexWithName(key)) return false;
  return true;
}

std::string signature_error(const Call& call, const OverloadSet& set) {
  std::string text = "no overload of " + set.name + " takes (";
  for (size_t i = 0; i < call.positional.size(); ++i)
    text += (i ? ", " : "") + describe(call.env, call.positional[i]);
  for (const auto& [key, value] : call.keywords)
    text += std::string(text.back() == '(' ? "" : ", ") + key + ": " + describe(call.env, value);
  text += "); there is:";
  for (const Operator& candidate : set.overloads) text += "\n  " + c10::toString(candidate.schema());
  return text;
}

const Operator& choose(const Call& call, const OverloadSet& set) {
  for (const Operator& candidate : set.overloads)
    if (accepts(call, candidate.schema())) return candidate;
  throw UserError(signature_error(call, set));
}

torch::jit::Stack arguments_of(const Call& call, const c10::FunctionSchema& schema) {
  torch::jit::Stack stack;
  stack.reserve(schema.arguments().size());
  for (size_t i = 0; i < schema.arguments().size(); ++i) {
    const c10::Argument& argument = schema.arguments()[i];
    napi_value value = given(call, schema, i);
    if (!value || (type_of(call.env, value) == napi_undefined && argument.default_value()))
      stack.push_back(*argument.default_value());
    else
      stack.push_back(to_ivalue(call.env, value, argument));
  }
  return stack;
}

std::string shapes_note(const Call& call) {
  std::string text = " (arguments: ";
  for (size_t i = 0; i < call.positional.size(); ++i)
    text += (i ? ", " : "") + describe(call.env, call.positional[i]);
  return text + ")";
}

Call read_call(napi_env env, napi_value positional, napi_value keywords) {
  Call call{env, {}, {}};
  uint32_t length = 0;
  check(env, napi_get_array_length(env, positional, &length));
  call.positional.resize(length);
  for (uint32_t i = 0; i < length; ++i) check(env, napi_get_element(env, positional, i, &call.positional[i]));
  if (is_nullish(env, keywords)) return call;
  napi_value names;
  check(env, napi_get_property_names(env, keywords, &names));
  check(env, napi_get_array_length(env, names, &length));
  for (uint32_t i = 0; i < length; ++i) {
    napi_value key, value;
    check(env, napi_get_element(env, names, i, &key));
    check(env, napi_get_property(env, keywords, key, &value));
    call.keywords.emplace_back(to_string(env, key), value);
  }
  return call;
}

/* callOperator(operator, positional: unknown[], keywords?: object) */
napi_value call_operator(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  const auto& set = external<OverloadSet>(env, arguments[0]);
  const Call call = read_call(env, arguments[1], arguments[2]);
  const Operator& chosen = choose(call, set);
  torch::jit::Stack stack = arguments_of(call, chosen.schema());
  try {
    chosen.handle.callBoxed(stack);
  } catch (const c10::Error& error) {
    if (is_out_of_memory(error) && chosen.schema().is_mutable()) throw OutOfMemoryWhileWriting(error.what_without_backtrace());
    if (is_out_of_memory(error)) throw;
    throw UserError(set.name + ": " + error.what_without_backtrace() + shapes_note(call));
  }
  if (stack.size() == 1) return from_ivalue(env, stack[0]);
  napi_value results;
  check(env, napi_create_array_with_length(env, stack.size(), &results));
  for (size_t i = 0; i < stack.size(); ++i)
    check(env, napi_set_element(env, results, static_cast<uint32_t>(i), from_ivalue(env, stack[i])));
  return results;
}

int rank_of(const c10::FunctionSchema& schema) {
  int rank = 0;
  for (const c10::Argument& argument : schema.arguments()) {
    if (argument.is_out()) rank += 100;
    if (argument.type()->kind() == c10::TypeKind::NumberType) rank += 1;
  }
  return rank;
}

using ByName = std::unordered_map<std::string, std::vector<c10::OperatorName>>;

const ByName& operators_by_name() {
  static const ByName index = [] {
    ByName names;
    for (const c10::OperatorName& name : c10::Dispatcher::singleton().getAllOpNames()) names[name.name].push_back(name);
    return names;
  }();
  return index;
}

/* findOperator("aten::add") -> external; throws when there is none. */
napi_value find_operator(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  auto set = std::make_unique<OverloadSet>(to_string(env, arguments[0]));
  const auto found = operators_by_name().find(set->name);
  if (found != operators_by_name().end()) {
    for (const c10::OperatorName& name : found->second)
      if (auto handle = c10::Dispatcher::singleton().findSchema(name)) set->overloads.push_back({*handle});
  }
  if (set->overloads.empty()) throw UserError("there is no operator " + set->name);
  std::stable_sort(set->overloads.begin(), set->overloads.end(),
                   [](const Operator& a, const Operator& b) { return rank_of(a.schema()) < rank_of(b.schema()); });
  return make_external(env, set.release());
}

/* operatorSchemas("aten::add") -> string[] */
napi_value operator_schemas(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& set = external<OverloadSet>(env, arguments[0]);
  napi_value schemas;
  check(env, napi_create_array_with_length(env, set.overloads.size(), &schemas));
  for (size_t i = 0; i < set.overloads.size(); ++i)
    check(env, napi_set_element(env, schemas, static_cast<uint32_t>(i),
                                from_string(env, c10::toString(set.overloads[i].schema()))));
  return schemas;
}

napi_value operator_names(napi_env env, napi_callback_info) {
  napi_value names;
  check(env, napi_create_array(env, &names));
  uint32_t index = 0;
  for (const auto& [name, overloads] : operators_by_name())
    check(env, napi_set_element(env, names, index++, from_string(env, name)));
  return names;
}

}  // namespace

void export_dispatch(napi_env env, napi_value exports) {
  export_guarded<find_operator>(env, exports, "findOperator");
  export_retrying<call_operator>(env, exports, "callOperator");
  export_guarded<operator_schemas>(env, exports, "operatorSchemas");
  export_guarded<operator_names>(env, exports, "operatorNames");
}

}  // namespace notebooster
