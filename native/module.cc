// The addon `notebooster`: everything TypeScript sees of libtorch. Declared and documented in src/native/native.ts.
// One instance per process, used from the main JS thread only.
#include <torch/version.h>

#include "attention/attention.h"
#include "autograd/autograd.h"
#include "autograd/gradient_place.h"
#include "comm/process_group.h"
#include "cuda/cuda.h"
#include "jit/jit.h"
#include "memory/freed_memory.h"
#include "memory/memory.h"
#include "napi_support.h"
#include "tensor/chunk.h"
#include "tensor/collector.h"
#include "tensor/dispatch.h"
#include "tensor/generator.h"
#include "tensor/handle.h"
#include "tensor/indexing.h"
#include "tensor/storage.h"

namespace notebooster {
namespace {

napi_value init(napi_env env, napi_value exports) {
  try {
    keep_freed_memory();
    export_handles(env, exports);
    export_chunks(env, exports);
    export_collector(env, exports);
    export_storage(env, exports);
    export_indexing(env, exports);
    export_dispatch(env, exports);
    export_generators(env, exports);
    export_attention(env, exports);
    export_autograd(env, exports);
    export_gradient_places(env, exports);
    export_memory(env, exports);
    export_process_groups(env, exports);
    export_cuda(env, exports);
    check(env, napi_set_named_property(env, exports, "torchVersion", from_string(env, TORCH_VERSION)));
#ifdef NOTEBOOSTER_CUDA
    export_jit(env, exports);
    check(env, napi_set_named_property(env, exports, "hasCuda", from_bool(env, true)));
#else
    check(env, napi_set_named_property(env, exports, "hasCuda", from_bool(env, false)));
#endif
  } catch (...) {
    rethrow_as_js(env);
  }
  return exports;
}

}  // namespace
}  // namespace notebooster

NAPI_MODULE(NODE_GYP_MODULE_NAME, notebooster::init)
