// Operators called in C++ types, from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit.
#include "../unboxed.h"

#include <unordered_map>

namespace notebooster {

extern const UnboxedEntry kUnboxed0[];
extern const UnboxedEntry kUnboxed1[];
extern const UnboxedEntry kUnboxed2[];
extern const UnboxedEntry kUnboxed3[];
extern const UnboxedEntry kUnboxedOwn[];

Unboxed find_unboxed(const c10::OperatorName& name) {
  static const auto& table = *[] {
    auto* byName = new std::unordered_map<c10::OperatorName, Unboxed>;
    for (const UnboxedEntry* entries : {kUnboxed0, kUnboxed1, kUnboxed2, kUnboxed3, kUnboxedOwn})
      for (; entries->name; ++entries) byName->emplace(c10::OperatorName(entries->name, entries->overload), entries->call);
    return byName;
  }();
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace notebooster
