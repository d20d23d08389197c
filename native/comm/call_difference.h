// The first call in which ranks differ, in words, found from what each of them wrote of its calls.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "call.h"

namespace notebooster {

/* A rank's calls by number. */
using CallHistory = std::map<int64_t, Call>;

/* From the text of CallLog::lines. */
CallHistory parse_calls(const std::string& lines);

/* Of the ranks of a group that wrote theirs, by rank within it. */
struct CallHistories {
  const std::string& group;
  const std::vector<uint64_t>& global_ranks;
  size_t own;  // which is among the calls
  std::map<size_t, CallHistory> calls;
};

/* A sentence with both sides of the first call that differs; `number` of one that does, or whose predecessors do. */
std::string difference_sentence(const CallHistories& histories, int64_t number);

}  // namespace notebooster
