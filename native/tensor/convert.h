// Conversion between JS values and the dispatcher's IValues, driven by the types of an operator's schema.
#pragma once
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include "../napi_support.h"

namespace notebooster {

/* True when `value` may stand for an argument of this type; used to pick an overload. */
bool matches(napi_env env, napi_value value, const c10::Type& type);

/* Throws with the argument's name, the type wanted and what was given. */
c10::IValue to_ivalue(napi_env env, napi_value value, const c10::Argument& argument);

napi_value from_ivalue(napi_env env, const c10::IValue& value);

c10::Scalar to_scalar(napi_env env, napi_value value);

/* A short description for error messages, e.g. `float32[2, 3]` or `"mean"`. */
std::string describe(const at::Tensor& tensor);
std::string describe(napi_env env, napi_value value);

}  // namespace notebooster
