#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_jit(Napi::Object exports);
}  // namespace notebooster
