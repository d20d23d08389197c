#include "convert.h"

#include <ATen/ATen.h>
#include <ATen/ScalarOps.h>

#include <algorithm>

#include "generator.h"
#include "handle.h"
#include "names.h"

namespace notebooster {
namespace {

using c10::IValue;
using c10::Type;
using c10::TypeKind;

bool is_array(napi_env env, napi_value value) {
  bool result = false;
  check(env, napi_is_array(env, value, &result));
  return result;
}

uint32_t array_length(napi_env env, napi_value value) {
  uint32_t length = 0;
  check(env, napi_get_array_length(env, value, &length));
  return length;
}

napi_value element(napi_env env, napi_value array, uint32_t index) {
  napi_value value;
  check(env, napi_get_element(env, array, index, &value));
  return value;
}

bool is_number(const Value& value) { return !value.tensor && (value.type == napi_number || value.type == napi_bigint); }

bool is_integer(const Value& value) {
  return is_number(value) && (value.type == napi_bigint || value.number == std::floor(value.number));
}

/* Enumerations travel through schemas as ints; people write their names. */
std::optional<int64_t> named_int(const std::string& name) {
  if (const auto dtype = find_dtype(name)) return static_cast<int64_t>(*dtype);
  if (name == "strided") return static_cast<int64_t>(at::kStrided);
  if (name == "contiguous_format") return static_cast<int64_t>(at::MemoryFormat::Contiguous);
  if (name == "preserve_format") return static_cast<int64_t>(at::MemoryFormat::Preserve);
  if (name == "channels_last") return static_cast<int64_t>(at::MemoryFormat::ChannelsLast);
  if (name == "none") return at::Reduction::None;
  if (name == "mean") return at::Reduction::Mean;
  if (name == "sum") return at::Reduction::Sum;
  return std::nullopt;
}

bool list_matches(const Value& value, const Type& item) {
  if (!value.is_list) return item.kind() == TypeKind::IntType && is_integer(value);
  return std::all_of(value.items.begin(), value.items.end(), [&](const Value& each) { return matches(each, item); });
}

IValue convert_int(napi_env env, const Value& value) {
  if (value.type != napi_string) return to_int64(env, value.js);
  const std::string name = to_string(env, value.js);
  if (const auto number = named_int(name)) return *number;
  throw UserError("unknown name \"" + name + "\" for a dtype, layout, memory format or reduction");
}

IValue convert_list(napi_env env, const Value& value, const c10::TypePtr& item_type) {
  auto list = c10::impl::GenericList(item_type);
  if (!value.is_list) {  // `dim: 1` where int[1] is wanted
    list.push_back(to_ivalue(env, value, *item_type));
    return list;
  }
  list.reserve(value.items.size());
  for (const Value& item : value.items) list.push_back(to_ivalue(env, item, *item_type));
  return list;
}

/* As Python does for x + 2: a tensor that does not take part in type promotion as one. */
IValue wrapped_number(napi_env env, const Value& value) {
  at::Tensor tensor = c10::scalar_to_tensor(to_scalar(env, value.js));
  tensor.unsafeGetTensorImpl()->set_wrapped_number(true);
  return tensor;
}

napi_value number_object(napi_env env, double number) {
  napi_value object;
  check(env, napi_create_object(env, &object));
  check(env, napi_set_named_property(env, object, "number", from_double(env, number)));
  return object;
}

template <typename List>
napi_value from_list(napi_env env, const List& items) {
  napi_value array;
  check(env, napi_create_array_with_length(env, items.size(), &array));
  for (size_t i = 0; i < items.size(); ++i)
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i), from_ivalue(env, items[i])));
  return array;
}

}  // namespace

Value read_value(napi_env env, napi_value js, bool holds_handles) {
  Value value{js, type_of(env, js)};
  if (value.type == napi_number) {
    if (holds_handles) value.tensor = &unwrap(env, js);
    else value.number = to_double(env, js);
  } else if (value.type == napi_object && is_array(env, js)) {
    const uint32_t length = array_length(env, js);
    value.is_list = true;
    value.items.reserve(length);
    for (uint32_t i = 0; i < length; ++i) value.items.push_back(read_value(env, element(env, js, i), holds_handles));
  } else if (value.type == napi_object) {
    if (napi_value handle = handle_of(env, js)) value.tensor = &unwrap(env, handle);
  }
  return value;
}

bool matches(const Value& value, const Type& type) {
  if (type.kind() == TypeKind::OptionalType)
    return value.is_nullish() || matches(value, *type.castRaw<c10::OptionalType>()->getElementType());
  if (value.tensor) return type.kind() == TypeKind::TensorType;
  switch (type.kind()) {
    case TypeKind::NumberType: return is_number(value) || value.type == napi_boolean;
    case TypeKind::IntType:
    case TypeKind::SymIntType: return is_integer(value) || value.type == napi_string;
    case TypeKind::FloatType: return value.type == napi_number;
    case TypeKind::BoolType: return value.type == napi_boolean;
    case TypeKind::StringType:
    case TypeKind::DeviceObjType: return value.type == napi_string;
    case TypeKind::GeneratorType: return value.type == napi_external;
    case TypeKind::ListType: return list_matches(value, *type.castRaw<c10::ListType>()->getElementType());
    default: return false;
  }
}

IValue to_ivalue(napi_env env, const Value& value, const Type& type) {
  switch (type.kind()) {
    case TypeKind::OptionalType:
      if (value.is_nullish()) return IValue();
      return to_ivalue(env, value, *type.castRaw<c10::OptionalType>()->getElementType());
    case TypeKind::TensorType: return value.tensor ? IValue(*value.tensor) : wrapped_number(env, value);
    case TypeKind::NumberType: return to_scalar(env, value.js);
    case TypeKind::IntType:
    case TypeKind::SymIntType: return convert_int(env, value);
    case TypeKind::FloatType: return value.number;
    case TypeKind::BoolType: return to_bool(env, value.js);
    case TypeKind::StringType: return to_string(env, value.js);
    case TypeKind::DeviceObjType: return c10::Device(to_string(env, value.js));
    case TypeKind::GeneratorType: return IValue(generator_of(env, value.js));
    case TypeKind::ListType: return convert_list(env, value, type.castRaw<c10::ListType>()->getElementType());
    default: throw UserError("arguments of type " + type.str() + " cannot be passed from JavaScript");
  }
}

napi_value from_ivalue(napi_env env, const IValue& value) {
  if (value.isTensor()) return wrap(env, value.toTensor());
  if (value.isNone()) return null(env);
  if (value.isInt()) return number_object(env, static_cast<double>(value.toInt()));
  if (value.isSymInt()) return number_object(env, static_cast<double>(value.toSymInt().expect_int()));
  if (value.isDouble()) return number_object(env, value.toDouble());
  if (value.isBool()) return from_bool(env, value.toBool());
  if (value.isString()) return from_string(env, value.toStringRef());
  if (value.isScalar()) return number_object(env, value.toScalar().toDouble());
  if (value.isTuple()) return from_list(env, value.toTupleRef().elements());
  if (value.isList()) return from_list(env, value.toListRef());
  throw UserError("results of type " + value.tagKind() + " cannot be passed to JavaScript");
}

c10::Scalar to_scalar(napi_env env, napi_value value) {
  switch (type_of(env, value)) {
    case napi_boolean: return to_bool(env, value);
    case napi_bigint: return to_int64(env, value);
    default: break;
  }
  const double number = to_double(env, value);
  // JS has one number type; whole numbers act as integers, so that int64 tensors stay int64.
  const bool whole = number == std::floor(number) && std::abs(number) < 9007199254740992.0;
  if (whole && !(number == 0 && std::signbit(number)))
    return static_cast<int64_t>(number);
  return number;
}

std::string describe(const at::Tensor& tensor) {
  std::string text = std::string(dtype_name(tensor.scalar_type())) + "[";
  for (int64_t dim = 0; dim < tensor.dim(); ++dim) text += (dim ? ", " : "") + std::to_string(tensor.size(dim));
  return text + "]" + (tensor.is_cuda() ? " on " + tensor.device().str() : "");
}

std::string describe(napi_env env, const Value& value) {
  if (value.tensor) return describe(*value.tensor);
  if (!value.is_list) return describe(env, value.js);
  std::string text = "[";
  for (size_t i = 0; i < std::min<size_t>(value.items.size(), 8); ++i)
    text += (i ? ", " : "") + describe(env, value.items[i]);
  return text + (value.items.size() > 8 ? ", ...]" : "]");
}

std::string describe(napi_env env, napi_value value) {
  if (napi_value handle = handle_of(env, value)) return describe(unwrap(env, handle));
  if (type_of(env, value) == napi_string) return '"' + to_string(env, value) + '"';
  if (type_of(env, value) != napi_undefined && is_array(env, value)) {
    std::string text = "[";
    const uint32_t length = array_length(env, value);
    for (uint32_t i = 0; i < std::min(length, 8U); ++i)
      text += (i ? ", " : "") + describe(env, element(env, value, i));
    return text + (length > 8 ? ", ...]" : "]");
  }
  if (!value) return "nothing";
  napi_value text;
  check(env, napi_coerce_to_string(env, value, &text));
  return to_string(env, text);
}

}  // namespace notebooster
