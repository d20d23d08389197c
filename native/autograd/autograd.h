// libtorch's own autograd as the inner of two levels: it runs inside a block, never between blocks.
// The outer level, the tape over blocks, is src/tensor/tape.ts.
#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_autograd(Napi::Object exports);
void export_gradient_places(Napi::Object exports);
void export_recipes(Napi::Object exports);
void export_unread_product(Napi::Object exports);
}
