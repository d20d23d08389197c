// Process groups over c10d, as src/cluster/process-group.ts sees them. Waiting blocks the JS thread of the
// worker, on purpose: the kernel process, not the worker, answers the notebook meanwhile.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_process_groups(napi_env env, napi_value exports);
}
