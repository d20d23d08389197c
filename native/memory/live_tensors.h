// Which tensors are held, and by which memory; see live_tensors.cc.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_live_tensors(napi_env env, napi_value exports);
}
