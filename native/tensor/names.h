// Names of dtypes and devices as people type them ("float32", "cuda:1"), the same as PyTorch's.
#pragma once
#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <optional>
#include <string>

namespace notebooster {

std::optional<c10::ScalarType> find_dtype(const std::string& name);
/* Enumerations travel through schemas as ints; people write their names: of dtypes, layouts, memory formats, reductions. */
std::optional<int64_t> find_named_number(const std::string& name);
/* As `find_dtype`; throws with the allowed names. */
c10::ScalarType parse_dtype(const std::string& name);
/* All of them, with commas. */
std::string dtype_names();
const char* dtype_name(c10::ScalarType dtype);
std::string device_name(c10::Device device);
/* "cpu", "meta", "cuda" or "cuda:1"; throws when it is none of these, or a GPU that this process does not see. */
c10::Device parse_device(const std::string& name);

}  // namespace notebooster
