// Begins work of several ranks so that those that call something else are found, and says what went wrong when it could not be begun.
#pragma once
#include <ATen/core/Tensor.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>

#include <functional>

#include "group.h"

namespace notebooster {

using Start = std::function<c10::intrusive_ptr<c10d::Work>(c10d::Backend&)>;

struct Begun {
  Turn turn;
  c10::intrusive_ptr<c10d::Work> work;  // null where it belongs to a batch that has not ended
};

/* A call of all ranks. */
Begun begin_collective(Group& group, Call call, const Start& start);

/* Rows of dimension 0 by rank; no splits: equal parts. */
struct Parts {
  at::Tensor whole;
  std::vector<int64_t> splits;
};
/* Every rank's part goes to it. */
Begun begin_all_to_all(Group& group, Parts received, Parts sent);

/* A tensor that goes from one rank to another. */
struct Transfer {
  at::Tensor tensor;
  bool is_send;
  int peer;
  int tag;
};
Begun begin_transfer(Group& group, const Transfer& transfer);
/* Ends a batch of transfers, which NCCL begins together. */
Begun end_transfers(Group& group);

/* Tag of a message between two ranks that meets only one of the same text. */
int gloo_message_tag(const std::string& text);

}  // namespace notebooster
