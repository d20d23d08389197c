// Python's x[...] (PyTorch's THPVariable_getitem and THPVariable_setitem): a walk along the indices in the frame takes views for
// integers, slices, null and "...", one of the other; tensors, lists and booleans are left for one index operator at the end.
#include "indexing.h"

#include <ATen/ExpandUtils.h>
#include <ATen/core/List.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/alias_ops.h>
#include <ATen/ops/copy_ops.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/fill_ops.h>
#include <ATen/ops/index_ops.h>
#include <ATen/ops/index_put_ops.h>
#include <ATen/ops/masked_select_ops.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/select_ops.h>
#include <ATen/ops/slice_ops.h>
#include <ATen/ops/unsqueeze_ops.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "chunk.h"
#include "convert.h"
#include "handle.h"
#include "names.h"
#include "storage.h"

namespace notebooster {
namespace {

/* What does not fit the tensor; src/tensor/indexing.ts adds the indices to the message. */
struct IndexError : UserError {
  explicit IndexError(const std::string& problem) : UserError(problem, "ERR_INDEX") {}
};

/* Where a walk along the indices stands. */
struct Walk {
  const at::Tensor& tensor;       // what is indexed
  at::Tensor view{};              // the last one; undefined as long as none was taken
  int64_t dim = 0;                // of the last view, for the next index
  int64_t source = 0;             // the same, counted in `tensor`
  std::vector<at::Tensor> picks{};  // for the dimensions of the view, undefined for whole ones
  int64_t whole = 0;              // dimensions since the last pick

  const at::Tensor& current() const { return view.defined() ? view : tensor; }
  void pass(int64_t dims, int64_t sources) {
    dim += dims;
    whole += dims;
    source += sources;
  }
  void pick(at::Tensor picker, int64_t dims, int64_t sources) {
    picks.resize(picks.size() + whole);
    picks.push_back(std::move(picker));
    whole = 0;
    dim += dims;
    source += sources;
  }
};

bool is_mask(const at::Tensor& picker) { return picker.scalar_type() == at::kBool || picker.scalar_type() == at::kByte; }

bool is_rest(Value index) { return index.kinds() == kText && index.text().text == "..."; }

[[noreturn]] void refuse(Value index) {
  throw IndexError(describe(index) +
                   " is no index: allowed are integers, slice(), \":\", \"...\", null, booleans, and integer or boolean tensors");
}

/* How many dimensions of the tensor an index stands for. */
int64_t dims_of(Value index) {
  if (index.kinds() == kTensor) return is_mask(index.tensor()) ? index.tensor().dim() : 1;
  return index.kinds() == kNull || index.kinds() == kBool || is_rest(index) ? 0 : 1;
}

void select(Walk& walk, int64_t index) {
  const int64_t size = walk.tensor.size(walk.source);
  if (index < -size || index >= size) {
    const std::string allowed = size == 0 ? "it is empty" : "allowed: " + std::to_string(-size) + " to " + std::to_string(size - 1);
    throw IndexError("index " + std::to_string(index) + " is out of range for dimension " + std::to_string(walk.source) + " of size " +
                     std::to_string(size) + " (" + allowed + ")");
  }
  walk.view = at::_ops::select_int::call(walk.current(), walk.dim, index);
  walk.source += 1;
}

void slice(Walk& walk, Value index) {
  const auto bound = [&](uint32_t i) { return static_cast<int64_t>(index.item(i).number()); };
  walk.view = at::_ops::slice_Tensor::call(walk.current(), walk.dim, bound(0), bound(1), bound(2));
  walk.pass(1, 1);
}

void unsqueeze(Walk& walk) { walk.view = at::_ops::unsqueeze::call(walk.current(), walk.dim); }

/* Python's x[True]: all of it with a new dimension in front, of length 0 for false. */
void pick_all(Walk& walk, bool is_picked) {
  unsqueeze(walk);
  walk.pick(at::zeros({is_picked ? 1 : 0}, walk.tensor.options().dtype(at::kLong)), 1, 0);
}

void require_fit(const Walk& walk, at::IntArrayRef mask) {
  for (size_t i = 0; i < mask.size(); ++i) {
    const auto source = walk.source + static_cast<int64_t>(i);
    if (mask[i] != walk.tensor.size(source))
      throw IndexError("the mask's dimension " + std::to_string(i) + " has size " + std::to_string(mask[i]) + ", but dimension " +
                       std::to_string(source) + " has size " + std::to_string(walk.tensor.size(source)));
  }
}

void pick(Walk& walk, const at::Tensor& picker) {
  if (!c10::isIntegralType(picker.scalar_type(), true))
    throw IndexError("a " + std::string(dtype_name(picker.scalar_type())) + " tensor is no index: allowed are integer and boolean tensors");
  if (picker.dim() == 0) {
    const int64_t number = read_number(picker).toLong();
    return is_mask(picker) ? pick_all(walk, number != 0) : select(walk, number);
  }
  if (is_mask(picker)) require_fit(walk, picker.sizes());
  const int64_t dims = is_mask(picker) ? picker.dim() : 1;
  walk.pick(picker, dims, dims);
}

int64_t integer(Value value) {
  if (value.kinds() != kInteger || std::isinf(value.number())) throw IndexError(describe(value) + " is not an integer");
  return to_int(value);
}

at::Tensor positions(Value list, c10::Device device) {
  at::Tensor host = at::empty({list.size()}, at::kLong);
  auto* numbers = host.mutable_data_ptr<int64_t>();
  for (uint32_t i = 0; i < list.size(); ++i) numbers[i] = integer(list.item(i));
  return host.to(device);
}

void step(Walk& walk, Value index, int64_t num_rest) {
  if (index.is(kList)) return walk.pick(positions(index, walk.tensor.device()), 1, 1);
  switch (index.kinds()) {
    case kInteger:
    case kFraction: return select(walk, integer(index));
    case kSlice: return slice(walk, index);
    case kTensor: return pick(walk, index.tensor());
    case kBool: return pick_all(walk, index.number() != 0);
    case kNull: unsqueeze(walk); return walk.pass(1, 0);
    case kText:
      if (is_rest(index)) return walk.pass(num_rest, num_rest);
      if (index.text().text == ":") return walk.pass(1, 1);
      [[fallthrough]];
    default: refuse(index);
  }
}

/* Along the first `count` slots of the frame. */
Walk walk_along(const at::Tensor& tensor, uint32_t count) {
  Walk walk{tensor};
  int64_t used = 0, num_rests = 0;
  for (Value index{0}; index.slot < count; ++index.slot) {
    used += dims_of(index);
    num_rests += is_rest(index);
  }
  if (used > tensor.dim())
    throw IndexError("too many indices: " + std::to_string(used) + " for " + std::to_string(tensor.dim()) + " dimensions");
  if (num_rests > 1) throw IndexError("more than one \"...\"");
  for (Value index{0}; index.slot < count; ++index.slot) step(walk, index, tensor.dim() - used);
  return walk;
}

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

/* elementsAt(tensor, count) -> handle; see src/native/native.ts */
napi_value elements_at(napi_env env, napi_callback_info info) {
  const Arguments<2> arguments(env, info);
  const auto count = static_cast<uint32_t>(to_double(env, arguments[1]));
  at::Tensor found = with_slots(count, [&] { return elements(walk_along(unwrap(env, arguments[0]), count)); });
  frame.count = 0;
  return wrap(env, std::move(found));
}

/* writeAt(tensor, count): the value is in the slot after the indices. */
napi_value write_at(napi_env env, napi_callback_info info) {
  const Arguments<2> arguments(env, info);
  const auto count = static_cast<uint32_t>(to_double(env, arguments[1]));
  const at::Tensor& tensor = unwrap(env, arguments[0]);
  if (!tensor.is_meta()) require_memory(tensor);
  with_slots(count + 1, [&] { write(walk_along(tensor, count), Value{count}); });
  frame.count = 0;
  return undefined(env);
}

}  // namespace

void export_indexing(napi_env env, napi_value exports) {
  export_retrying<elements_at>(env, exports, "elementsAt");
  export_guarded<write_at>(env, exports, "writeAt");
}

}  // namespace notebooster
