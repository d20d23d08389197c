#include "index_walk.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/select_ops.h>
#include <ATen/ops/slice_ops.h>
#include <ATen/ops/unsqueeze_ops.h>
#include <ATen/ops/zeros.h>

#include <cmath>

#include "convert.h"
#include "describe.h"
#include "names.h"
#include "storage.h"

namespace notebooster {
namespace {

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

}  // namespace

bool is_mask(const at::Tensor& picker) { return picker.scalar_type() == at::kBool || picker.scalar_type() == at::kByte; }

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

}  // namespace notebooster
