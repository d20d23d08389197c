#include "convert.h"

#include <ATen/Scalar.h>
#include <ATen/ScalarOps.h>

#include <cmath>

#include "describe.h"
#include "generator.h"
#include "handle.h"
#include "names.h"

namespace notebooster {
namespace {

using c10::IValue;
using c10::Type;
using c10::TypeKind;

constexpr uint32_t kNumber = kInteger | kFraction;
constexpr double kMaxSafeInteger = 9007199254740992.0;
constexpr double kEndOfInt64 = 9223372036854775808.0;

uint32_t kinds_of(const Type& type) {
  switch (type.kind()) {
    case TypeKind::OptionalType: return kNull | kUndefined | kinds_of(*type.castRaw<c10::OptionalType>()->getElementType());
    case TypeKind::TensorType: return kTensor;
    case TypeKind::NumberType: return kNumber | kBigInt | kBool;
    case TypeKind::IntType:
    case TypeKind::SymIntType: return kInteger | kBigInt | kText;
    case TypeKind::FloatType: return kNumber;
    case TypeKind::BoolType: return kBool;
    case TypeKind::StringType:
    case TypeKind::DeviceObjType: return kText;
    case TypeKind::GeneratorType: return kGenerator;
    default: return 0;
  }
}

const Type* list_item(const Type& type) {
  if (type.kind() == TypeKind::OptionalType) return list_item(*type.castRaw<c10::OptionalType>()->getElementType());
  return type.kind() == TypeKind::ListType ? type.castRaw<c10::ListType>()->getElementType().get() : nullptr;
}

IValue to_list(Value value, const c10::TypePtr& item_type) {
  auto list = c10::impl::GenericList(item_type);
  if (!value.is(kList)) {  // `dim: 1` where int[1] is wanted
    list.push_back(to_ivalue(value, *item_type));
    return list;
  }
  list.reserve(value.size());
  for (uint32_t i = 0; i < value.size(); ++i) list.push_back(to_ivalue(value.item(i), *item_type));
  return list;
}

template <typename List>
void put_items(uint32_t slot, const List& items, uint32_t& next) {
  const uint32_t begin = put_list(slot, items.size(), next);
  for (size_t i = 0; i < items.size(); ++i) put_ivalue(begin + static_cast<uint32_t>(i), items[i], next);
}

/* A whole number that JavaScript does not hold exactly, and int64 would, must not turn a tensor of whole numbers into one of
   fractions. */
void refuse_beside_integers(double number) {
  bool is_beside_some = false;
  for (Value value{0}; value.slot < frame.count; ++value.slot) {
    if (value.kinds() != kTensor) continue;
    if (!c10::isIntegralType(value.tensor().scalar_type(), false)) return;
    is_beside_some = true;
  }
  if (is_beside_some)
    throw UserError("the number " + number_text(number) + " is beyond 2^53, where JavaScript's numbers are not exact; give a big "
                    "integer, as 9007199254740993n, or convert the tensor with x.double()");
}

}  // namespace

Accepted accepted_by(const c10::Argument& argument) {
  Accepted accepted{kinds_of(*argument.type())};
  if (const Type* item = list_item(*argument.type())) {
    accepted.list = true;
    accepted.in_list = kinds_of(*item);
    if (argument.N() && item->kind() == TypeKind::IntType) accepted.alone |= kInteger | kBigInt;
  }
  return accepted;
}

int64_t to_int(Value value) {
  if (value.is(kBigInt)) return value.bigint();
  if (value.is(kText)) {
    if (value.text().number) return *value.text().number;
    throw UserError("unknown name \"" + value.text().text + "\" for a dtype, layout, memory format or reduction; dtypes are " +
                    dtype_names());
  }
  if (std::abs(value.number()) > kMaxSafeInteger) throw UserError("expected an integer, got " + number_text(value.number()));
  return static_cast<int64_t>(value.number());
}

c10::Scalar to_element(Value value) {
  if (value.is(kBool)) return value.number() != 0;
  if (value.is(kBigInt)) return value.bigint();
  const double number = value.number();
  // JS has one number type; whole numbers act as integers, so that int64 tensors stay int64.
  const bool is_integer = value.is(kInteger) && std::abs(number) < kMaxSafeInteger && !(number == 0 && std::signbit(number));
  if (is_integer) return static_cast<int64_t>(number);
  return number;
}

c10::Scalar to_scalar(Value value) {
  const double magnitude = value.is(kInteger) ? std::abs(value.number()) : 0;
  if (magnitude > kMaxSafeInteger && magnitude < kEndOfInt64) refuse_beside_integers(value.number());
  return to_element(value);
}

c10::Device to_device(Value value) { return parse_device(value.text().text); }

at::Tensor to_tensor(Value value, std::optional<c10::ScalarType> dtype) {
  if (value.is(kTensor)) return value.tensor();
  const c10::Scalar number = to_scalar(value);
  const bool fits = dtype == at::kDouble || (dtype == at::kFloat && !c10::overflows<float, double>(number.toDouble()));
  at::Tensor tensor = at::detail::scalar_tensor_static(number, fits ? *dtype : number.type(), at::kCPU);
  tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
  return tensor;
}

at::Generator to_generator(Value) { return FromJs<at::Generator>::from(Napi::Value(frame.env, frame.generator)); }

IValue to_ivalue(Value value, const Type& type) {
  switch (type.kind()) {
    case TypeKind::OptionalType:
      if (value.is_nullish()) return IValue();
      return to_ivalue(value, *type.castRaw<c10::OptionalType>()->getElementType());
    case TypeKind::TensorType: return to_tensor(value);
    case TypeKind::NumberType: return to_scalar(value);
    case TypeKind::IntType:
    case TypeKind::SymIntType: return to_int(value);
    case TypeKind::FloatType: return value.number();
    case TypeKind::BoolType: return value.number() != 0;
    case TypeKind::StringType: return value.text().text;
    case TypeKind::DeviceObjType: return to_device(value);
    case TypeKind::GeneratorType: return to_generator(value);
    case TypeKind::ListType: return to_list(value, type.castRaw<c10::ListType>()->getElementType());
    default: throw UserError("arguments of type " + type.str() + " cannot be passed from JavaScript");
  }
}

void put_tensor(uint32_t slot, at::Tensor tensor) {
  if (tensor.defined()) put(slot, kTensor, store(std::move(tensor)));
  else put(slot, kNull);
}

void put_number(uint32_t slot, double number) { put(slot, kFraction, number); }

void put_ivalue(uint32_t slot, const IValue& value, uint32_t& next) {
  if (value.isTensor()) return put_tensor(slot, value.toTensor());
  if (value.isNone()) return put(slot, kNull);
  if (value.isInt()) return put_number(slot, static_cast<double>(value.toInt()));
  if (value.isSymInt()) return put_number(slot, static_cast<double>(value.toSymInt().expect_int()));
  if (value.isDouble()) return put_number(slot, value.toDouble());
  if (value.isBool()) return put(slot, kBool, value.toBool());
  if (value.isString()) return put(slot, kText, intern(value.toStringRef()));
  if (value.isScalar()) return put_number(slot, value.toScalar().toDouble());
  if (value.isTuple()) return put_items(slot, value.toTupleRef().elements(), next);
  if (value.isList()) return put_items(slot, value.toListRef(), next);
  throw UserError("results of type " + value.tagKind() + " cannot be passed to JavaScript");
}

}  // namespace notebooster
