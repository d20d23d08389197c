// Timing on the GPU; see events.cc.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_events(napi_env env, napi_value exports);
}
