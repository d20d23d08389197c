#include "call_difference.h"

#include <c10/util/StringUtil.h>

#include <algorithm>
#include <sstream>

namespace notebooster {
namespace {

bool differ_at(const CallHistories& histories, int64_t number) {
  const Call* first = nullptr;
  for (const auto& [rank, history] : histories.calls) {
    const auto found = history.find(number);
    if (found == history.end()) continue;
    if (first && first->agreed != found->second.agreed) return true;
    first = &found->second;
  }
  return false;
}

int64_t first_difference(const CallHistories& histories, int64_t number) {
  const CallHistory& own = histories.calls.at(histories.own);
  int64_t first = own.empty() ? number : own.begin()->first;
  while (first < number && !differ_at(histories, first)) ++first;
  return first;
}

struct SameCall {
  std::string text;
  std::vector<uint64_t> global_ranks;  // that made it
};

/* In the order of ranks. */
std::vector<SameCall> calls_at(const CallHistories& histories, int64_t number) {
  std::vector<SameCall> calls;
  for (const auto& [rank, history] : histories.calls) {
    const auto found = history.find(number);
    if (found == history.end()) continue;
    const std::string& text = found->second.text;
    auto same = std::find_if(calls.begin(), calls.end(), [&](const SameCall& call) { return call.text == text; });
    if (same == calls.end()) same = calls.insert(calls.end(), {text, {}});
    same->global_ranks.push_back(histories.global_ranks[rank]);
  }
  return calls;
}

std::string rank_names(const std::vector<uint64_t>& ranks) { return (ranks.size() == 1 ? "rank " : "ranks ") + c10::Join(", ", ranks); }

}  // namespace

/* A line each: number, digest, text. */
CallHistory parse_calls(const std::string& lines) {
  CallHistory history;
  std::istringstream stream(lines);
  int64_t number;
  Call call;
  while (stream >> number >> call.agreed && std::getline(stream >> std::ws, call.text)) history[number] = call;
  return history;
}

std::string difference_sentence(const CallHistories& histories, int64_t number) {
  const int64_t first = first_difference(histories, number);
  std::string text = "the ranks' calls (number " + std::to_string(first) + " of group " + histories.group + ") differ: ";
  const char* separator = "";
  for (const SameCall& call : calls_at(histories, first)) {
    text += separator + rank_names(call.global_ranks) + ": " + call.text;
    separator = ", ";
  }
  return text + ". All ranks must make the same calls in the same order, with tensors of one dtype and shape";
}

}  // namespace notebooster
