#include "views.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/select_ops.h>
#include <ATen/ops/slice_ops.h>
#include <ATen/ops/unsqueeze_ops.h>

#include "frame.h"
#include "handle.h"

namespace notebooster {
namespace {

/* Five numbers each in the frame's first list: kind, dimension, then the index, or start, end and step. */
constexpr uint32_t kStepLength = 5;
enum StepKind { kSelect, kSlice, kUnsqueeze };

at::Tensor view_of(const at::Tensor& tensor, Value steps, uint32_t begin) {
  const auto number = [&](uint32_t i) { return static_cast<int64_t>(steps.item(begin + i).number()); };
  switch (number(0)) {
    case kSelect: return at::_ops::select_int::call(tensor, number(1), number(2));
    case kSlice: return at::_ops::slice_Tensor::call(tensor, number(1), number(2), number(3), number(4));
    default: return at::_ops::unsqueeze::call(tensor, number(1));
  }
}

/* takeViews(tensor) -> handle; see src/native/native.ts */
napi_value take_views(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const Value steps{0};
  at::Tensor view = view_of(unwrap(env, arguments[0]), steps, 0);
  for (uint32_t begin = kStepLength; begin < steps.size(); begin += kStepLength) view = view_of(view, steps, begin);
  return wrap(env, std::move(view));
}

}  // namespace

void export_views(napi_env env, napi_value exports) { export_retrying<take_views>(env, exports, "takeViews"); }

}  // namespace notebooster
