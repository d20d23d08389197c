// A walk along the indices in the frame: it takes views for integers, slices, null and "...", one of the other, and leaves tensors, lists
// and booleans for one index operator at its end.
#pragma once
#include <ATen/core/Tensor.h>

#include <vector>

#include "frame.h"

namespace notebooster {

/* What does not fit the tensor; src/tensor/indexing.ts adds the indices to the message. */
struct IndexError : UserError {
  explicit IndexError(const std::string& problem) : UserError(problem, "ERR_INDEX") {}
};

/* Where a walk along the indices stands. */
struct Walk {
  const at::Tensor& tensor;       // what is indexed
  at::Tensor view{};              // the last one; undefined as long as none was taken
  int64_t dim = 0;                // of the last view, for the next index
  int64_t source = 0;             // the same, counted in `tensor`
  std::vector<at::Tensor> picks{};  // for the dimensions of the view, undefined for whole ones
  int64_t whole = 0;              // dimensions since the last pick

  const at::Tensor& current() const { return view.defined() ? view : tensor; }
  void pass(int64_t dims, int64_t sources) {
    dim += dims;
    whole += dims;
    source += sources;
  }
  void pick(at::Tensor picker, int64_t dims, int64_t sources) {
    picks.resize(picks.size() + whole);
    picks.push_back(std::move(picker));
    whole = 0;
    dim += dims;
    source += sources;
  }
};

bool is_mask(const at::Tensor& picker);

/* Along the first `count` slots of the frame. */
Walk walk_along(const at::Tensor& tensor, uint32_t count);

}  // namespace notebooster
