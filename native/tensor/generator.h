// Random number generators as JS externals, and the seed of the default ones.
#pragma once
#include <ATen/core/Generator.h>

#include "../napi_support.h"

namespace notebooster {

/* The generator behind an external made by `createGenerator`. */
at::Generator generator_of(napi_env env, napi_value value);

void export_generators(napi_env env, napi_value exports);

}  // namespace notebooster
