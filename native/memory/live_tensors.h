// Which tensors are held, and by which memory; see live_tensors.cc.
#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_live_tensors(Napi::Object exports);
}
