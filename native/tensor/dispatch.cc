#include "dispatch.h"

#include "../memory/out_of_memory.h"
#include "chunk.h"
#include "overloads.h"
#include "unboxed.h"

namespace notebooster {
namespace {

std::vector<std::unique_ptr<OverloadSet>>& operators = *new std::vector<std::unique_ptr<OverloadSet>>;

OverloadSet& operator_of(napi_env env, napi_value value) { return *operators.at(static_cast<size_t>(to_double(env, value))); }

c10::IValue boxed_argument(const Argument& argument) {
  if (!argument.is_given()) return argument.fallback();
  const c10::Type& type = *argument.plan.overload->schema().arguments()[argument.index].type();
  return naming(argument, [&] { return to_ivalue(argument.value(), type); });
}

uint32_t call_boxed(const Plan& plan) {
  const c10::FunctionSchema& schema = plan.overload->schema();
  torch::jit::Stack stack;
  stack.reserve(std::max(schema.arguments().size(), schema.returns().size()));
  for (size_t i = 0; i < schema.arguments().size(); ++i) stack.push_back(boxed_argument({plan, i}));
  plan.overload->handle.callBoxed(stack);
  Results results{plan};
  for (const c10::IValue& value : stack) results.write(value);
  return results.count;
}

/* Where an operator is missing for a device PyTorch goes on to list every kernel it has, in a hundred lines; on "meta" it speaks
   of what is written in Python. */
std::string explanation(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  const size_t end = std::min(text.find(" This could be because the operator doesn't exist for this backend"),
                              text.find(", but there was no fake impl or Meta kernel registered."));
  return text.substr(0, end);
}

/* The results' number; errors name the operator and its arguments. */
uint32_t call(const OverloadSet& set, const Plan& plan) {
  try {
    return plan.overload->unboxed ? plan.overload->unboxed(plan) : call_boxed(plan);
  } catch (const c10::Error& error) {
    if (is_out_of_memory(error) && plan.overload->schema().is_mutable()) throw OutOfMemoryWhileWriting(error.what_without_backtrace());
    if (is_out_of_memory(error)) throw;
    require_memory_of_arguments(set.name);
    throw UserError(set.name + ": " + explanation(error) + " (arguments: " + describe_arguments() + ")");
  }
}

/* callOperator(operator, count, generator); see src/native/native.ts */
napi_value call_operator(napi_env env, napi_callback_info info) {
  const Arguments<3> arguments(env, info);
  OverloadSet& set = operator_of(env, arguments[0]);
  frame.count = static_cast<uint32_t>(to_double(env, arguments[1]));
  frame.generator = arguments[2];
  const uint32_t num_results = call(set, choose(set));
  frame.count = 0;
  return from_double(env, num_results);
}

/* findOperator("aten::add") -> its number */
napi_value find_operator(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  operators.push_back(std::make_unique<OverloadSet>(to_string(env, arguments[0])));
  return from_double(env, static_cast<double>(operators.size() - 1));
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
  for (const Overload& overload : operator_of(env, arguments[0]).overloads) schemas.push_back(c10::toString(overload.schema()));
  return strings(env, schemas);
}

napi_value operator_names(napi_env env, napi_callback_info) { return strings(env, all_operator_names()); }

}  // namespace

void export_dispatch(napi_env env, napi_value exports) {
  export_frame(env, exports);
  export_guarded<find_operator>(env, exports, "findOperator");
  export_retrying<call_operator>(env, exports, "callOperator");
  export_guarded<operator_schemas>(env, exports, "operatorSchemas");
  export_guarded<operator_names>(env, exports, "operatorNames");
}

}  // namespace notebooster
