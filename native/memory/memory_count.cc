#include "memory_count.h"

#include <c10/core/Allocator.h>
#include <c10/util/Logging.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace notebooster {
namespace {

/* What libtorch's allocators tell the profiler of this thread, and of the autograd engine's, which inherit it. */
struct MemoryCount : c10::MemoryReportingInfoBase {
  std::atomic<int64_t> held = 0;
  std::atomic<int64_t> peak = 0;
  const bool of_meta;

  explicit MemoryCount(bool meta) : of_meta(meta) {}
  void reportMemoryUsage(void*, int64_t size, size_t, size_t, c10::Device device) override {
    if (device.is_meta() != of_meta) return;
    const int64_t now = held += size;
    int64_t before = peak;
    while (now > before && !peak.compare_exchange_weak(before, now)) {
    }
  }
  bool memoryProfilingEnabled() const override { return true; }
};

std::shared_ptr<MemoryCount> current;

/* libtorch warns of blocks that are freed and were there before it was asked to tell; here that is no fault. */
int level_of_logs = 0;

constexpr size_t kCudaBlock = 512;  // CUDA's caching allocator rounds up to it (CUDACachingAllocator.cpp, kMinBlockSize)
const c10::Device kMeta(c10::DeviceType::Meta);

/* Gives no memory, and tells how much there would be. */
class CountedMeta : public c10::Allocator {
 public:
  bool stands_for_cuda = false;

  c10::DataPtr allocate(size_t size) override {
    const size_t taken = stands_for_cuda ? (size + kCudaBlock - 1) / kCudaBlock * kCudaBlock : size;
    c10::reportMemoryUsageToProfiler(nullptr, static_cast<int64_t>(taken), 0, 0, kMeta);
    return {nullptr, new size_t(taken), &release, kMeta};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void*, const void*, size_t) const override {}

 private:
  static void release(void* context) {
    const std::unique_ptr<size_t> taken(static_cast<size_t*>(context));
    if (taken) c10::reportMemoryUsageToProfiler(nullptr, -static_cast<int64_t>(*taken), 0, 0, kMeta);
  }
};

CountedMeta& counted_meta = *new CountedMeta;  // tensors may outlive all else
c10::Allocator* plain_meta = nullptr;          // PyTorch's, while ours is in its place

/* @param meta_as "cpu" or "cuda": counts what is made on "meta", as it would be there; else what is allocated */
void begin_memory_count(const std::optional<std::string>& meta_as) {
  if (current) throw UserError("memory is being counted already; end that count first");
  current = std::make_shared<MemoryCount>(meta_as.has_value());
  if (meta_as) {
    counted_meta.stands_for_cuda = *meta_as == "cuda";
    plain_meta = c10::GetAllocator(c10::DeviceType::Meta);
    c10::SetAllocator(c10::DeviceType::Meta, &counted_meta);
  }
  level_of_logs = std::exchange(FLAGS_caffe2_log_level, c10::GLOG_ERROR);
  c10::ThreadLocalDebugInfo::_push(c10::DebugInfoKind::PROFILER_STATE, current);
}

/* [bytes held of what was allocated since the count began, the most that were] */
std::vector<int64_t> end_memory_count() {
  if (!current) throw UserError("no memory is being counted");
  c10::ThreadLocalDebugInfo::_pop(c10::DebugInfoKind::PROFILER_STATE);
  FLAGS_caffe2_log_level = level_of_logs;
  const auto count = std::move(current);
  if (count->of_meta) c10::SetAllocator(c10::DeviceType::Meta, plain_meta);
  return {count->held, count->peak};
}

}  // namespace

bool meta_stands_for_cuda() { return current && current->of_meta && counted_meta.stands_for_cuda; }

void export_memory_count(Napi::Object exports) {
  bind<begin_memory_count>(exports, "beginMemoryCount");
  bind<end_memory_count>(exports, "endMemoryCount");
}

}  // namespace notebooster
