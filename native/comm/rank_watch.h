// Who is missing when a collective does not complete, or makes another call. A thread beside writes what this rank entered last
// to the group's store (agreement.h), so that it costs the collective nothing and goes on while the rank is stuck elsewhere.
#pragma once
#include <torch/csrc/distributed/c10d/Backend.hpp>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "agreement.h"

namespace notebooster {

class RankWatch {
 public:
  RankWatch(std::shared_ptr<Agreement> agreement, c10::intrusive_ptr<c10d::Backend> backend, std::vector<uint64_t> ranks);
  ~RankWatch();
  RankWatch(const RankWatch&) = delete;

  /* Writes to the store at once what the thread would at its next tick: this rank is about to leave. */
  void publish_last();

  /* How long before the time a person allows the transport must give up, so that the missing ranks are named within it. */
  static std::chrono::milliseconds time_to_report(bool is_nccl);

  /* Asks the store where the others are; blocks for a few ticks so that they can have said so. Global ranks that have
     not entered this rank's latest collective, and a sentence about them. */
  struct Missing {
    std::vector<uint64_t> ranks;
    std::string sentence;
  };
  Missing find_missing();

  /* The group is not used any more because of `text`: who waits to find out about the others need not go on. */
  void give_up(const std::string& text);

  /* What the transport's own watchdog found, with the missing ranks; empty while all is well. Who asks tells JS. */
  std::string tell();
  /* The same for a failure that JS does not know of, found at this moment if need be: the transport's error is set before it
     aborts, so a value that was read after waiting for the GPU is whole when this is empty. */
  std::string untold_failure();
  /* JS is being told of a failure that a call to NCCL threw, perhaps before the watchdog has spoken: once is enough. */
  void told(const std::string& text);
  bool has_failed();
  std::vector<uint64_t> missing_ranks();

 private:
  void run();
  bool look_for_difference();
  bool look_for_failure();
  /* From now on `failure` says this, unless it says something already. */
  void fail(const std::string& text);
  bool is_given_up_within(std::chrono::milliseconds time);
  std::string failure();

  const std::shared_ptr<Agreement> agreement_;
  c10::intrusive_ptr<c10d::Backend> backend_;
  const std::vector<uint64_t> ranks_;  // global ranks by rank in the group
  const bool has_watchdog_;            // NCCL's errors are found by c10d, Gloo's are thrown by wait()
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stop_ = false;
  bool is_given_up_ = false;
  std::mutex looking_;
  std::string failure_;
  bool is_told_ = false;
  std::vector<uint64_t> missing_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace notebooster
