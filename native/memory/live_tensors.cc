// The tensors that JS holds, each with the memory under it (`storage`: its address, shared by views), and on CUDA the
// segments of the caching allocator. For out-of-memory errors and snapshots.
#include "live_tensors.h"

#include "../tensor/bindings.h"
#include "../tensor/chunk.h"
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#endif

namespace notebooster {
namespace {

Napi::Value describe_live(Napi::Env env, const LiveTensor& live) {
  const at::Tensor& tensor = live.tensor;
  auto object = Napi::Object::New(env);
  const auto set = [&](const char* name, const auto& value) { object.Set(name, to_js(env, value)); };
  const auto set_memory = [&](const char* address, const char* bytes, const MemoryUnder& memory) {
    set(address, reinterpret_cast<uintptr_t>(memory.address));
    set(bytes, memory.bytes);
  };
  set("handle", live.handle);
  set("shape", tensor.sizes().vec());
  set("dtype", std::string(dtype_name(tensor.scalar_type())));
  set("device", device_name(tensor.device()));
  set("scopeDepth", live.depth);
  set_memory("storage", "storageBytes", memory_under(tensor));
  set_memory("gradientStorage", "gradientBytes", tensor.grad_fn() ? MemoryUnder{} : memory_under(tensor.grad()));
  return object;
}

/* One object a handle. */
std::vector<Napi::Value> live_tensors(Napi::Env env) {
  std::vector<Napi::Value> list;
  for_each_live([&](const LiveTensor& live) { list.push_back(describe_live(env, live)); });
  return list;
}

#ifdef NOTEBOOSTER_CUDA
Napi::Value describe_segment(Napi::Env env, const c10::CachingDeviceAllocator::SegmentInfo& segment) {
  auto object = Napi::Object::New(env);
  const auto set = [env](Napi::Object& target, const char* name, const auto& value) { target.Set(name, to_js(env, value)); };
  std::vector<Napi::Value> blocks;
  for (const auto& block : segment.blocks) {
    auto described = Napi::Object::New(env);
    set(described, "bytes", block.size);
    set(described, "isAllocated", static_cast<bool>(block.allocated));
    blocks.push_back(described);
  }
  set(object, "gpu", segment.device);
  set(object, "address", segment.address);
  set(object, "bytes", segment.total_size);
  set(object, "isGraphPool", segment.owner_private_pool_id.first != 0 || segment.owner_private_pool_id.second != 0);
  set(object, "blocks", blocks);
  return object;
}
#endif

/* Segments of the CUDA caching allocator, each with its blocks in the order of their addresses. */
std::vector<Napi::Value> memory_segments([[maybe_unused]] Napi::Env env) {
  std::vector<Napi::Value> list;
#ifdef NOTEBOOSTER_CUDA
  if (c10::cuda::device_count() > 0)
    for (const auto& segment : c10::cuda::CUDACachingAllocator::snapshot().segments) list.push_back(describe_segment(env, segment));
#endif
  return list;
}

}  // namespace

void export_live_tensors(Napi::Object exports) {
  bind<live_tensors>(exports, "liveTensors");
  bind<memory_segments>(exports, "memorySegments");
}

}  // namespace notebooster
