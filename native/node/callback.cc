#include "callback.h"

namespace notebooster {

Napi::Value Callback::call(std::initializer_list<napi_value> arguments) const {
  napi_value result = nullptr;
  const napi_status status =
      napi_call_function(env(), env().Undefined(), function_.Value(), arguments.size(), arguments.begin(), &result);
  if (status == napi_ok) return {env(), result};
  napi_value thrown = nullptr;
  napi_get_and_clear_last_exception(env(), &thrown);
  const Napi::Value error(env(), thrown);
  if (!error.IsObject()) throw Terminated{};  // V8 gives null for what it ends code with
  throw Napi::Error(env(), error);
}

}  // namespace notebooster
