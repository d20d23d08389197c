#include "handle.h"

#include <deque>

namespace notebooster {
namespace {

// Innermost last. A deque, because links point at the elements and must not move.
thread_local std::deque<ScopeLink> scopes;
thread_local int64_t live_handles = 0;

/* Small tensors cost V8 less than the accounting call; the handle itself is on the C++ heap anyway. */
constexpr int64_t kReportFromBytes = 4096;

void release(napi_env env, TensorHandle& handle) {
  if (!handle.tensor.defined()) return;
  handle.tensor.reset();
  --live_handles;
  if (handle.reported_bytes != 0) {
    int64_t total = 0;
    napi_adjust_external_memory(env, -handle.reported_bytes, &total);
    handle.reported_bytes = 0;
  }
}

void finalize(napi_env env, void* data, void*) {
  auto* handle = static_cast<TensorHandle*>(static_cast<Tagged*>(data));
  handle->unlink();
  release(env, *handle);
  delete handle;
}

napi_value dispose(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  TensorHandle& handle = external<TensorHandle>(env, arguments[0]);
  handle.unlink();
  release(env, handle);
  return undefined(env);
}

napi_value is_disposed(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_bool(env, !external<TensorHandle>(env, arguments[0]).tensor.defined());
}

napi_value open_scope(napi_env env, napi_callback_info) {
  scopes.emplace_back();
  return from_double(env, static_cast<double>(scopes.size()));
}

/* Closes the scope with the given depth and any forgotten inside it. */
napi_value close_scope(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto depth = static_cast<size_t>(to_int64(env, arguments[0]));
  while (scopes.size() >= depth && !scopes.empty()) {
    ScopeLink& scope = scopes.back();
    while (scope.next != &scope) {
      auto* handle = static_cast<TensorHandle*>(scope.next);
      handle->unlink();
      release(env, *handle);
    }
    scopes.pop_back();
  }
  return undefined(env);
}

/* Moves a tensor from its scope to the one around the scope of the given depth (none: V8 alone owns it). */
napi_value keep(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  TensorHandle& handle = external<TensorHandle>(env, arguments[0]);
  const int64_t depth = is_nullish(env, arguments[1]) ? 0 : to_int64(env, arguments[1]) - 1;
  handle.unlink();
  if (depth > 0 && static_cast<size_t>(depth) <= scopes.size())
    handle.insert_before(scopes[static_cast<size_t>(depth - 1)]);
  return undefined(env);
}

napi_value live(napi_env env, napi_callback_info) {
  return from_double(env, static_cast<double>(live_handles));
}

}  // namespace

napi_value wrap(napi_env env, at::Tensor tensor) {
  if (!tensor.defined()) return null(env);
  auto* handle = new TensorHandle;
  if (tensor.has_storage() && tensor.storage().use_count() == 1) {
    const auto bytes = static_cast<int64_t>(tensor.storage().nbytes());
    if (bytes >= kReportFromBytes) handle->reported_bytes = bytes;
  }
  handle->tensor = std::move(tensor);
  ++live_handles;
  if (!scopes.empty()) handle->insert_before(scopes.back());
  napi_value value;
  const napi_status status = napi_create_external(env, static_cast<Tagged*>(handle), finalize, nullptr, &value);
  if (status != napi_ok) {
    finalize(env, static_cast<Tagged*>(handle), nullptr);
    check(env, status);
  }
  if (handle->reported_bytes != 0) {
    int64_t total = 0;
    check(env, napi_adjust_external_memory(env, handle->reported_bytes, &total));
  }
  return value;
}

const at::Tensor& unwrap(napi_env env, napi_value value) {
  const at::Tensor& tensor = external<TensorHandle>(env, value).tensor;
  if (!tensor.defined())
    throw UserError(
        "this tensor was freed, by dispose() or at the end of the scope or training step that made it; "
        "call keep(tensor) there, or take its numbers with item() or toArray() before");
  return tensor;
}

bool is_tensor(napi_env env, napi_value value) { return find_external<TensorHandle>(env, value) != nullptr; }

int64_t num_live_handles() { return live_handles; }

void export_handles(napi_env env, napi_value exports) {
  export_guarded<dispose>(env, exports, "dispose");
  export_guarded<is_disposed>(env, exports, "isDisposed");
  export_guarded<open_scope>(env, exports, "openScope");
  export_guarded<close_scope>(env, exports, "closeScope");
  export_guarded<keep>(env, exports, "keep");
  export_guarded<live>(env, exports, "numLiveTensors");
}

}  // namespace notebooster
