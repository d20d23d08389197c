// A product that nobody reads: a layer that ends in `x + product` and is computed again for its gradient needs the graph of its last product
// but not its numbers. Who computes it again counts products (tensor/recompute.ts) and leaves that one out.
#pragma once
#include <ATen/core/Tensor.h>

namespace notebooster {

/* Whether the product with a graph that is about to be made is the one to leave out. To be asked once a product: it counts. */
bool next_product_is_unread();

/* The result of the one left out, with its graph. */
void note_unread_product(const at::Tensor& result);

}  // namespace notebooster
