// Python's x[...] and x[...] = value: the indices are in the frame, each call is one of the addon's.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_indexing(napi_env env, napi_value exports);
}
