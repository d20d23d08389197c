// The JS view of a tensor is a `napi_external` that points to a TensorHandle.
//
// Lifetime. V8 owns the handle: its finalizer deletes it. The tensor inside may be released earlier, by
// `dispose` or by the end of the scope it was made in; a released handle stays valid and reports its use.
// Scopes are intrusive lists, so that leaving one is a walk without any allocation, and a finalizer can
// unlink in O(1). Everything here runs on the JS thread only.
#pragma once
#include <ATen/core/Tensor.h>

#include "../napi_support.h"

namespace notebooster {

struct ScopeLink {
  ScopeLink* previous = this;
  ScopeLink* next = this;
  void unlink() {
    previous->next = next;
    next->previous = previous;
    previous = next = this;
  }
  void insert_before(ScopeLink& position) {
    previous = position.previous;
    next = &position;
    previous->next = this;
    position.previous = this;
  }
};

struct TensorHandle : Tagged, ScopeLink {
  static constexpr uint64_t kTag = 0x4e42'5445'4e53'4f52;
  static constexpr const char* kName = "tensor";
  TensorHandle() : Tagged(kTag) {}
  at::Tensor tensor;           // undefined once released
  int64_t reported_bytes = 0;  // what V8 was told this handle keeps alive outside its heap
};

/* Wraps a tensor in a new external, owned by the innermost scope. An undefined tensor becomes null. */
napi_value wrap(napi_env env, at::Tensor tensor);

/* The tensor behind an external; throws when it was released. */
const at::Tensor& unwrap(napi_env env, napi_value value);

bool is_tensor(napi_env env, napi_value value);

/* Live handles with a tensor, for leak tests. */
int64_t num_live_handles();

void export_handles(napi_env env, napi_value exports);

}  // namespace notebooster
