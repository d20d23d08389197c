// A matrix in NF4 (Dettmers et al. 2023, "QLoRA"): four bits a weight, which name one of sixteen numbers, and the largest magnitude of
// each block of weights, by which that number is multiplied. Layout and numbers are those of bitsandbytes.
#pragma once
#include "product_nodes.h"

namespace notebooster::kernels {

struct Nf4Weight {
  Tensor packed;  // uint8, two weights a byte, the first in its upper half
  Tensor absmax;  // a number a block: float32, or the uint8 code of one (below)
  /* Double quantisation: absmax is map[code] * scales[block / 256] + offset. Not defined without it. */
  Tensor map, scales, offset;
  int64_t out, in, block_size;

  /* (out, in) */
  Tensor dense(at::ScalarType dtype) const;
};

/* @throws c10::Error for parts that do not belong together */
void check(const Nf4Weight& weight);

}  // namespace notebooster::kernels
