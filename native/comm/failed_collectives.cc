#include "failed_collectives.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "../napi_support.h"
#include "rank_watch.h"

namespace notebooster {
namespace {

napi_ref make_error = nullptr;  // JS: (message, missingRanks) => Error

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

/* onFailedCollective(makeError) */
napi_value on_failed_collective(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  check(env, napi_create_reference(env, arguments[0], 1, &make_error));
  return undefined(env);
}

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

napi_value rank_list(napi_env env, const std::vector<uint64_t>& ranks) {
  napi_value array;
  check(env, napi_create_array_with_length(env, ranks.size(), &array));
  for (size_t i = 0; i < ranks.size(); ++i)
    check(env, napi_set_element(env, array, static_cast<uint32_t>(i), from_double(env, static_cast<double>(ranks[i]))));
  return array;
}

bool tell_failed_collective(napi_env env) {
  if (num_watches == 0) return false;
  const Failure failure = untold_failure();
  if (failure.text.empty()) return false;
  napi_value make, made;
  if (!make_error || napi_get_reference_value(env, make_error, &make) != napi_ok) throw UserError(failure.text, kCollectiveFailed);
  const std::array<napi_value, 2> arguments{from_string(env, failure.text), rank_list(env, failure.missing)};
  check(env, napi_call_function(env, undefined(env), make, arguments.size(), arguments.data(), &made));
  check(env, napi_throw(env, made));
  return true;
}

void export_failed_collectives(napi_env env, napi_value exports) {
  export_guarded<on_failed_collective>(env, exports, "onFailedCollective");
}

}  // namespace notebooster
