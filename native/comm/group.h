// A process group: ranks that meet at a store and compute together over one transport. Waiting blocks the JS thread of the
// worker, on purpose: the kernel process, not the worker, answers the notebook meanwhile.
#pragma once
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <torch/custom_class.h>

#include <memory>

#include "../node/bindings.h"
#include "communicator.h"

namespace notebooster {

/* A collective that this rank has begun. */
struct Turn {
  std::shared_ptr<Communicator> communicator;
  std::string call;  // with its arguments, for a person
  int64_t number;    // from 1; 0 between two ranks, where nobody else takes part
  uint32_t tag = 0;  // the same on all ranks if this call and all before it are
  c10d::Backend& backend() const { return *communicator->backend; }
};

/* What all holders of a group share: JS, and autograd graphs that communicate in their backward pass. It stays valid when its
   connections were given up. */
struct Group : torch::CustomClassHolder {
  c10::intrusive_ptr<c10d::Store> rendezvous;  // shared with the groups split off
  std::string name;
  std::string backend;
  std::string host;
  std::chrono::milliseconds timeout{};       // within which a missing rank is named
  std::chrono::milliseconds join_timeout{};  // within which all ranks must come to connect
  std::vector<uint64_t> ranks;  // global ranks by rank in the group
  int rank = 0;                 // within the group

  int size() const { return static_cast<int>(ranks.size()); }
  bool is_nccl() const { return backend == "nccl"; }
  uint64_t global_rank() const { return ranks[static_cast<size_t>(rank)]; }
  std::string title(const Turn& turn) const;
  /* The connections in use, made first where this generation has none: all members do so. */
  const std::shared_ptr<Communicator>& communicator();
  /* Those in use before, if any: they may have failed. */
  const std::shared_ptr<Communicator>& last_communicator() const { return communicator_; }
  /* Counts a collective that this rank begins; throws when the group has failed before. */
  Turn enter(Call call);
  /* The same for work between this rank and `peer`, or a batch of such work. */
  Turn enter_between(const std::string& call, int peer);
  Turn enter_batch(const std::string& call);
  /* Waits, and says what differs or who is missing when that fails. */
  void wait(c10d::Work& work, const Turn& turn);
  /* The error for a collective that could not be begun or completed. */
  UserError failure(const Turn& turn, const std::string& reason);

 private:
  const std::shared_ptr<Communicator>& usable();
  std::shared_ptr<Communicator> connect(int64_t generation);
  void meet(const Turn& turn, const std::string& place, const std::vector<int>& members);
  void meet_all(const Turn& turn);
  std::chrono::milliseconds patience() const;
  std::shared_ptr<Communicator> communicator_;
};

struct GroupHandle : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4752'4f55'5053;
  static constexpr const char* kName = "process group";
  c10::intrusive_ptr<Group> group;
  explicit GroupHandle(c10::intrusive_ptr<Group> group) : Tagged(kTag), group(std::move(group)) {}
};

template <>
struct FromJs<c10::intrusive_ptr<Group>> {
  static const c10::intrusive_ptr<Group>& from(const Napi::Value& value) { return FromJs<GroupHandle>::from(value).group; }
};

/* Before the process ends: the others learn what this rank did last, and NCCL's watchdog, which may still be
   aborting, does not meet CUDA's own end. */
void leave_groups();

void export_groups(Napi::Object exports);
void export_collectives(Napi::Object exports);
void export_transfers(Napi::Object exports);
void export_tensor_parallel(Napi::Object exports);

}  // namespace notebooster
