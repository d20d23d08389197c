// JS holds a tensor as a number, its handle: slot index and generation of an entry in a table. That is several
// times cheaper than an object with a finalizer, and a stale handle is recognised by its generation.
//
// Lifetime. A tensor belongs to the innermost open scope and is released with it. Outside every scope (or once
// kept out of all) the JS `Tensor` object owns it: src/tensor/scope.ts disposes the handle when V8 collects
// that object, and `track` tells V8 how many bytes hang on it. Everything here runs on the JS thread only.
#pragma once
#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

#include "../napi_support.h"

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
napi_value wrap(napi_env env, at::Tensor tensor);

/* The tensor behind a handle; throws when it was released or the value is no handle. */
const at::Tensor& unwrap(napi_env env, napi_value handle);
const at::Tensor& unwrap(napi_env env, double handle);

void for_each_live(const std::function<void(const LiveTensor&)>& visit);

/* Releases the tensors whose JS object V8 has collected, sparing those with these handles and the operator's arguments. Their finalizers come later
   and find nothing to do. */
void release_collected(napi_env env, std::vector<double> spared);

void export_handles(napi_env env, napi_value exports);

}  // namespace notebooster
