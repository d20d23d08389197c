#include "describe.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "names.h"

namespace notebooster {
namespace {

constexpr uint32_t kMaxDescribed = 8;

}  // namespace

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  std::ostringstream text;
  text.precision(number == std::floor(number) ? 17 : 10);
  text << number;
  return text.str();
}

std::string describe(const at::Tensor& tensor) {
  std::string text = std::string(dtype_name(tensor.scalar_type())) + "[";
  for (int64_t dim = 0; dim < tensor.dim(); ++dim) text += (dim ? ", " : "") + std::to_string(tensor.size(dim));
  return text + "]" + (tensor.is_cuda() ? " on " + tensor.device().str() : "");
}

std::string describe(Value value) {
  if (value.is(kList)) {
    std::string text = "[";
    for (uint32_t i = 0; i < std::min(value.size(), kMaxDescribed); ++i) text += (i ? ", " : "") + describe(value.item(i));
    return text + (value.size() > kMaxDescribed ? ", ...]" : "]");
  }
  switch (value.kinds()) {
    case kTensor: return describe(value.tensor());
    case kBigInt: return std::to_string(value.bigint());
    case kBool: return value.number() != 0 ? "true" : "false";
    case kText: return '"' + value.text().text + '"';
    case kNull: return "null";
    case kUndefined: return "undefined";
    case kGenerator: return "a Generator";
    case kOther: return value.text().text;
    default: return number_text(value.number());
  }
}

std::string describe_arguments() {
  std::string text;
  for (Value value{0}; value.slot < frame.count; ++value.slot) {
    if (value.slot) text += ", ";
    if (const std::string* keyword = value.keyword()) text += *keyword + ": ";
    text += describe(value);
  }
  return text;
}

}  // namespace notebooster
