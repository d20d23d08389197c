// Process groups over c10d, as src/cluster/process-group.ts sees them: groups.cc, collectives.cc, transfers.cc,
// tensor_parallel.cc.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_process_groups(napi_env env, napi_value exports);
}
