#include "overloads.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <unordered_set>

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

/* True for `key` written as in the schema, or in camel case: roundingMode for rounding_mode. */
bool same_name(const std::string& key, const std::string& name) {
  if (key == name) return true;
  size_t i = 0;
  for (size_t j = 0; j < name.size(); ++j, ++i) {
    const bool is_hump = name[j] == '_' && j > 0 && j + 1 < name.size();
    if (is_hump) ++j;
    const char wanted = is_hump ? static_cast<char>(std::toupper(name[j])) : name[j];
    if (i >= key.size() || key[i] != wanted) return false;
  }
  return i == key.size();
}

bool has_argument(const c10::FunctionSchema& schema, const std::string& key) {
  const auto& arguments = schema.arguments();
  return std::any_of(arguments.begin(), arguments.end(), [&](const auto& argument) { return same_name(key, argument.name()); });
}

size_t num_positional(const c10::FunctionSchema& schema) {
  const auto& arguments = schema.arguments();
  return std::count_if(arguments.begin(), arguments.end(), [](const auto& argument) { return !argument.kwarg_only(); });
}

/* True when a keyword names an argument that a positional value has taken already. */
bool repeats_positional(const Call& call, const c10::FunctionSchema& schema, const std::string& key) {
  for (size_t i = 0; i < std::min(call.num_positional(), schema.arguments().size()); ++i)
    if (same_name(key, schema.arguments()[i].name())) return true;
  return false;
}

/* One integer stands for a list only where the schema gives the list a length, as in int[1] dim: in tensor_split(x, 3) the 3
   is a number of sections, not a list of indices. */
bool fits(const Value& value, const c10::Argument& argument, bool takes_numbers) {
  const c10::Type* type = argument.type().get();
  const bool is_number = value.type == napi_number && !value.tensor;
  if (is_number && takes_numbers && type->kind() == c10::TypeKind::TensorType && argument.name() == "other") return true;
  if (is_number && !argument.N()) {
    if (type->kind() == c10::TypeKind::OptionalType) type = type->castRaw<c10::OptionalType>()->getElementType().get();
    if (type->kind() == c10::TypeKind::ListType) return false;
  }
  return matches(value, *argument.type());
}

bool accepts(const Call& call, const c10::FunctionSchema& schema, bool takes_numbers) {
  if (call.num_positional() > num_positional(schema)) return false;
  for (size_t i = 0; i < schema.arguments().size(); ++i) {
    const c10::Argument& argument = schema.arguments()[i];
    const Value* value = call.given(schema, i);
    if (value ? !fits(*value, argument, takes_numbers) : !argument.default_value()) return false;
  }
  return std::all_of(call.keywords.begin(), call.keywords.end(), [&](const std::string& key) {
    return has_argument(schema, key) && !repeats_positional(call, schema, key);
  });
}

/* " There is no option `x`; options: ..." when no overload knows a keyword, else nothing. */
std::string unknown_option(const Call& call, const OverloadSet& set) {
  for (const std::string& key : call.keywords) {
    if (std::any_of(set.overloads.begin(), set.overloads.end(), [&](const Overload& o) { return has_argument(o.schema(), key); }))
      continue;
    std::vector<std::string> options;
    for (const Overload& overload : set.overloads)
      for (const c10::Argument& argument : overload.schema().arguments())
        if (argument.name() != "self" && std::find(options.begin(), options.end(), argument.name()) == options.end())
          options.push_back(argument.name());
    return "unknown option `" + key + "` of " + set.name + "; options: " + c10::Join(", ", options);
  }
  return "";
}

std::string signature_error(const Call& call, const OverloadSet& set) {
  std::string text = unknown_option(call, set);
  if (text.empty()) text = "no overload of " + set.name + " takes (" + call.describe() + ")";
  text += "; there is:";
  for (const Overload& candidate : set.overloads) text += "\n  " + c10::toString(candidate.schema());
  return text;
}

}  // namespace

Overload::Overload(const c10::OperatorHandle& handle) : handle(handle) {
  const auto& arguments = handle.schema().arguments();
  for (const c10::Argument& result : handle.schema().returns()) {
    const c10::AliasInfo* alias = result.alias_info();
    const auto found = std::find_if(arguments.begin(), arguments.end(), [&](const c10::Argument& argument) {
      return alias && alias->isWrite() && argument.alias_info() && argument.alias_info()->isWrite() &&
             argument.alias_info()->beforeSets() == alias->beforeSets();
    });
    written.push_back(found == arguments.end() ? -1 : static_cast<int>(found - arguments.begin()));
  }
}

OverloadSet::OverloadSet(std::string full_name)
    : Tagged(kTag), name(std::move(full_name)), takes_numbers(kArithmetic.count(name.substr(0, name.find_last_not_of('_') + 1)) > 0) {
  if (const auto found = operators_by_name().find(name); found != operators_by_name().end())
    for (const c10::OperatorName& variant : found->second)
      if (auto handle = c10::Dispatcher::singleton().findSchema(variant)) overloads.emplace_back(*handle);
  if (overloads.empty()) throw UserError("there is no operator " + name, "ERR_NO_OPERATOR");
  std::stable_sort(overloads.begin(), overloads.end(), [](const Overload& a, const Overload& b) {
    const int ranks[] = {rank_of(a.schema()), rank_of(b.schema())};
    return ranks[0] != ranks[1] ? ranks[0] < ranks[1] : a.schema().overload_name() < b.schema().overload_name();
  });
}

int Call::position(const c10::FunctionSchema& schema, size_t index) const {
  const c10::Argument& argument = schema.arguments()[index];
  if (!argument.kwarg_only() && index < num_positional()) return static_cast<int>(index);
  for (size_t i = 0; i < keywords.size(); ++i)
    if (same_name(keywords[i], argument.name())) return static_cast<int>(num_positional() + i);
  return -1;
}

const Value* Call::given(const c10::FunctionSchema& schema, size_t index) const {
  const int at = position(schema, index);
  if (at < 0) return nullptr;
  const Value& value = values[at];
  return value.type == napi_undefined && schema.arguments()[index].default_value() ? nullptr : &value;
}

std::string Call::describe() const {
  std::string text;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i) text += ", ";
    if (i >= num_positional()) text += keywords[i - num_positional()] + ": ";
    text += notebooster::describe(env, values[i]);
  }
  return text;
}

const Overload& choose(const Call& call, const OverloadSet& set) {
  for (const Overload& candidate : set.overloads)
    if (accepts(call, candidate.schema(), set.takes_numbers)) return candidate;
  throw UserError(signature_error(call, set));
}

std::vector<std::string> all_operator_names() {
  std::vector<std::string> names;
  for (const auto& [name, overloads] : operators_by_name()) names.push_back(name);
  return names;
}

}  // namespace notebooster
