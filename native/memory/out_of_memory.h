// What happens when an allocation fails; see out_of_memory.cc.
#pragma once
#include <exception>
#include <stdexcept>

#include "../node/bindings.h"

namespace notebooster {

/* True for the failures of the CPU's and of CUDA's allocator. */
bool is_out_of_memory(const std::exception& error);

/* Memory ran out in an operator that may have written to its arguments before: it is not run again. */
struct OutOfMemoryWhileWriting : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void export_out_of_memory(Napi::Object exports);

}  // namespace notebooster
