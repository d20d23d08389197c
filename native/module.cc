// The addon `notebooster`: everything TypeScript sees of libtorch. Declared and documented in src/native/native.ts.
// One instance per process, used from one thread, which is seen to here.
#include <stdlib.h>
#include <torch/version.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "attention/attention.h"
#include "autograd/autograd.h"
#include "comm/process_group.h"
#include "cuda/cuda.h"
#include "jit/jit.h"
#include "memory/freed_memory.h"
#include "memory/memory.h"
#include "node/bindings.h"
#include "tensor/chunk.h"
#include "tensor/collector.h"
#include "tensor/dispatch.h"
#include "tensor/generator.h"
#include "tensor/handle.h"
#include "tensor/indexing.h"
#include "tensor/storage.h"

namespace notebooster {
namespace {

#ifdef NOTEBOOSTER_CUDA
constexpr bool kHasCuda = true;
#else
constexpr bool kHasCuda = false;
#endif

std::atomic<bool> is_loaded = false;

/* Handles, scopes and the frame of a call are of one thread: a second one would free the first one's tensors. */
void require_one_thread(Napi::Env env) {
  if (is_loaded.exchange(true)) {
    throw Napi::Error::New(env,
                           "notebooster: tensors belong to one thread of a process, and another thread has loaded the library already; import it in "
                           "one thread, and send others numbers (x.toTypedArray())");
  }
  napi_add_env_cleanup_hook(env, [](void*) { is_loaded = false; }, nullptr);
}

/* At exit libtorch takes its 3,000 operators apart, for 0.13 s: the process ends before, and what it holds with it. Handlers
   that others have registered before are left out as well, so not with CUDA, whose tools write their reports then. */
void leave_nothing_to_exit() {
#ifndef NOTEBOOSTER_CUDA
  on_exit(
      [](int status, void*) {
        std::fflush(nullptr);
        _exit(status);
      },
      nullptr);
#endif
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  require_one_thread(env);
  leave_nothing_to_exit();
  keep_freed_memory();
  export_handles(exports);
  export_collector(exports);
  export_storage(exports);
  export_chunks(exports);
  export_indexing(exports);
  export_dispatch(exports);
  export_generators(exports);
  export_attention(exports);
  export_autograd(exports);
  export_gradient_places(exports);
  export_recipes(exports);
  export_unread_product(exports);
  export_memory(exports);
  export_process_groups(exports);
  export_cuda(exports);
#ifdef NOTEBOOSTER_CUDA
  export_jit(exports);
#endif
  exports.Set("torchVersion", to_js(env, TORCH_VERSION));
  exports.Set("hasCuda", to_js(env, kHasCuda));
  return exports;
}

}  // namespace

NODE_API_MODULE(NODE_GYP_MODULE_NAME, init)

}  // namespace notebooster
