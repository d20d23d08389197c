#include "errors.h"

#include <c10/util/Exception.h>

namespace notebooster {
namespace {

void throw_into_js(const Napi::Error& error) noexcept {
  try {
    error.ThrowAsJavaScriptException();
  } catch (const Napi::Error&) {
    // Another exception is pending, or V8 ends the running code: JS learns of that.
  }
}

}  // namespace

void rethrow_as_js(napi_env env) noexcept {
  try {
    throw;
  } catch (const Terminated&) {
    // V8 goes on ending what called us.
  } catch (const Napi::Error& error) {
    throw_into_js(error);
  } catch (const UserError& error) {
    napi_throw_error(env, error.code, error.what());
  } catch (const c10::Error& error) {
    napi_throw_error(env, nullptr, error.what_without_backtrace());
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
  }
}

}  // namespace notebooster
