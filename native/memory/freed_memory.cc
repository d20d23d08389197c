#include "freed_memory.h"

#include <malloc.h>

namespace notebooster {
namespace {

constexpr int kLargestHeapBlock = 32 << 20;  // larger ones have a mapping of their own; glibc allows no more
constexpr int kKept = 2 * kLargestHeapBlock;

}  // namespace

void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, kLargestHeapBlock);
  mallopt(M_TRIM_THRESHOLD, kKept);
}

void give_freed_memory_back() { malloc_trim(0); }

}  // namespace notebooster
