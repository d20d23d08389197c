#include "dispatch.h"

#include <algorithm>

#include "../memory/out_of_memory.h"
#include "convert.h"
#include "handle.h"
#include "overloads.h"

namespace notebooster {
namespace {

constexpr size_t kFixed = 3;       // operator, tensors, keywords
constexpr size_t kMaxValues = 31;  // more than any operator has arguments

std::vector<std::string> split_names(const std::string& joined) {
  std::vector<std::string> names;
  for (size_t begin = 0; begin < joined.size();) {
    const size_t end = std::min(joined.find(',', begin), joined.size());
    names.push_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

Call read_call(napi_env env, const Arguments<kFixed + kMaxValues>& arguments) {
  if (arguments.count > arguments.values.size()) throw UserError("an operator takes at most 31 arguments");
  Call call{env, {}, {}};
  const auto tensors = static_cast<uint64_t>(to_double(env, arguments[1]));
  call.values.reserve(arguments.count - kFixed);
  for (size_t i = kFixed; i < arguments.count; ++i)
    call.values.push_back(read_value(env, arguments[i], tensors >> (i - kFixed) & 1));
  if (type_of(env, arguments[2]) == napi_string) call.keywords = split_names(to_string(env, arguments[2]));
  return call;
}

c10::IValue convert(const Call& call, const Value& value, const c10::FunctionSchema& schema, const c10::Argument& argument) {
  try {
    return to_ivalue(call.env, value, *argument.type());
  } catch (const UserError& error) {
    throw UserError(schema.name() + ": argument `" + argument.name() + "`: " + error.what() + " (arguments: " + call.describe() + ")");
  }
}

torch::jit::Stack arguments_of(const Call& call, const c10::FunctionSchema& schema) {
  torch::jit::Stack stack;
  stack.reserve(std::max(schema.arguments().size(), schema.returns().size()));
  for (size_t i = 0; i < schema.arguments().size(); ++i) {
    const c10::Argument& argument = schema.arguments()[i];
    const Value* value = call.given(schema, i);
    stack.push_back(value ? convert(call, *value, schema, argument) : *argument.default_value());
  }
  return stack;
}

/* Runs the operator on the stack; errors name it and its arguments. */
void run(const OverloadSet& set, const Overload& chosen, const Call& call, torch::jit::Stack& stack) {
  try {
    chosen.handle.callBoxed(stack);
  } catch (const c10::Error& error) {
    if (is_out_of_memory(error) && chosen.schema().is_mutable()) throw OutOfMemoryWhileWriting(error.what_without_backtrace());
    if (is_out_of_memory(error)) throw;
    throw UserError(set.name + ": " + error.what_without_backtrace() + " (arguments: " + call.describe() + ")");
  }
}

/* A result that is one of the arguments is told by its position, as -1 - position: JS has an object for it already. */
napi_value result_of(const Call& call, const Overload& chosen, const c10::IValue& value, size_t index) {
  const int argument = index < chosen.written.size() ? chosen.written[index] : -1;
  if (argument < 0) return from_ivalue(call.env, value);
  return from_double(call.env, -1 - call.position(chosen.schema(), argument));
}

/* callOperator(operator, tensors, keywords, ...values); see src/native/native.ts */
napi_value call_operator(napi_env env, napi_callback_info info) {
  const Arguments<kFixed + kMaxValues> arguments(env, info);
  const auto& set = external<OverloadSet>(env, arguments[0]);
  const Call call = read_call(env, arguments);
  const Overload& chosen = choose(call, set);
  torch::jit::Stack stack = arguments_of(call, chosen.schema());
  run(set, chosen, call, stack);
  if (stack.empty()) return undefined(env);
  if (stack.size() == 1) return result_of(call, chosen, stack[0], 0);
  napi_value results;
  check(env, napi_create_array_with_length(env, stack.size(), &results));
  for (size_t i = 0; i < stack.size(); ++i)
    check(env, napi_set_element(env, results, static_cast<uint32_t>(i), result_of(call, chosen, stack[i], i)));
  return results;
}

/* findOperator("aten::add") -> external */
napi_value find_operator(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return make_external(env, std::make_unique<OverloadSet>(to_string(env, arguments[0])).release());
}

napi_value strings(napi_env env, const std::vector<std::string>& texts) {
  napi_value array;
  check(env, napi_create_array_with_length(env, texts.size(), &array));
  for (size_t i = 0; i < texts.size(); ++i)
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i), from_string(env, texts[i])));
  return array;
}

/* operatorSchemas(operator) -> string[] */
napi_value operator_schemas(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  std::vector<std::string> schemas;
  for (const Overload& overload : external<OverloadSet>(env, arguments[0]).overloads)
    schemas.push_back(c10::toString(overload.schema()));
  return strings(env, schemas);
}

napi_value operator_names(napi_env env, napi_callback_info) { return strings(env, all_operator_names()); }

}  // namespace

void export_dispatch(napi_env env, napi_value exports) {
  export_guarded<find_operator>(env, exports, "findOperator");
  export_retrying<call_operator>(env, exports, "callOperator");
  export_guarded<operator_schemas>(env, exports, "operatorSchemas");
  export_guarded<operator_names>(env, exports, "operatorNames");
}

}  // namespace notebooster
