// Memory that several parameters share and that can be given back while graphs that saved them live: parameters, and the views
// of them that autograd saves, refer to one storage, whose memory is exchanged. Reading it meanwhile is an error, never garbage.
#pragma once
#include <ATen/core/Tensor.h>

#include <string>

#include "../node/bindings.h"

namespace notebooster {

/* Throws a UserError when there are no numbers to read: on "meta", and of a released chunk, whose parameter it names. */
void require_memory(const at::Tensor& tensor);

/* Throws it where a tensor in the frame is of a released chunk, after the call of an operator has failed. */
void require_memory_of_arguments(const std::string& operator_name);

/* Throws a UserError naming the parameter when `tensor` is part of a chunk, whose memory may be exchanged; `what` is refused. */
void refuse_chunk(const at::Tensor& tensor, const char* what);

/* The allocation under a tensor: its storage's own, or that of the tensor that lends its memory to a chunk. */
const c10::DataPtr& allocation_of(const at::Tensor& tensor);

/* The memory under a tensor: none of a released chunk and on "meta". */
struct MemoryUnder {
  const void* address = nullptr;
  size_t bytes = 0;
};
MemoryUnder memory_under(const at::Tensor& tensor);

void export_chunks(Napi::Object exports);

}  // namespace notebooster
