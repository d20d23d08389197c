// Python's x[...] (PyTorch's THPVariable_getitem and THPVariable_setitem).
#include "indexing.h"

#include <ATen/ExpandUtils.h>
#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/alias_ops.h>
#include <ATen/ops/copy_ops.h>
#include <ATen/ops/fill_ops.h>
#include <ATen/ops/index_ops.h>
#include <ATen/ops/index_put_ops.h>
#include <ATen/ops/masked_select_ops.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/select_ops.h>

#include <algorithm>

#include "bindings.h"
#include "chunk.h"
#include "convert.h"
#include "describe.h"
#include "index_walk.h"

namespace notebooster {
namespace {

c10::List<std::optional<at::Tensor>> listed(const Walk& walk) {
  c10::List<std::optional<at::Tensor>> list;
  list.reserve(walk.picks.size());
  for (const at::Tensor& pick : walk.picks) list.push_back(pick.defined() ? std::optional(pick) : std::nullopt);
  return list;
}

at::Tensor elements(const Walk& walk) {
  const at::Tensor& from = walk.current();
  if (walk.picks.empty()) return walk.view.defined() ? from : at::_ops::alias::call(from);
  const at::Tensor& first = walk.picks.front();
  const bool is_whole_mask = first.defined() && first.scalar_type() == at::kBool && first.dim() == from.dim() && first.device() == from.device();
  // The same elements, without the positions of each.
  if (is_whole_mask) return at::_ops::masked_select::call(from, first);
  return at::_ops::index_Tensor::call(from, listed(walk));
}

void write_number(const Walk& walk, const c10::Scalar& number) {
  at::Tensor target = walk.current();
  if (walk.picks.empty()) {
    at::_ops::fill__Scalar::call(target, number);
    return;
  }
  // By a mask a number is written without positions if it is on the CPU; by positions it must not be waited for.
  const auto is_mask_pick = [](const at::Tensor& pick) { return pick.defined() && is_mask(pick); };
  const bool by_mask = std::any_of(walk.picks.begin(), walk.picks.end(), is_mask_pick);
  const auto options = by_mask ? target.options().device(at::kCPU) : target.options();
  at::_ops::index_put_::call(target, listed(walk), at::scalar_tensor(number, options), false);
}

void write_tensor(const Walk& walk, at::Tensor value) {
  at::Tensor target = walk.current();
  while (value.dim() > 0 && value.size(0) == 1) value = at::_ops::select_int::call(value, 0, 0);
  if (!walk.picks.empty()) {
    at::_ops::index_put_::call(target, listed(walk), value, false);
    return;
  }
  if (!at::is_expandable_to(value.sizes(), target.sizes()))
    throw IndexError("a value of shape [" + c10::Join(", ", value.sizes()) + "] cannot be broadcast to [" + c10::Join(", ", target.sizes()) + "]");
  at::_ops::copy_::call(target, value, false);
}

void write(const Walk& walk, Value value) {
  switch (value.kinds()) {
    case kTensor: return write_tensor(walk, value.tensor());
    case kInteger:
    case kFraction:
    case kBigInt:
    case kBool: return write_number(walk, to_element(value));
    default: throw IndexError("the value " + describe(value) + " is no number, boolean or tensor");
  }
}

/* Runs `body` with this many slots in the frame; positions that a kernel refuses are wrong indices too. */
template <typename Body>
auto with_slots(uint32_t count, Body body) -> decltype(body()) {
  frame.count = count;
  try {
    return body();
  } catch (const c10::IndexError& error) {
    throw IndexError(error.what_without_backtrace());
  }
}

/* By the indices in the first `count` slots of the frame. */
at::Tensor elements_at(const at::Tensor& tensor, double given) {
  const auto count = static_cast<uint32_t>(given);
  at::Tensor found = with_slots(count, [&] { return elements(walk_along(tensor, count)); });
  frame.count = 0;
  return found;
}

/* The value is in the slot after the indices. */
void write_at(const at::Tensor& tensor, double given) {
  const auto count = static_cast<uint32_t>(given);
  if (!tensor.is_meta()) require_memory(tensor);
  with_slots(count + 1, [&] { write(walk_along(tensor, count), Value{count}); });
  frame.count = 0;
}

}  // namespace

void export_indexing(Napi::Object exports) {
  bind_retrying<elements_at>(exports, "elementsAt");
  bind<write_at>(exports, "writeAt");
}

}  // namespace notebooster
