#pragma once
#include <node_api.h>

namespace notebooster {
void export_jit(napi_env env, napi_value exports);
}  // namespace notebooster
