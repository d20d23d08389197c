// Whether the ranks of a group make the same calls, without a message more: a thread beside (rank_watch.h) writes the number of this
// rank's last call and a digest of all of them to the store and compares with what the others wrote there. When two differ, ranks
// exchange their calls through the store, so that all of them tell the first difference in the same words. Meanwhile calls that
// differ wait for one another over Gloo (begin.cc), and hang or make garbage over NCCL.
#pragma once
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "call_difference.h"

namespace notebooster {

/* Ranks are those within the group, unless they are called global. */
class Agreement {
 public:
  /* A stream is a sequence of calls among the same ranks: all of the group, or two of them that send and receive. */
  static constexpr const char* kAll = "all";

  /* What a rank has written of a stream. */
  struct Mark {
    int64_t number = 0;      // of its last call; 0: none so far
    uint64_t running = 0;    // digest of the calls up to it
    int64_t difference = 0;  // number of a call before which it found a difference, else 0
    std::string text;        // of the last call
  };

  Agreement(c10::intrusive_ptr<c10d::Store> store, std::string group, std::vector<uint64_t> global_ranks, size_t own);

  /* Notes a call of all ranks, or of this one and `peer`. */
  Mark enter(Call call);
  void enter_between(const std::string& stream, size_t peer, Call call);
  /* Takes back the last call of all ranks: it was refused here. */
  void withdraw();
  /* This rank's last call of all ranks. */
  Mark last();

  /* Writes to the store what is new since it was called last. */
  void publish();
  /* What a rank wrote of its calls of all ranks. */
  Mark published_by(size_t rank);
  /* Compares with what the others wrote; `difference` tells. For the watch thread. */
  void compare();

  /* Calls up to `number` differ: finds the first, together with the other ranks of the stream; any thread. */
  void settle(const std::string& stream, int64_t number);
  /* A sentence with both sides, once this rank has found that calls differ; else empty. */
  std::string difference();
  /* The same when only others have found it, perhaps. */
  std::string difference_of_others();

 private:
  struct Stream {
    CallLog log;
    std::vector<size_t> others;
    int64_t published = 0;                      // number of the last call that was written
    int64_t difference = 0;                     // as in Mark
    std::map<size_t, int64_t> agreed;  // by rank: the calls up to this number are the same
    std::map<size_t, std::map<int64_t, uint64_t>> ahead;  // by rank: digests by number, seen before this rank had come so far
  };

  static Mark mark_of(const Stream& stream);
  Mark read(const std::string& stream, size_t rank);
  void compare_with(const std::string& stream, size_t rank);
  std::vector<std::pair<std::string, size_t>> unsettled();
  std::map<size_t, CallHistory> histories(const std::string& stream, const std::vector<size_t>& ranks);

  const c10::intrusive_ptr<c10d::Store> store_;
  const std::string group_;
  const std::vector<uint64_t> global_ranks_;
  const size_t own_;
  std::mutex publishing_;  // or an older number could be written last
  std::mutex settling_;
  std::mutex mutex_;  // of what follows
  std::map<std::string, Stream> streams_;
  std::string difference_;
};

}  // namespace notebooster
