// How much memory the process holds, on the host and on each GPU, and how many threads compute.
#pragma once
#include "../napi_support.h"

namespace notebooster {

/* GPUs that this process sees; 0 in a build for CPUs. */
int64_t num_gpus();

void export_memory(napi_env env, napi_value exports);

}  // namespace notebooster
