#include "storage.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>
#include <vector>

#include "../comm/failed_collectives.h"
#include "../cuda/cuda.h"
#include "bindings.h"
#include "chunk.h"
#include "convert.h"
#include "describe.h"

namespace notebooster {
namespace {

using at::Tensor;

/* JS arrays whose memory tensors use, dropped by whichever thread lets go of the last tensor. Only the JS thread may release
   them: at the next array, or the next turn of its event loop. */
class DroppedArrays {
 public:
  void drop(Napi::ObjectReference* array) {
    std::lock_guard lock(mutex_);
    if (torn_down_) return;
    const bool was_empty = arrays_.empty();
    arrays_.emplace_back(array);
    if (was_empty) wake_.NonBlockingCall();
  }

  void release() {
    std::unique_lock lock(mutex_);
    const auto arrays = std::exchange(arrays_, {});
    lock.unlock();
  }

  /* Before the first array. */
  void start(Napi::Env env) {
    if (is_started_) return;
    is_started_ = true;
    env.AddCleanupHook([this] { tear_down(); });
    wake_ = Wake::New(env, "notebooster:release", 0, 1, this);
    wake_.Unref(env);
  }

 private:
  static void on_wake(Napi::Env env, Napi::Function, DroppedArrays* self, void*) {
    if (static_cast<napi_env>(env) != nullptr) self->release();
  }
  using Wake = Napi::TypedThreadSafeFunction<DroppedArrays, void, on_wake>;

  /* The function to wake with is gone once Node tears down, and so is the need to release anything. */
  void tear_down() {
    std::lock_guard lock(mutex_);
    torn_down_ = true;
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Napi::ObjectReference>> arrays_;
  Wake wake_;
  bool is_started_ = false;
  bool torn_down_ = false;
};

// Never destroyed: tensors may outlive the statics of this file.
DroppedArrays& dropped_arrays = *new DroppedArrays;

/* A CPU tensor over the array's own memory. */
Tensor from_bytes(Napi::Env env, Napi::Uint8Array bytes, const std::vector<int64_t>& shape, c10::ScalarType dtype) {
  const auto wanted = static_cast<size_t>(c10::multiply_integers(shape)) * c10::elementSize(dtype);
  if (wanted != bytes.ByteLength())
    throw UserError("a " + std::string(dtype_name(dtype)) + " tensor of shape [" + c10::Join(", ", shape) + "] needs " +
                    std::to_string(wanted) + " bytes, got " + std::to_string(bytes.ByteLength()));
  if (reinterpret_cast<uintptr_t>(bytes.Data()) % c10::elementSize(dtype) != 0)
    throw UserError("the bytes of a " + std::string(dtype_name(dtype)) + " tensor must be aligned to " +
                    std::to_string(c10::elementSize(dtype)) + " bytes; copy them with slice() first");
  if (wanted == 0) return at::empty(shape, dtype);
  dropped_arrays.start(env);
  dropped_arrays.release();
  auto* array = new Napi::ObjectReference(Napi::Persistent(bytes.As<Napi::Object>()));
  const auto deleter = [array](void*) { dropped_arrays.drop(array); };
  return at::from_blob(bytes.Data(), shape, deleter, at::TensorOptions().dtype(dtype));
}

/* Writes the tensor's numbers in row-major order. */
void copy_bytes(const Tensor& tensor, Napi::Uint8Array target) {
  if (tensor.nbytes() != target.ByteLength())
    throw UserError("a tensor of " + std::to_string(tensor.nbytes()) + " bytes does not fit an array of " +
                    std::to_string(target.ByteLength()));
  require_memory(tensor);
  if (tensor.is_cuda()) refuse_while_capturing("copying to the host");
  const Tensor source = tensor.detach().to(at::kCPU).contiguous();
  tell_failed_collective();
  std::copy_n(static_cast<const uint8_t*>(source.const_data_ptr()), target.ByteLength(), target.Data());
}

/* An ArrayBuffer over the memory of a contiguous CPU tensor; it keeps the memory alive. */
Napi::ArrayBuffer host_view(Napi::Env env, const Tensor& given) {
  const Tensor tensor = given.detach();
  refuse_chunk(tensor, "hostView()");
  if (!tensor.is_cpu() || !tensor.is_contiguous())
    throw UserError("only contiguous CPU tensors can be viewed in place; use toArray() or contiguous().cpu()");
  auto* owner = new Tensor(tensor);
  return Napi::ArrayBuffer::New(env, owner->mutable_data_ptr(), owner->nbytes(), [](Napi::Env, void*, Tensor* kept) { delete kept; }, owner);
}

/* How many dimensions; their sizes are in the frame's first slots. */
size_t shape(const Tensor& tensor) {
  const auto sizes = tensor.sizes();
  for (size_t i = 0; i < sizes.size(); ++i) put_number(static_cast<uint32_t>(i), static_cast<double>(sizes[i]));
  return sizes.size();
}

const char* dtype(const Tensor& tensor) { return dtype_name(tensor.scalar_type()); }
std::string device(const Tensor& tensor) { return device_name(tensor.device()); }

bool are_contiguous(const std::vector<Tensor>& tensors) {
  return std::ranges::all_of(tensors, [](const Tensor& tensor) { return tensor.is_contiguous(); });
}

/* A whole number as a number, or as a big integer where numbers are not exact. */
Napi::Value from_whole(Napi::Env env, const c10::Scalar& value) {
  constexpr double kMaxSafeInteger = 9007199254740992.0;
  if (std::abs(value.toDouble()) < kMaxSafeInteger) return to_js(env, value.toDouble());
  if (value.isUnsigned()) return Napi::BigInt::New(env, uint64_t{value.toUInt64()});
  return Napi::BigInt::New(env, int64_t{value.toLong()});
}

Napi::Value item(Napi::Env env, const Tensor& tensor) {
  if (tensor.numel() != 1)
    throw UserError("item() needs a tensor with one element, got " + describe(tensor));
  const c10::Scalar value = read_number(tensor);
  if (value.isBoolean()) return to_js(env, value.toBool());
  if (value.isComplex()) throw UserError("item() cannot return a complex number; take real or imag first");
  if (value.isIntegral(false)) return from_whole(env, value);
  return to_js(env, value.toDouble());
}

}  // namespace

c10::Scalar read_number(const at::Tensor& tensor) {
  require_memory(tensor);
  if (tensor.is_cuda()) refuse_while_capturing("item()");
  const c10::Scalar number = tensor.item();
  tell_failed_collective();
  return number;
}

void export_storage(Napi::Object exports) {
  bind<from_bytes>(exports, "fromBytes");
  bind<copy_bytes>(exports, "copyBytes");
  bind<host_view>(exports, "hostView");
  bind<shape>(exports, "shape");
  bind<dtype>(exports, "dtype");
  bind<device>(exports, "device");
  bind<item>(exports, "item");
  bind<are_contiguous>(exports, "areContiguous");
}

}  // namespace notebooster
