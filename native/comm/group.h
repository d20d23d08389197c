// A process group: ranks that meet at a store and compute together over one transport. Waiting blocks the JS thread of the
// worker, on purpose: the kernel process, not the worker, answers the notebook meanwhile.
#pragma once
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <torch/custom_class.h>

#include <memory>

#include "../napi_support.h"
#include "rank_watch.h"

namespace notebooster {

/* What all holders of a group share: JS, and autograd graphs that communicate in their backward pass. */
struct Group : torch::CustomClassHolder {
  // Member order is destruction order reversed: the watch, then the backend, then the stores they talk through.
  c10::intrusive_ptr<c10d::Store> rendezvous;  // shared with the groups split off
  c10::intrusive_ptr<c10d::Store> store;
  c10::intrusive_ptr<c10d::Backend> backend;
  std::string name;
  std::string host;
  std::chrono::milliseconds timeout{};  // within which a missing rank is named
  std::vector<uint64_t> ranks;  // global ranks by rank in the group
  std::unique_ptr<RankWatch> watch;

  Group();
  ~Group() override;
  int size() const { return static_cast<int>(ranks.size()); }
  bool is_nccl() const { return backend->getBackendName() == "nccl"; }
  /* How long the transport may wait; at least a quarter of the timeout. */
  std::chrono::milliseconds patience(bool is_nccl) const;
  std::string title(const char* operation, int64_t number) const;
  /* This group, unless it was left at the end of the process. */
  const Group& joined() const;
  /* Counts a collective that this rank begins; throws when the group has failed before. */
  int64_t enter(const char* operation);
  /* Waits, and says who is missing when that fails. */
  void wait(c10d::Work& work, const char* operation, int64_t number);
  /* The error for a collective that could not be begun or completed. */
  UserError failure(const char* operation, int64_t number, const std::string& reason);

 private:
  void meet(const char* operation);
};

struct GroupHandle : Tagged {
  static constexpr uint64_t kTag = 0x4e42'4752'4f55'5053;
  static constexpr const char* kName = "process group";
  c10::intrusive_ptr<Group> group;
  explicit GroupHandle(c10::intrusive_ptr<Group> group) : Tagged(kTag), group(std::move(group)) {}
};

/* The group behind an external made by createProcessGroup or createSubgroup. */
inline const c10::intrusive_ptr<Group>& group_of(napi_env env, napi_value value) {
  return external<GroupHandle>(env, value).group;
}

void export_groups(napi_env env, napi_value exports);
void export_collectives(napi_env env, napi_value exports);
void export_tensor_parallel(napi_env env, napi_value exports);

}  // namespace notebooster
