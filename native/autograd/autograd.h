// libtorch's own autograd as the inner of two levels: it runs inside a block, never between blocks.
// The outer level, the tape over blocks, is src/tensor/tape.ts.
#pragma once
#include "../napi_support.h"

namespace notebooster {
void export_autograd(napi_env env, napi_value exports);
}
