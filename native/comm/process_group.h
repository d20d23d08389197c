// Process groups over c10d, as src/cluster/process-group.ts sees them: groups.cc, collectives.cc, transfers.cc,
// tensor_parallel.cc.
#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_process_groups(Napi::Object exports);
}
