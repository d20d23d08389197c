// Random number generators as JS externals, and the seed of the default ones.
#pragma once
#include <ATen/core/Generator.h>

#include "../node/bindings.h"

namespace notebooster {

/* The generator behind an external made by `createGenerator`. */
template <>
struct FromJs<at::Generator> {
  static const at::Generator& from(const Napi::Value& value);
};

void export_generators(Napi::Object exports);

}  // namespace notebooster
