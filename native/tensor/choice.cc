#include "choice.h"

#include <c10/util/StringUtil.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>

#include "describe.h"

namespace notebooster {
namespace {

constexpr size_t kMaxPlans = 64;

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

/* Names of the keywords in the frame; positional arguments come before them. */
std::vector<std::string> keywords() {
  std::vector<std::string> names;
  for (Value value{0}; value.slot < frame.count; ++value.slot)
    if (const std::string* keyword = value.keyword()) names.push_back(*keyword);
  return names;
}

/* Where the value of the argument `index` is in the frame; -1 when it was left out. */
int slot_of(const c10::FunctionSchema& schema, size_t index, const std::vector<std::string>& keywords) {
  const c10::Argument& argument = schema.arguments()[index];
  const size_t num_positional = frame.count - keywords.size();
  int slot = -1;
  if (!argument.kwarg_only() && index < num_positional) slot = static_cast<int>(index);
  for (size_t i = 0; slot < 0 && i < keywords.size(); ++i)
    if (same_name(keywords[i], argument.name())) slot = static_cast<int>(num_positional + i);
  const bool is_default = slot >= 0 && argument.default_value() && Value{static_cast<uint32_t>(slot)}.kinds() == kUndefined;
  return is_default ? -1 : slot;
}

/* True when a keyword names an argument that a positional value has taken already. */
bool repeats_positional(const c10::FunctionSchema& schema, const std::string& key, size_t num_positional) {
  for (size_t i = 0; i < std::min(num_positional, schema.arguments().size()); ++i)
    if (same_name(key, schema.arguments()[i].name())) return true;
  return false;
}

/* The slots of the overload's arguments, or nothing when it does not take what is in the frame. */
std::optional<std::vector<int>> fit(const Overload& overload, const std::vector<std::string>& keywords) {
  const auto& schema = overload.schema();
  const size_t given = frame.count - keywords.size();
  if (given > num_positional(schema)) return std::nullopt;
  std::vector<int> slots;
  for (size_t i = 0; i < schema.arguments().size(); ++i) {
    const int slot = slot_of(schema, i, keywords);
    const bool fits = slot < 0 ? schema.arguments()[i].default_value().has_value()
                               : overload.accepted[i].takes(Value{static_cast<uint32_t>(slot)}.kinds());
    if (!fits) return std::nullopt;
    slots.push_back(slot);
  }
  for (const std::string& key : keywords)
    if (!has_argument(schema, key) || repeats_positional(schema, key, given)) return std::nullopt;
  return slots;
}

/* " There is no option `x`; options: ..." when no overload knows a keyword, else nothing. */
std::string unknown_option(const OverloadSet& set, const std::vector<std::string>& keywords) {
  for (const std::string& key : keywords) {
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

std::string signature_error(const OverloadSet& set, const std::vector<std::string>& keywords) {
  std::string text = unknown_option(set, keywords);
  if (text.empty()) text = "no overload of " + set.name + " takes (" + describe_arguments() + ")";
  text += "; there is:";
  for (const Overload& candidate : set.overloads) text += "\n  " + c10::toString(candidate.schema());
  return text;
}

const Plan& make_plan(OverloadSet& set) {
  const std::vector<std::string> names = keywords();
  for (const Overload& candidate : set.overloads) {
    auto slots = fit(candidate, names);
    if (!slots) continue;
    if (set.plans.size() == kMaxPlans) set.plans.clear();
    set.plans.push_back({{frame.heads, frame.heads + frame.count}, &candidate, std::move(*slots)});
    return set.plans.back();
  }
  throw UserError(signature_error(set, names));
}

}  // namespace

const Plan& choose(OverloadSet& set) {
  const size_t bytes = frame.count * sizeof(uint32_t);
  for (const Plan& plan : set.plans)
    if (plan.heads.size() == frame.count && std::memcmp(plan.heads.data(), frame.heads, bytes) == 0) return plan;
  return make_plan(set);
}

}  // namespace notebooster
