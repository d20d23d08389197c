// How many bytes of tensors are allocated between two moments: on all devices together, or, of a program that runs on "meta", how
// many it would allocate on a CPU or a GPU.
#pragma once
#include "../node/bindings.h"

namespace notebooster {

/* Whether "meta" stands for a GPU now, whose kernels want other memory on the way than a CPU's. */
bool meta_stands_for_cuda();

void export_memory_count(Napi::Object exports);

}  // namespace notebooster
