// How many bytes of tensors are allocated between two moments, on all devices together.
#pragma once
#include "../node/bindings.h"

namespace notebooster {

void export_memory_count(Napi::Object exports);

}  // namespace notebooster
