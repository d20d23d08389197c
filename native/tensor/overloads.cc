#include "overloads.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "describe.h"
#include "unboxed.h"

namespace notebooster {
namespace {

using ByName = std::unordered_map<std::string, std::vector<c10::OperatorName>>;

const ByName& operators_by_name() {
  static const ByName index = [] {
    ByName names;
    for (const c10::OperatorName& name : c10::Dispatcher::singleton().getAllOpNames()) names[name.name].push_back(name);
    return names;
  }();
  return index;
}

const std::unordered_set<std::string> kArithmetic{"aten::add", "aten::sub", "aten::mul", "aten::div"};

int rank_of(const c10::FunctionSchema& schema) {
  int rank = 0;
  for (const c10::Argument& argument : schema.arguments()) {
    if (argument.is_out()) rank += 100;
    if (argument.type()->kind() == c10::TypeKind::NumberType) rank += 1;
  }
  return rank;
}

}  // namespace

Overload::Overload(const c10::OperatorHandle& handle, bool takes_numbers) : handle(handle), unboxed(find_unboxed(handle.operator_name())) {
  const auto& arguments = handle.schema().arguments();
  for (const c10::Argument& result : handle.schema().returns()) {
    const c10::AliasInfo* alias = result.alias_info();
    const auto found = std::find_if(arguments.begin(), arguments.end(), [&](const c10::Argument& argument) {
      return alias && alias->isWrite() && argument.alias_info() && argument.alias_info()->isWrite() &&
             argument.alias_info()->beforeSets() == alias->beforeSets();
    });
    written.push_back(found == arguments.end() ? -1 : static_cast<int>(found - arguments.begin()));
  }
  for (const c10::Argument& argument : arguments) {
    accepted.push_back(accepted_by(argument));
    if (takes_numbers && argument.type()->kind() == c10::TypeKind::TensorType && argument.name() == "other")
      accepted.back().alone |= kInteger | kFraction;
  }
}

OverloadSet::OverloadSet(std::string full_name) : name(std::move(full_name)) {
  // As in Python a number may stand for the tensor `other` of add, sub, mul, div and their in-place forms.
  const bool takes_numbers = kArithmetic.count(name.substr(0, name.find_last_not_of('_') + 1)) > 0;
  if (const auto found = operators_by_name().find(name); found != operators_by_name().end())
    for (const c10::OperatorName& variant : found->second)
      if (auto handle = c10::Dispatcher::singleton().findSchema(variant)) overloads.emplace_back(*handle, takes_numbers);
  if (overloads.empty()) throw UserError("there is no operator " + name, "ERR_NO_OPERATOR");
  std::stable_sort(overloads.begin(), overloads.end(), [](const Overload& a, const Overload& b) {
    const int ranks[] = {rank_of(a.schema()), rank_of(b.schema())};
    return ranks[0] != ranks[1] ? ranks[0] < ranks[1] : a.schema().overload_name() < b.schema().overload_name();
  });
}

std::string argument_error(const Plan& plan, size_t index, const std::string& problem) {
  const c10::FunctionSchema& schema = plan.overload->schema();
  return schema.name() + ": argument `" + schema.arguments()[index].name() + "`: " + problem + " (arguments: " + describe_arguments() + ")";
}

std::vector<std::string> all_operator_names() {
  std::vector<std::string> names;
  for (const auto& [name, overloads] : operators_by_name()) names.push_back(name);
  return names;
}

}  // namespace notebooster
