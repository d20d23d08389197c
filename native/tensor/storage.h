// Moving numbers between JS typed arrays and tensors, without a copy where memory is on the CPU,
// and reading what a tensor is (shape, dtype, device).
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_storage(napi_env env, napi_value exports);
}
