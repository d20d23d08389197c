// Python's x[...] and x[...] = value: the indices are in the frame, each call is one of the addon's.
#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_indexing(Napi::Object exports);
}
