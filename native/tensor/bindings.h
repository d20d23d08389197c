// Tensors and what belongs to them as arguments and results of bindings.
#pragma once
#include <ATen/core/Tensor.h>

#include "../node/bindings.h"
#include "handle.h"
#include "names.h"

namespace notebooster {

/* Its own: what JavaScript does while the function runs may release the one of the table. */
template <>
struct FromJs<at::Tensor> {
  static at::Tensor from(const Napi::Value& value) { return unwrap(value.Env(), FromJs<Handle>::from(value).number); }
};
template <>
struct FromJs<c10::ScalarType> {
  static c10::ScalarType from(const Napi::Value& value) { return parse_dtype(FromJs<std::string>::from(value)); }
};

/* null for an undefined tensor */
template <>
struct ToJs<at::Tensor> {
  static Napi::Value of(Napi::Env env, at::Tensor tensor) { return wrap(env, std::move(tensor)); }
};

}  // namespace notebooster
