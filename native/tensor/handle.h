// JS holds a tensor as a number, its handle: slot index and generation of an entry in a table. That is several
// times cheaper than an object with a finalizer, and a stale handle is recognised by its generation.
//
// Lifetime. A tensor belongs to the innermost open scope and is released with it. Outside every scope (or once
// kept out of all) the JS `Tensor` object owns it: `track` notes the object, and the tensor is released once V8 has
// collected it (collector.h). Everything here runs on the JS thread only.
#pragma once
#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

#include "../node/bindings.h"

namespace notebooster {

/* One tensor of the table; `depth` of the scope it belongs to, 0 when its JS object owns it. */
struct LiveTensor {
  double handle;
  const at::Tensor& tensor;
  int64_t depth;
};

/* Stores a tensor, which must be defined, and returns its handle. */
double store(at::Tensor tensor);

/* The same as a JS number; an undefined tensor becomes null. */
Napi::Value wrap(Napi::Env env, at::Tensor tensor);

/* A handle as JS gives it: what is no number is no tensor's. */
struct Handle {
  double number;
};
template <>
struct FromJs<Handle> {
  static Handle from(const Napi::Value& value) {
    double number = -1;  // stays where it is no number, which node-addon-api would throw for
    napi_get_value_double(value.Env(), value, &number);
    return {number};
  }
};

/* The tensor behind a handle, where the table has it until it is released; throws when it was or the value is no handle. */
const at::Tensor& unwrap(napi_env env, double handle);

/* Whether the tensor was not released yet. */
bool is_live(double handle);

void for_each_live(const std::function<void(const LiveTensor&)>& visit);

/* Releases the tensor if V8 has collected the JS object that owns it. True when it is gone, now or since before. */
bool release_if_collected(napi_env env, double handle);

void export_handles(Napi::Object exports);

}  // namespace notebooster
