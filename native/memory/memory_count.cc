#include "memory_count.h"

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <atomic>
#include <memory>

namespace notebooster {
namespace {

/* What libtorch's allocators tell the profiler of this thread, and of the autograd engine's, which inherit it. */
struct MemoryCount : c10::MemoryReportingInfoBase {
  std::atomic<int64_t> held = 0;
  std::atomic<int64_t> peak = 0;

  void reportMemoryUsage(void*, int64_t size, size_t, size_t, c10::Device) override {
    const int64_t now = held += size;
    int64_t before = peak;
    while (now > before && !peak.compare_exchange_weak(before, now)) {
    }
  }
  bool memoryProfilingEnabled() const override { return true; }
};

std::shared_ptr<MemoryCount> current;

void begin_memory_count() {
  if (current) throw UserError("memory is being counted already; end that count first");
  current = std::make_shared<MemoryCount>();
  c10::ThreadLocalDebugInfo::_push(c10::DebugInfoKind::PROFILER_STATE, current);
}

/* [bytes held of what was allocated since the count began, the most that were] */
std::vector<int64_t> end_memory_count() {
  if (!current) throw UserError("no memory is being counted");
  c10::ThreadLocalDebugInfo::_pop(c10::DebugInfoKind::PROFILER_STATE);
  const auto count = std::move(current);
  return {count->held, count->peak};
}

}  // namespace

void export_memory_count(Napi::Object exports) {
  bind<begin_memory_count>(exports, "beginMemoryCount");
  bind<end_memory_count>(exports, "endMemoryCount");
}

}  // namespace notebooster
