// The operators that the models and optimizers call in their inner loops, without the boxed dispatcher.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_fast_ops(napi_env env, napi_value exports);
}
