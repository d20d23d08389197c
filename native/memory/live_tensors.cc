// The tensors that JS holds, each with the memory under it (`storage`: its address, shared by views), and on CUDA the
// segments of the caching allocator. For out-of-memory errors and snapshots.
#include "live_tensors.h"

#include "../tensor/chunk.h"
#include "../tensor/fast_binding.h"
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#endif

namespace notebooster {
namespace {

void set(napi_env env, napi_value object, const char* name, napi_value value) {
  check(env, napi_set_named_property(env, object, name, value));
}

void append(napi_env env, napi_value array, uint32_t& length, napi_value value) {
  check(env, napi_set_element(env, array, length++, value));
}

napi_value new_object(napi_env env) {
  napi_value object;
  check(env, napi_create_object(env, &object));
  return object;
}

napi_value new_array(napi_env env) {
  napi_value array;
  check(env, napi_create_array(env, &array));
  return array;
}

napi_value number(napi_env env, auto value) { return from_double(env, static_cast<double>(value)); }

napi_value sizes_of(napi_env env, const at::Tensor& tensor) {
  napi_value sizes = new_array(env);
  uint32_t length = 0;
  for (const int64_t size : tensor.sizes()) append(env, sizes, length, number(env, size));
  return sizes;
}

napi_value describe_live(napi_env env, const LiveTensor& live) {
  const at::Tensor& tensor = live.tensor;
  napi_value object = new_object(env);
  const MemoryUnder memory = memory_under(tensor);
  set(env, object, "handle", from_double(env, live.handle));
  set(env, object, "shape", sizes_of(env, tensor));
  set(env, object, "dtype", from_string(env, dtype_name(tensor.scalar_type())));
  set(env, object, "device", from_string(env, device_name(tensor.device())));
  set(env, object, "storage", number(env, reinterpret_cast<uintptr_t>(memory.address)));
  set(env, object, "storageBytes", number(env, memory.bytes));
  set(env, object, "scopeDepth", number(env, live.depth));
  const MemoryUnder gradient = tensor.grad_fn() ? MemoryUnder{} : memory_under(tensor.grad());
  set(env, object, "gradientStorage", number(env, reinterpret_cast<uintptr_t>(gradient.address)));
  set(env, object, "gradientBytes", number(env, gradient.bytes));
  return object;
}

/* liveTensors() -> one object a handle */
napi_value live_tensors(napi_env env, napi_callback_info) {
  napi_value array = new_array(env);
  uint32_t length = 0;
  for_each_live([&](const LiveTensor& live) { append(env, array, length, describe_live(env, live)); });
  return array;
}

#ifdef NOTEBOOSTER_CUDA
napi_value describe_segment(napi_env env, const c10::CachingDeviceAllocator::SegmentInfo& segment) {
  napi_value object = new_object(env);
  napi_value blocks = new_array(env);
  uint32_t length = 0;
  for (const auto& block : segment.blocks) {
    napi_value described = new_object(env);
    set(env, described, "bytes", number(env, block.size));
    set(env, described, "isAllocated", from_bool(env, block.allocated));
    append(env, blocks, length, described);
  }
  set(env, object, "gpu", number(env, segment.device));
  set(env, object, "address", number(env, segment.address));
  set(env, object, "bytes", number(env, segment.total_size));
  set(env, object, "isGraphPool", from_bool(env, segment.owner_private_pool_id.first != 0 || segment.owner_private_pool_id.second != 0));
  set(env, object, "blocks", blocks);
  return object;
}
#endif

/* memorySegments() -> segments of the CUDA caching allocator, each with its blocks in the order of their addresses */
napi_value memory_segments(napi_env env, napi_callback_info) {
  napi_value array = new_array(env);
#ifdef NOTEBOOSTER_CUDA
  uint32_t length = 0;
  if (c10::cuda::device_count() > 0)
    for (const auto& segment : c10::cuda::CUDACachingAllocator::snapshot().segments)
      append(env, array, length, describe_segment(env, segment));
#endif
  return array;
}

}  // namespace

void export_live_tensors(napi_env env, napi_value exports) {
  export_guarded<live_tensors>(env, exports, "liveTensors");
  export_guarded<memory_segments>(env, exports, "memorySegments");
}

}  // namespace notebooster
