#include "storage.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <cmath>
#include <mutex>
#include <utility>
#include <vector>

#include "../comm/failed_collectives.h"
#include "../cuda/cuda.h"
#include "chunk.h"
#include "fast_binding.h"

namespace notebooster {
namespace {

using at::Tensor;

struct ByteView {
  void* bytes;
  size_t size;
};

ByteView byte_view(napi_env env, napi_value value) {
  ByteView view{};
  napi_value buffer;
  size_t offset = 0;
  check(env, napi_get_typedarray_info(env, value, nullptr, &view.size, &view.bytes, &buffer, &offset));
  return view;
}

/* JS arrays whose memory tensors use, dropped by whichever thread lets go of the last tensor. Only the JS thread may release
   them: at the next array, or the next turn of its event loop. */
class DroppedArrays {
 public:
  void drop(napi_ref array) {
    std::lock_guard lock(mutex_);
    if (torn_down_) return;
    const bool was_empty = arrays_.empty();
    arrays_.push_back(array);
    if (was_empty) napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
  }

  void release(napi_env env) {
    std::unique_lock lock(mutex_);
    const std::vector<napi_ref> arrays = std::exchange(arrays_, {});
    lock.unlock();
    for (napi_ref array : arrays) napi_delete_reference(env, array);
  }

  /* Before the first array. */
  void start(napi_env env) {
    if (wake_) return;
    check(env, napi_add_env_cleanup_hook(env, [](void* self) { static_cast<DroppedArrays*>(self)->tear_down(); }, this));
    check(env, napi_create_threadsafe_function(env, nullptr, nullptr, from_string(env, "notebooster:release"), 0, 1, nullptr,
                                               nullptr, this, on_wake, &wake_));
    check(env, napi_unref_threadsafe_function(env, wake_));
  }

 private:
  static void on_wake(napi_env env, napi_value, void* self, void*) {
    if (env) static_cast<DroppedArrays*>(self)->release(env);
  }

  /* The function to wake with is gone once Node tears down, and so is the need to release anything. */
  void tear_down() {
    std::lock_guard lock(mutex_);
    torn_down_ = true;
  }

  std::mutex mutex_;
  std::vector<napi_ref> arrays_;
  napi_threadsafe_function wake_ = nullptr;
  bool torn_down_ = false;
};

// Never destroyed: tensors may outlive the statics of this file.
DroppedArrays& dropped_arrays = *new DroppedArrays;

/* fromBytes(bytes: Uint8Array, shape, dtype): a CPU tensor over the array's own memory. */
napi_value from_bytes(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  const ByteView view = byte_view(env, arguments[0]);
  const auto shape = Read<std::vector<int64_t>>::from(env, arguments[1]);
  const c10::ScalarType dtype = parse_dtype(to_string(env, arguments[2]));
  const auto wanted = static_cast<size_t>(c10::multiply_integers(shape)) * c10::elementSize(dtype);
  if (wanted != view.size)
    throw UserError("a " + std::string(dtype_name(dtype)) + " tensor of shape [" + c10::Join(", ", shape) + "] needs " +
                    std::to_string(wanted) + " bytes, got " + std::to_string(view.size));
  if (reinterpret_cast<uintptr_t>(view.bytes) % c10::elementSize(dtype) != 0)
    throw UserError("the bytes of a " + std::string(dtype_name(dtype)) + " tensor must be aligned to " +
                    std::to_string(c10::elementSize(dtype)) + " bytes; copy them with slice() first");
  if (wanted == 0) return wrap(env, at::empty(shape, dtype));
  dropped_arrays.start(env);
  dropped_arrays.release(env);
  napi_ref array;
  check(env, napi_create_reference(env, arguments[0], 1, &array));
  const auto deleter = [array](void*) { dropped_arrays.drop(array); };
  return wrap(env, at::from_blob(view.bytes, shape, deleter, at::TensorOptions().dtype(dtype)));
}

/* copyBytes(tensor, target: Uint8Array): writes the tensor's numbers in row-major order. */
napi_value copy_bytes(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const ByteView target = byte_view(env, arguments[1]);
  const Tensor& tensor = unwrap(env, arguments[0]);
  if (tensor.nbytes() != target.size)
    throw UserError("a tensor of " + std::to_string(tensor.nbytes()) + " bytes does not fit an array of " +
                    std::to_string(target.size));
  require_memory(tensor);
  if (tensor.is_cuda()) refuse_while_capturing("copying to the host");
  const Tensor source = tensor.detach().to(at::kCPU).contiguous();
  if (tell_failed_collective(env)) return nullptr;
  if (target.size) std::memcpy(target.bytes, source.const_data_ptr(), target.size);
  return undefined(env);
}

/* hostView(tensor) -> ArrayBuffer over the memory of a contiguous CPU tensor; it keeps the memory alive. */
napi_value host_view(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const Tensor tensor = unwrap(env, arguments[0]).detach();
  refuse_chunk(tensor, "hostView()");
  if (!tensor.is_cpu() || !tensor.is_contiguous())
    throw UserError("only contiguous CPU tensors can be viewed in place; use toArray() or contiguous().cpu()");
  auto* owner = new Tensor(tensor);
  napi_value buffer;
  check(env, napi_create_external_arraybuffer(
                 env, owner->mutable_data_ptr(), owner->nbytes(),
                 [](napi_env, void*, void* data) { delete static_cast<Tensor*>(data); }, owner, &buffer));
  return buffer;
}

/* shape(tensor) -> how many dimensions; their sizes are in the frame's first slots */
napi_value shape(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto sizes = unwrap(env, arguments[0]).sizes();
  for (size_t i = 0; i < sizes.size(); ++i) put_number(static_cast<uint32_t>(i), static_cast<double>(sizes[i]));
  return from_double(env, static_cast<double>(sizes.size()));
}

napi_value dtype(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_string(env, dtype_name(unwrap(env, arguments[0]).scalar_type()));
}

napi_value device(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_string(env, device_name(unwrap(env, arguments[0]).device()));
}

/* A whole number as a number, or as a big integer where numbers are not exact. */
napi_value from_whole(napi_env env, const c10::Scalar& value) {
  constexpr double kMaxSafeInteger = 9007199254740992.0;
  if (std::abs(value.toDouble()) < kMaxSafeInteger) return from_double(env, value.toDouble());
  napi_value big;
  if (value.isUnsigned()) check(env, napi_create_bigint_uint64(env, value.toUInt64(), &big));
  else check(env, napi_create_bigint_int64(env, value.toLong(), &big));
  return big;
}

napi_value item(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const Tensor& tensor = unwrap(env, arguments[0]);
  if (tensor.numel() != 1)
    throw UserError("item() needs a tensor with one element, got " + describe(tensor));
  const c10::Scalar value = read_number(tensor);
  if (value.isBoolean()) return from_bool(env, value.toBool());
  if (value.isComplex()) throw UserError("item() cannot return a complex number; take real or imag first");
  if (value.isIntegral(false)) return from_whole(env, value);
  return from_double(env, value.toDouble());
}

}  // namespace

c10::Scalar read_number(const at::Tensor& tensor) {
  require_memory(tensor);
  if (tensor.is_cuda()) refuse_while_capturing("item()");
  const c10::Scalar number = tensor.item();
  if (tell_failed_collective(frame.env)) throw PendingException{};
  return number;
}

void export_storage(napi_env env, napi_value exports) {
  export_guarded<from_bytes>(env, exports, "fromBytes");
  export_guarded<copy_bytes>(env, exports, "copyBytes");
  export_guarded<host_view>(env, exports, "hostView");
  export_guarded<shape>(env, exports, "shape");
  export_guarded<dtype>(env, exports, "dtype");
  export_guarded<device>(env, exports, "device");
  export_guarded<item>(env, exports, "item");
}

}  // namespace notebooster
