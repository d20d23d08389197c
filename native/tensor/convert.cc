#include "convert.h"

#include <ATen/ATen.h>

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

bool is_number(napi_env env, napi_value value) {
  const napi_valuetype type = type_of(env, value);
  return type == napi_number || type == napi_bigint;
}

bool is_integer(napi_env env, napi_value value) {
  const napi_valuetype type = type_of(env, value);
  if (type == napi_bigint) return true;
  if (type != napi_number) return false;
  const double number = to_double(env, value);
  return number == std::floor(number);
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

bool list_matches(napi_env env, napi_value value, const Type& item) {
  if (!is_array(env, value)) return item.kind() == TypeKind::IntType && is_integer(env, value);
  const uint32_t length = array_length(env, value);
  for (uint32_t i = 0; i < length; ++i)
    if (!matches(env, element(env, value, i), item)) return false;
  return true;
}

IValue convert(napi_env env, napi_value value, const Type& type);

IValue convert_int(napi_env env, napi_value value) {
  if (type_of(env, value) != napi_string) return to_int64(env, value);
  const std::string name = to_string(env, value);
  if (const auto number = named_int(name)) return *number;
  throw UserError("unknown name \"" + name + "\" for a dtype, layout, memory format or reduction");
}

IValue convert_list(napi_env env, napi_value value, const c10::TypePtr& item_type) {
  const Type& item = *item_type;
  auto list = c10::impl::GenericList(item_type);
  if (!is_array(env, value)) {  // `dim: 1` where int[1] is wanted
    list.push_back(convert(env, value, item));
    return list;
  }
  const uint32_t length = array_length(env, value);
  list.reserve(length);
  for (uint32_t i = 0; i < length; ++i) list.push_back(convert(env, element(env, value, i), item));
  return list;
}

IValue convert(napi_env env, napi_value value, const Type& type) {
  switch (type.kind()) {
    case TypeKind::OptionalType:
      if (is_nullish(env, value)) return IValue();
      return convert(env, value, *type.castRaw<c10::OptionalType>()->getElementType());
    case TypeKind::TensorType:
      if (is_number(env, value)) return at::scalar_tensor(to_scalar(env, value));
      return IValue(unwrap(env, handle_of(env, value)));
    case TypeKind::NumberType: return to_scalar(env, value);
    case TypeKind::IntType:
    case TypeKind::SymIntType: return convert_int(env, value);
    case TypeKind::FloatType: return to_double(env, value);
    case TypeKind::BoolType: return to_bool(env, value);
    case TypeKind::StringType: return to_string(env, value);
    case TypeKind::DeviceObjType: return c10::Device(to_string(env, value));
    case TypeKind::GeneratorType: return IValue(generator_of(env, value));
    case TypeKind::ListType: return convert_list(env, value, type.castRaw<c10::ListType>()->getElementType());
    default: throw UserError("arguments of type " + type.str() + " cannot be passed from JavaScript");
  }
}

/* `{ handle }`: unlike in unboxed bindings, a bare number here could also be an int result. */
napi_value wrap_object(napi_env env, const at::Tensor& tensor) {
  if (!tensor.defined()) return null(env);
  napi_value object;
  check(env, napi_create_object(env, &object));
  check(env, napi_set_named_property(env, object, "handle", wrap(env, tensor)));
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

bool matches(napi_env env, napi_value value, const Type& type) {
  const napi_valuetype given = type_of(env, value);
  switch (type.kind()) {
    case TypeKind::OptionalType:
      return is_nullish(env, value) || matches(env, value, *type.castRaw<c10::OptionalType>()->getElementType());
    case TypeKind::TensorType: return handle_of(env, value) != nullptr;
    case TypeKind::NumberType: return is_number(env, value) || given == napi_boolean;
    case TypeKind::IntType:
    case TypeKind::SymIntType: return is_integer(env, value) || given == napi_string;
    case TypeKind::FloatType: return given == napi_number;
    case TypeKind::BoolType: return given == napi_boolean;
    case TypeKind::StringType:
    case TypeKind::DeviceObjType: return given == napi_string;
    case TypeKind::GeneratorType: return given == napi_external;
    case TypeKind::ListType: return list_matches(env, value, *type.castRaw<c10::ListType>()->getElementType());
    default: return false;
  }
}

IValue to_ivalue(napi_env env, napi_value value, const c10::Argument& argument) {
  const auto wanted = [&] {
    return "argument `" + argument.name() + "` must be " + argument.type()->str() + ", got " + describe(env, value);
  };
  if (!matches(env, value, *argument.type()) &&
      !(argument.type()->kind() == TypeKind::TensorType && is_number(env, value)))
    throw UserError(wanted());
  return convert(env, value, *argument.type());
}

napi_value from_ivalue(napi_env env, const IValue& value) {
  if (value.isTensor()) return wrap_object(env, value.toTensor());
  if (value.isNone()) return null(env);
  if (value.isInt()) return from_double(env, static_cast<double>(value.toInt()));
  if (value.isSymInt()) return from_double(env, static_cast<double>(value.toSymInt().expect_int()));
  if (value.isDouble()) return from_double(env, value.toDouble());
  if (value.isBool()) return from_bool(env, value.toBool());
  if (value.isString()) return from_string(env, value.toStringRef());
  if (value.isScalar()) return from_double(env, value.toScalar().toDouble());
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
