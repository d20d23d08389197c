// Attention as src/tensor/attention.ts sees it.
#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_attention(Napi::Object exports);
}  // namespace notebooster
