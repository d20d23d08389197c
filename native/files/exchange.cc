// The addon exchange.node: two names of one file system change places in one step, which Node's fs lacks. It is an addon
// of its own so that who handles files only loads no libtorch. Declared in src/native/exchange.ts.
#include <node_api.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include <fcntl.h>

namespace {

bool read_path(napi_env env, napi_value value, std::string& path) {
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return false;
  path.resize(length + 1);
  if (napi_get_value_string_utf8(env, value, path.data(), length + 1, &length) != napi_ok) return false;
  path.resize(length);
  return true;
}

/* 0, or the system's errno. */
napi_value exchange(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  std::string one, other;
  if (napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr) != napi_ok || count != 2 ||
      !read_path(env, arguments[0], one) || !read_path(env, arguments[1], other)) {
    napi_throw_type_error(env, nullptr, "exchange takes two paths");
    return nullptr;
  }
  const bool is_done = renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
  napi_value result;
  if (napi_create_int32(env, is_done ? 0 : errno, &result) != napi_ok) return nullptr;
  return result;
}

napi_value init(napi_env env, napi_value exports) {
  napi_value function;
  if (napi_create_function(env, "exchange", NAPI_AUTO_LENGTH, exchange, nullptr, &function) == napi_ok)
    napi_set_named_property(env, exports, "exchange", function);
  return exports;
}

}  // namespace

NAPI_MODULE(exchange, init)
