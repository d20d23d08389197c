// How many bytes of tensors are allocated between two moments, on all devices together.
#pragma once
#include "../napi_support.h"

namespace notebooster {

void export_memory_count(napi_env env, napi_value exports);

}  // namespace notebooster
