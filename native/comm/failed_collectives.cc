#include "failed_collectives.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "../node/callback.h"
#include "rank_watch.h"

namespace notebooster {
namespace {

Callback& make_error = *new Callback;  // JS: (message, missingRanks) => Error

std::mutex mutex;
std::vector<RankWatch*>& watches() {  // never destroyed: groups may outlive static storage
  static auto* all = new std::vector<RankWatch*>;
  return *all;
}
std::atomic<size_t> num_watches{0};

struct Failure {
  RankWatch* watch = nullptr;
  std::string text;
  std::vector<uint64_t> missing;
};

Failure untold_failure() {
  std::lock_guard lock(mutex);
  for (RankWatch* watch : watches())
    if (std::string text = watch->untold_failure(); !text.empty()) return {watch, std::move(text), watch->missing_ranks()};
  return {};
}

/* JS has the error; before that V8 may have ended the running code. */
void note_told(const Failure& failure) {
  std::lock_guard lock(mutex);
  const std::vector<RankWatch*>& all = watches();
  if (std::find(all.begin(), all.end(), failure.watch) != all.end()) failure.watch->told(failure.text);
}

void on_failed_collective(Napi::Function make) { make_error.set(make); }

}  // namespace

void tell_failures_of(RankWatch* watch) {
  std::lock_guard lock(mutex);
  watches().push_back(watch);
  ++num_watches;
}

void forget_failures_of(RankWatch* watch) {
  std::lock_guard lock(mutex);
  num_watches -= std::erase(watches(), watch);
}

void tell_failed_collective() {
  if (num_watches == 0) return;
  const Failure failure = untold_failure();
  if (failure.text.empty()) return;
  if (!make_error.is_set()) throw UserError(failure.text, kCollectiveFailed);
  Napi::Error error(make_error.env(), make_error(failure.text, failure.missing));
  note_told(failure);
  throw error;
}

void export_failed_collectives(Napi::Object exports) { bind<on_failed_collective>(exports, "onFailedCollective"); }

}  // namespace notebooster
