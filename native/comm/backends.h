// Transports of a process group: Gloo for CPU tensors, NCCL for CUDA tensors. One factory a file, because
// each needs headers the other must not see.
#pragma once
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

namespace notebooster {

struct GroupOptions {
  c10::intrusive_ptr<c10d::Store> store;
  std::string name;  // the same on all ranks of the group, and no other group's
  int rank;          // within the group
  int size;
  std::chrono::milliseconds timeout;
  std::string host;  // address or name of the interface to talk on (Gloo)
  std::vector<uint64_t> global_ranks;
};

c10::intrusive_ptr<c10d::Backend> make_gloo(const GroupOptions& options);
#ifdef NOTEBOOSTER_NCCL
c10::intrusive_ptr<c10d::Backend> make_nccl(const GroupOptions& options);
#endif

}  // namespace notebooster
