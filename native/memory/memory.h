// How much memory the process holds, on the host and on each GPU, and how many threads compute.
#pragma once
#include "../node/bindings.h"

namespace notebooster {

/* GPUs that this process sees; 0 in a build for CPUs. */
int64_t num_gpus();

void export_memory(Napi::Object exports);

}  // namespace notebooster
