// Conversion between JS values and the dispatcher's IValues, driven by the types of an operator's schema.
#pragma once
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include <vector>

#include "../napi_support.h"

namespace notebooster {

/* A JS value as an operator's argument, read once: choosing an overload and converting need no further Node-API calls. */
struct Value {
  napi_value js = nullptr;
  napi_valuetype type = napi_undefined;
  double number = 0;                   // of a napi_number
  const at::Tensor* tensor = nullptr;  // when it is a tensor
  bool is_list = false;
  std::vector<Value> items;

  bool is_nullish() const { return type == napi_undefined || type == napi_null; }
};

/* Reads a value. With `holds_handles` a number is a tensor's handle, also inside an array; without, a tensor is an object with a
   property `handle`. */
Value read_value(napi_env env, napi_value js, bool holds_handles);

/* True when `value` may stand for an argument of this type; used to pick an overload. */
bool matches(const Value& value, const c10::Type& type);

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
