// The views that Python's x[...] takes for numbers, slices and null, all in one call.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_views(napi_env env, napi_value exports);
}
