// Many tensors in one launch: up to kTensors of them travel in the kernel's parameters, each cut into chunks of
// kChunk elements; a block finds its chunk's tensor by bisection.
#pragma once
#include "device.cuh"

namespace notebooster::kernels {

constexpr int kTensors = 48;
constexpr int64_t kChunk = 2048;

template <typename Tensor>
struct TensorList {
  Tensor tensors[kTensors];
  int64_t first_chunk[kTensors + 1];  // of each tensor; the last entry is the number of chunks
  int count = 0;
};

struct Chunk {
  int tensor;
  int64_t begin, size;
};

template <typename Tensor>
__device__ inline Chunk find_chunk(const TensorList<Tensor>& list, int64_t chunk) {
  int low = 0, high = list.count;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (list.first_chunk[middle] <= chunk) low = middle;
    else high = middle;
  }
  const int64_t begin = (chunk - list.first_chunk[low]) * kChunk;
  const int64_t left = list.tensors[low].numel - begin;
  return {low, begin, left < kChunk ? left : kChunk};
}

/* visit(list, chunks) for every group of up to kTensors tensors that are not empty */
template <typename Tensor, typename Visit>
void for_each_list(const Tensor* tensors, int64_t count, Visit visit) {
  TensorList<Tensor> list;
  int64_t chunks = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (tensors[i].numel > 0) {
      list.first_chunk[list.count] = chunks;
      list.tensors[list.count++] = tensors[i];
      chunks += ceil_div(tensors[i].numel, kChunk);
    }
    if (list.count == kTensors || (i + 1 == count && list.count > 0)) {
      list.first_chunk[list.count] = chunks;
      visit(list, chunks);
      list.count = 0;
      chunks = 0;
    }
  }
}

}  // namespace notebooster::kernels
