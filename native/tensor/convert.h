// Conversion between the slots of the frame and what operators take and return, in C++ types or boxed, by an operator's schema.
#pragma once
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include "frame.h"

namespace notebooster {

/* The kinds of values that may stand for an argument. */
struct Accepted {
  uint32_t alone = 0;
  uint32_t in_list = 0;  // of the items of a list
  bool list = false;

  bool takes(uint32_t kinds) const {
    if (kinds & kList) return list && (kinds & ~(in_list | kList)) == 0;
    return (kinds & alone) != 0;
  }
};

/* By the type of a schema's argument; a number may stand for a list only where the schema gives the list a length. */
Accepted accepted_by(const c10::Argument& argument);

/* Conversions of a value that is accepted; they throw when a name in it is unknown. */
int64_t to_int(Value value);
/* Throws for a number that is not exact beside tensors of whole numbers alone. */
c10::Scalar to_scalar(Value value);
/* A number that is converted to a tensor's dtype anyhow. */
c10::Scalar to_element(Value value);
c10::Device to_device(Value value);
/* Of a number: one that does not take part in type promotion as a tensor. `dtype` of the tensor that it is computed with spares ATen
   the conversion where that keeps the digits: operators on narrower types compute with more than theirs. */
at::Tensor to_tensor(Value value, std::optional<c10::ScalarType> dtype = std::nullopt);
at::Generator to_generator(Value value);
c10::IValue to_ivalue(Value value, const c10::Type& type);

/* Writes a result into a slot; lists go to the slots from `next` on. */
void put_tensor(uint32_t slot, at::Tensor tensor);
void put_number(uint32_t slot, double number);
void put_ivalue(uint32_t slot, const c10::IValue& value, uint32_t& next);

}  // namespace notebooster
