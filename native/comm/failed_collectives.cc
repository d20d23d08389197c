#include "failed_collectives.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "../node/bindings.h"
#include "rank_watch.h"

namespace notebooster {
namespace {

// JS: (message, missingRanks) => Error. Never destroyed, as what follows.
Napi::FunctionReference& make_error = *new Napi::FunctionReference;

std::mutex mutex;
std::vector<RankWatch*>& watches() {  // never destroyed: groups may outlive static storage
  static auto* all = new std::vector<RankWatch*>;
  return *all;
}
std::atomic<size_t> num_watches{0};

struct Failure {
  std::string text;
  std::vector<uint64_t> missing;
};

Failure untold_failure() {
  std::lock_guard lock(mutex);
  for (RankWatch* watch : watches())
    if (std::string text = watch->untold_failure(); !text.empty()) return {std::move(text), watch->missing_ranks()};
  return {};
}

void on_failed_collective(Napi::Function make) { make_error = Napi::Persistent(make); }

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

bool tell_failed_collective(napi_env env) {
  if (num_watches == 0) return false;
  const Failure failure = untold_failure();
  if (failure.text.empty()) return false;
  if (make_error.IsEmpty()) throw UserError(failure.text, kCollectiveFailed);
  Napi::Error(env, make_error.Call({to_js(env, failure.text), to_js(env, failure.missing)})).ThrowAsJavaScriptException();
  return true;
}

void export_failed_collectives(napi_env env, napi_value target) {
  const Napi::Object exports(env, target);
  bind<on_failed_collective>(exports, "onFailedCollective");
}

}  // namespace notebooster
