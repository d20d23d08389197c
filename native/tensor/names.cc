#include "names.h"

#include <ATen/core/Reduction.h>
#include <c10/core/Layout.h>
#include <c10/core/MemoryFormat.h>

#include <algorithm>
#include <array>
#include <utility>

#include "../memory/memory.h"
#include "../node/errors.h"

namespace notebooster {
namespace {

constexpr std::array<std::pair<const char*, c10::ScalarType>, 18> kDtypes{{
    {"float32", c10::ScalarType::Float},
    {"bfloat16", c10::ScalarType::BFloat16},
    {"float16", c10::ScalarType::Half},
    {"float64", c10::ScalarType::Double},
    {"int64", c10::ScalarType::Long},
    {"int32", c10::ScalarType::Int},
    {"int16", c10::ScalarType::Short},
    {"int8", c10::ScalarType::Char},
    {"uint8", c10::ScalarType::Byte},
    {"bool", c10::ScalarType::Bool},
    {"uint16", c10::ScalarType::UInt16},
    {"uint32", c10::ScalarType::UInt32},
    {"uint64", c10::ScalarType::UInt64},
    {"complex32", c10::ScalarType::ComplexHalf},
    {"complex64", c10::ScalarType::ComplexFloat},
    {"complex128", c10::ScalarType::ComplexDouble},
    {"float8_e4m3fn", c10::ScalarType::Float8_e4m3fn},
    {"float8_e5m2", c10::ScalarType::Float8_e5m2},
}};

std::string absent_gpu(const std::string& name) {
#ifndef NOTEBOOSTER_CUDA
  return "there is no \"" + name + "\": this libtorch is built for CPUs; install a PyTorch with CUDA and run `npm start` to build against it";
#else
  if (num_gpus() == 0) return "there is no \"" + name + "\": this process sees no GPU; see `nvidia-smi` and CUDA_VISIBLE_DEVICES";
  return "there is no \"" + name + "\": this process sees " + std::to_string(num_gpus()) + " GPUs, counted from \"cuda:0\"";
#endif
}

}  // namespace

std::optional<c10::ScalarType> find_dtype(const std::string& name) {
  for (const auto& [known, dtype] : kDtypes)
    if (name == known) return dtype;
  return std::nullopt;
}

std::optional<int64_t> find_named_number(const std::string& name) {
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

c10::ScalarType parse_dtype(const std::string& name) {
  if (const auto dtype = find_dtype(name)) return *dtype;
  throw UserError("unknown dtype \"" + name + "\"; allowed: " + dtype_names());
}

std::string dtype_names() {
  std::string names;
  for (const auto& [name, dtype] : kDtypes) names += std::string(names.empty() ? "" : ", ") + name;
  return names;
}

const char* dtype_name(c10::ScalarType dtype) {
  for (const auto& [name, known] : kDtypes)
    if (dtype == known) return name;
  return c10::toString(dtype);
}

std::string device_name(c10::Device device) { return device.str(); }

c10::Device parse_device(const std::string& name) {
  std::optional<c10::Device> device;
  try {
    device = c10::Device(name);
  } catch (const c10::Error&) {  // its list of devices is longer than ours
  }
  if (!device || !(device->is_cpu() || device->is_meta() || device->is_cuda()))
    throw UserError("\"" + name + "\" is no device; allowed: \"cpu\", \"cuda\", \"cuda:N\" as in \"cuda:1\", \"meta\"");
  const int64_t gpu = std::max<int64_t>(device->index(), 0);  // "cuda" alone has index -1
  if (device->is_cuda() && gpu >= num_gpus()) throw UserError(absent_gpu(name));
  return *device;
}

}  // namespace notebooster
