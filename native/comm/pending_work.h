// A collective under way as a JS external.
#pragma once
#include <functional>
#include <memory>

#include "group.h"

namespace notebooster {

using GroupPointer = c10::intrusive_ptr<Group>;

struct PendingWork : Tagged {
  static constexpr uint64_t kTag = 0x4e42'574f'524b'5321;
  static constexpr const char* kName = "collective";
  GroupPointer group;
  Turn turn;
  c10::intrusive_ptr<c10d::Work> work;  // gone once waited for: it holds the tensors
  std::function<void()> after;          // what is left to do once it is complete
  PendingWork(GroupPointer group, Turn turn, c10::intrusive_ptr<c10d::Work> work, std::function<void()> after)
      : Tagged(kTag), group(std::move(group)), turn(std::move(turn)), work(std::move(work)), after(std::move(after)) {}
};

using PendingPointer = std::unique_ptr<PendingWork>;

}  // namespace notebooster
