// Small pieces shared by every binding: throwing JS errors out of C++ exceptions, and reading arguments.
// Bindings use the raw C Node-API on hot paths (a call costs about 0.1 us) and throw C++ exceptions,
// which `guarded` turns into JS errors at the border; no exception ever crosses into V8.
#pragma once
#define NAPI_VERSION 8
#include <node_api.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace notebooster {

/* A message for the person; becomes a JS Error with the given `code`. */
struct UserError : std::runtime_error {
  const char* code;
  explicit UserError(const std::string& message, const char* code = nullptr) : std::runtime_error(message), code(code) {}
};

/* Code of the errors that src/cluster/ turns into a CollectiveError. */
constexpr const char* kCollectiveFailed = "ERR_COLLECTIVE";

/* Thrown when a Node-API call failed because a JS exception is already pending. */
struct PendingException {};

void throw_status(napi_env env, napi_status status);

inline void check(napi_env env, napi_status status) {
  if (status != napi_ok) [[unlikely]] throw_status(env, status);
}

/* Converts the current C++ exception into a pending JS exception. Call only inside a catch block. */
void rethrow_as_js(napi_env env) noexcept;

using Binding = napi_value (*)(napi_env, napi_callback_info);

/* As rethrow_as_js; but when memory ran out, frees what can be freed and, given one, calls `again` once. Only functions
   that leave nothing half done when they throw may be called again. See memory/out_of_memory.cc. */
napi_value rethrow_or_retry(napi_env env, napi_callback_info info, Binding again) noexcept;

template <auto Function>
napi_value guarded(napi_env env, napi_callback_info info) noexcept {
  try {
    return Function(env, info);
  } catch (...) {
    return rethrow_or_retry(env, info, nullptr);
  }
}

/* For functions that may be called again after memory ran out. */
template <auto Function>
napi_value guarded_retrying(napi_env env, napi_callback_info info) noexcept {
  try {
    return Function(env, info);
  } catch (...) {
    return rethrow_or_retry(env, info, Function);
  }
}

void export_function(napi_env env, napi_value exports, const char* name, Binding function);

template <auto Function>
void export_guarded(napi_env env, napi_value exports, const char* name) {
  export_function(env, exports, name, guarded<Function>);
}

template <auto Function>
void export_retrying(napi_env env, napi_value exports, const char* name) {
  export_function(env, exports, name, guarded_retrying<Function>);
}

template <size_t N>
struct Arguments {
  std::array<napi_value, N> values{};
  size_t count = N;
  Arguments(napi_env env, napi_callback_info info) {
    check(env, napi_get_cb_info(env, info, &count, values.data(), nullptr, nullptr));
  }
  napi_value operator[](size_t index) const { return values[index]; }
};

/* First base of every object handed to JS as an external: tells the kinds apart. */
struct Tagged {
  uint64_t tag;
  explicit Tagged(uint64_t tag) : tag(tag) {}
};

/* Each kind `T` derives from Tagged and names its `kTag` and `kName`. */
template <typename T>
T* find_external(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  void* data = nullptr;
  if (value == nullptr || napi_typeof(env, value, &type) != napi_ok || type != napi_external) return nullptr;
  if (napi_get_value_external(env, value, &data) != napi_ok || data == nullptr) return nullptr;
  auto* tagged = static_cast<Tagged*>(data);
  return tagged->tag == T::kTag ? static_cast<T*>(tagged) : nullptr;
}

template <typename T>
T& external(napi_env env, napi_value value) {
  T* found = find_external<T>(env, value);
  if (!found) throw UserError(std::string("expected a ") + T::kName);
  return *found;
}

template <typename T>
napi_value make_external(napi_env env, T* object) {
  napi_value value;
  check(env, napi_create_external(
                 env, static_cast<Tagged*>(object),
                 [](napi_env, void* data, void*) { delete static_cast<T*>(static_cast<Tagged*>(data)); }, nullptr,
                 &value));
  return value;
}

napi_valuetype type_of(napi_env env, napi_value value);
bool is_nullish(napi_env env, napi_value value);
std::string to_string(napi_env env, napi_value value);
double to_double(napi_env env, napi_value value);
int64_t to_int64(napi_env env, napi_value value);
bool to_bool(napi_env env, napi_value value);
napi_value from_string(napi_env env, std::string_view text);
napi_value from_double(napi_env env, double value);
napi_value from_bool(napi_env env, bool value);
napi_value undefined(napi_env env);
napi_value null(napi_env env);

}  // namespace notebooster
