// Transports of a process group: Gloo for CPU tensors, NCCL for CUDA tensors. One factory a file, because
// each needs headers the other must not see.
#pragma once
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <torch/csrc/distributed/c10d/Work.hpp>

#include <functional>

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
/* As work.wait(). Of a collective over Gloo that `is_given_up` it may never hear the end: then false. */
bool wait_unless(const std::function<bool()>& is_given_up, c10d::Work& work);
/* Gloo's messages meet only those of the same tag: ranks that begin another collective next, or the same with other arguments, wait
   for one another instead of mixing their data. */
void tag_next_collective(c10d::Backend& gloo, uint32_t tag);
#ifdef NOTEBOOSTER_NCCL
c10::intrusive_ptr<c10d::Backend> make_nccl(const GroupOptions& options);
#endif

}  // namespace notebooster
