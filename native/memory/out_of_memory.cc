// When an allocation fails: V8 collects garbage, tensors whose objects it collected are released, the allocators give unused
// memory back, and the operator runs once more. If that fails as well, JS makes the error (src/device/out-of-memory.ts).
#include "out_of_memory.h"

#include <c10/util/Exception.h>

#include <atomic>
#include <map>
#include <new>
#include <regex>
#include <string>
#include <unordered_set>
#include <vector>

#include "../node/callback.h"
#include "../tensor/collector.h"
#include "../tensor/frame.h"
#include "freed_memory.h"
#ifdef NOTEBOOSTER_CUDA
#include <ATen/core/CachingHostAllocator.h>
#include <c10/cuda/CUDACachingAllocator.h>
#endif

namespace notebooster {
namespace {

Callback& make_error = *new Callback;  // JS: (message, requestedBytes, gpu) => Error

/* What CUDA's allocator was asked for when it last failed, on whichever thread; gpu -1: it never did since the last error. */
std::atomic<int64_t> failed_gpu{-1};
std::atomic<int64_t> failed_bytes{0};

/* The allocator takes observers once CUDA is in use, which it is when it first fails. */
void observe_cuda() {
#ifdef NOTEBOOSTER_CUDA
  static bool observing = false;
  if (observing || c10::cuda::device_count() == 0) return;
  c10::cuda::CUDACachingAllocator::attachOutOfMemoryObserver([](int64_t gpu, size_t bytes, size_t, size_t) {
    failed_bytes = static_cast<int64_t>(bytes);
    failed_gpu = gpu;
  });
  observing = true;
#endif
}

/* The handles among the arguments: their JS objects may be gone already while the call still needs the tensors. */
void add_handles(const Napi::Value& value, std::unordered_set<double>& handles) {
  if (value.IsNumber()) handles.insert(value.As<Napi::Number>().DoubleValue());
  if (!value.IsArray()) return;
  const auto array = value.As<Napi::Array>();
  for (uint32_t i = 0; i < array.Length(); ++i) add_handles(array.Get(i), handles);
}

void reclaim(Napi::Env env, std::span<const napi_value> arguments) {
  observe_cuda();
  const std::vector<double> in_frame = handles_in_frame();
  std::unordered_set<double> needed(in_frame.begin(), in_frame.end());
  for (const napi_value argument : arguments) add_handles({env, argument}, needed);
  collect_full(env, needed);
  give_freed_memory_back();
#ifdef NOTEBOOSTER_CUDA
  if (c10::cuda::device_count() > 0) {
    c10::cuda::CUDACachingAllocator::emptyCache();
    at::getHostAllocator(at::kCUDA)->empty_cache();
  }
#endif
}

std::string first_line(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch_error ? torch_error->what_without_backtrace() : error.what();
  return text.substr(0, text.find('\n'));
}

struct Failure {
  int64_t gpu = -1;    // -1: the host
  int64_t bytes = -1;  // -1: not said
};

/* From "you tried to allocate N bytes" of the host's allocator and "Tried to allocate 2.00 GiB. GPU 0 has ..." of CUDA's. */
Failure failure_named(const std::string& message) {
  static const std::regex host("you tried to allocate (\\d+) bytes");
  static const std::regex cuda("Tried to allocate ([0-9.]+) (bytes|KiB|MiB|GiB)\\. GPU (\\d+)");
  static const std::map<std::string, double> units{{"bytes", 1}, {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30}};
  std::smatch found;
  if (std::regex_search(message, found, cuda))
    return {std::stoll(found[3]), static_cast<int64_t>(std::stod(found[1]) * units.at(found[2]))};
  if (std::regex_search(message, found, host)) return {-1, std::stoll(found[1])};
  return {};
}

/* Throws the JS error of src/device/out-of-memory.ts. */
[[noreturn]] void raise(const std::exception& error) {
  const std::string message = first_line(error);
  Failure failure = failure_named(message);
  if (const int64_t gpu = failed_gpu.exchange(-1); gpu >= 0) failure = {gpu, failed_bytes};
  if (!make_error.is_set()) throw UserError(message, "ERR_OUT_OF_MEMORY");
  throw Napi::Error(make_error.env(), make_error(message, failure.bytes, failure.gpu));
}

void on_out_of_memory(Napi::Function make) { make_error.set(make); }

/* One attempt at recovering from `error`. */
napi_value recover(napi_env env, std::span<const napi_value> arguments, const Again& again, const std::exception& error) {
  reclaim(env, arguments);
  if (!again || dynamic_cast<const OutOfMemoryWhileWriting*>(&error)) raise(error);
  failed_gpu = -1;
  try {
    return again();
  } catch (const std::exception& second) {
    if (!is_out_of_memory(second)) throw;
    raise(second);
  }
}

}  // namespace

bool is_out_of_memory(const std::exception& error) {
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error) || dynamic_cast<const std::bad_alloc*>(&error) ||
      dynamic_cast<const OutOfMemoryWhileWriting*>(&error))
    return true;
  return std::string_view(error.what()).find("DefaultCPUAllocator: can't allocate memory") != std::string_view::npos;
}

napi_value rethrow_or_retry(napi_env env, std::span<const napi_value> arguments, const Again& again) noexcept {
  try {
    try {
      throw;
    } catch (const std::exception& error) {
      if (is_out_of_memory(error)) return recover(env, arguments, again, error);
      throw;
    }
  } catch (...) {
    rethrow_as_js(env);
  }
  return nullptr;
}

void export_out_of_memory(Napi::Object exports) { bind<on_out_of_memory>(exports, "onOutOfMemory"); }

}  // namespace notebooster
