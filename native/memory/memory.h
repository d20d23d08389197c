// How much memory the process holds, on the host and on each GPU, and how many threads compute.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_memory(napi_env env, napi_value exports);
}
