// The connections of a group in one generation: made by all its members together, used until they are given up.
#pragma once
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "agreement.h"
#include "rank_watch.h"

namespace notebooster {

struct GroupOptions;

class Communicator {
 public:
  /* Connects with the other members, which must do the same. */
  Communicator(const std::string& backend, const GroupOptions& options, int64_t generation);
  ~Communicator();

  /* Collectives under way end at once with `why`, on this rank; may be called from any thread. Over NCCL this may wait until the
     GPU is idle, which other communicators' collectives may keep busy. */
  void abort(const std::string& why);
  /* Gives back what it has, whoever still refers to it; after `abort`, on the JS thread. */
  void close();
  bool is_closed() const { return watch == nullptr; }
  /* Why it was given up; empty while it was not. */
  std::string given_up() const;

  /* True the first time that it is asked about `place`; JS thread only. */
  bool is_first(const std::string& place) { return places_.insert(place).second; }

  const int64_t generation;
  bool is_batch_open = false;  // JS thread only
  // Order is destruction order reversed: the watch, then the backend, then what they and their threads use.
  const c10::intrusive_ptr<c10d::Store> store;
  const std::shared_ptr<Agreement> agreement;
  c10::intrusive_ptr<c10d::Backend> backend;
  std::unique_ptr<RankWatch> watch;

 private:
  mutable std::mutex mutex_;
  std::string given_up_;
  std::set<std::string> places_;
};

}  // namespace notebooster
