// What the CPU kernels share: rows shared out among threads, and sums over rows whose order does not depend on them.
#pragma once
#include <ATen/Parallel.h>

#include <algorithm>

#include "vector/loops.h"

namespace notebooster::kernels::cpu {

/* work(begin, end) over parts of the rows; a thread takes at least about 16 thousand elements. */
template <typename Work>
void for_rows(int64_t rows, int64_t cols, Work work) {
  const int64_t grain = cols > 0 ? 1 + (1 << 14) / cols : rows + 1;
  at::parallel_for(0, rows, grain, work);
}

/* work(begin, end, part) over `parts` equal parts of the rows */
template <typename Work>
void for_parts(int64_t rows, int64_t parts, Work work) {
  const int64_t share = parts > 0 ? (rows + parts - 1) / parts : 0;
  at::parallel_for(0, parts, 1, [&](int64_t first, int64_t last) {
    for (int64_t part = first; part < last; ++part) work(std::min(part * share, rows), std::min((part + 1) * share, rows), part);
  });
}

}  // namespace notebooster::kernels::cpu
