// What the CPU kernels share: the C++ type of an element, arithmetic in float32, rows shared out among threads.
#pragma once
#include <ATen/Parallel.h>
#include <c10/util/BFloat16.h>
#include <c10/util/Half.h>

#include "launchers.h"

namespace notebooster::kernels::cpu {

/* visit(T()) with the C++ type of an element */
template <typename Visit>
void with_element(Element element, Visit visit) {
  switch (element) {
    case Element::f32: return visit(float());
    case Element::f16: return visit(c10::Half());
    case Element::bf16: return visit(c10::BFloat16());
  }
}

/* work(row) for every row; a thread takes at least about 16 thousand elements. */
template <typename Work>
void for_each_row(int64_t rows, int64_t cols, Work work) {
  const int64_t grain = cols > 0 ? 1 + (1 << 14) / cols : rows + 1;
  at::parallel_for(0, rows, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) work(row);
  });
}

}  // namespace notebooster::kernels::cpu
