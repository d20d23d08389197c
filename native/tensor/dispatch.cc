#include "dispatch.h"

#include "../memory/out_of_memory.h"
#include "argument.h"
#include "choice.h"
#include "chunk.h"
#include "describe.h"
#include "results.h"

namespace notebooster {
namespace {

std::vector<std::unique_ptr<OverloadSet>>& operators = *new std::vector<std::unique_ptr<OverloadSet>>;

OverloadSet& operator_of(double number) { return *operators.at(static_cast<size_t>(number)); }

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

/* callOperator(operator, count, generator) -> the number of results in the frame; see src/native/native.ts */
double call_operator(double number, double count, Napi::Value generator) {
  OverloadSet& set = operator_of(number);
  frame.count = static_cast<uint32_t>(count);
  frame.generator = generator;
  const uint32_t num_results = call(set, choose(set));
  frame.count = 0;
  return num_results;
}

/* "aten::add" -> its number */
size_t find_operator(const std::string& name) {
  operators.push_back(std::make_unique<OverloadSet>(name));
  return operators.size() - 1;
}

std::vector<std::string> operator_schemas(double number) {
  std::vector<std::string> schemas;
  for (const Overload& overload : operator_of(number).overloads) schemas.push_back(c10::toString(overload.schema()));
  return schemas;
}

}  // namespace

void export_dispatch(Napi::Object exports) {
  export_frame(exports);
  bind_retrying<call_operator>(exports, "callOperator");
  bind<find_operator>(exports, "findOperator");
  bind<operator_schemas>(exports, "operatorSchemas");
  bind<all_operator_names>(exports, "operatorNames");
}

}  // namespace notebooster
