// One path to every ATen operator: find the schema in the dispatcher once, convert by schema, call boxed.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_dispatch(napi_env env, napi_value exports);
}
