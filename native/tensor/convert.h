// Conversion between JS values and the dispatcher's IValues, driven by the types of an operator's schema.
#pragma once
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include "../napi_support.h"

namespace notebooster {

/* A JS value as an operator's argument, looked at once. */
struct Value {
  napi_value js = nullptr;
  napi_valuetype type = napi_undefined;
  const at::Tensor* tensor = nullptr;  // when it is a tensor

  bool is_nullish() const { return type == napi_undefined || type == napi_null; }
};

/* A value of any kind; a tensor is a JS object with a `handle`. */
Value value_of(napi_env env, napi_value js);
/* The tensor behind a handle. */
Value tensor_value(napi_env env, napi_value handle);

/* True when `value` may stand for an argument of this type; used to pick an overload. */
bool matches(napi_env env, const Value& value, const c10::Type& type);

/* Converts a value that matches; throws when a name in it is unknown. */
c10::IValue to_ivalue(napi_env env, const Value& value, const c10::Type& type);

/* Tensors become handles. Numbers, which could be taken for handles, become `{ number }`. */
napi_value from_ivalue(napi_env env, const c10::IValue& value);

c10::Scalar to_scalar(napi_env env, napi_value value);

/* A short description for error messages, e.g. `float32[2, 3]` or `"mean"`. */
std::string describe(const at::Tensor& tensor);
std::string describe(napi_env env, napi_value value);
std::string describe(napi_env env, const Value& value);

}  // namespace notebooster
