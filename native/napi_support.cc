#include "napi_support.h"

#include <c10/util/Exception.h>

#include <cmath>

#include "node/bindings.h"

namespace notebooster {

void throw_status(napi_env env, napi_status status) {
  const napi_extended_error_info* info = nullptr;  // the next call clears it
  napi_get_last_error_info(env, &info);
  const std::string detail = info && info->error_message ? info->error_message : "A call of Node-API failed";
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (pending) throw PendingException{};
  throw UserError(detail + " (Node-API status " + std::to_string(status) + ")");
}

void rethrow_as_js(napi_env env) noexcept {
  try {
    throw;
  } catch (const PendingException&) {
    return;
  } catch (const Napi::Error& error) {
    error.ThrowAsJavaScriptException();
  } catch (const UserError& error) {
    napi_throw_error(env, error.code, error.what());
  } catch (const c10::Error& error) {
    napi_throw_error(env, nullptr, error.what_without_backtrace());
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
}

void export_function(napi_env env, napi_value exports, const char* name, Binding function) {
  napi_value value;
  check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value));
  check(env, napi_set_named_property(env, exports, name, value));
}

napi_valuetype type_of(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  if (value) check(env, napi_typeof(env, value, &type));
  return type;
}

bool is_nullish(napi_env env, napi_value value) {
  const napi_valuetype type = type_of(env, value);
  return type == napi_undefined || type == napi_null;
}

std::string to_string(napi_env env, napi_value value) {
  size_t length = 0;
  check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length, '\0');
  check(env, napi_get_value_string_utf8(env, value, text.data(), length + 1, &length));
  return text;
}

double to_double(napi_env env, napi_value value) {
  double number = 0;
  check(env, napi_get_value_double(env, value, &number));
  return number;
}

int64_t to_int64(napi_env env, napi_value value) {
  if (type_of(env, value) == napi_bigint) {
    int64_t integer = 0;
    bool lossless = false;
    check(env, napi_get_value_bigint_int64(env, value, &integer, &lossless));
    if (!lossless) throw UserError("bigint argument does not fit into 64 bits");
    return integer;
  }
  const double number = to_double(env, value);
  if (number != std::floor(number) || std::abs(number) > 9007199254740992.0)
    throw UserError("expected an integer, got " + std::to_string(number));
  return static_cast<int64_t>(number);
}

bool to_bool(napi_env env, napi_value value) {
  bool flag = false;
  check(env, napi_get_value_bool(env, value, &flag));
  return flag;
}

napi_value from_string(napi_env env, std::string_view text) {
  napi_value value;
  check(env, napi_create_string_utf8(env, text.data(), text.size(), &value));
  return value;
}

napi_value from_double(napi_env env, double number) {
  napi_value value;
  check(env, napi_create_double(env, number, &value));
  return value;
}

napi_value from_bool(napi_env env, bool flag) {
  napi_value value;
  check(env, napi_get_boolean(env, flag, &value));
  return value;
}

napi_value undefined(napi_env env) {
  napi_value value;
  check(env, napi_get_undefined(env, &value));
  return value;
}

napi_value null(napi_env env) {
  napi_value value;
  check(env, napi_get_null(env, &value));
  return value;
}

}  // namespace notebooster
