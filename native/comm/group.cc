#include "group.h"

#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <numeric>

#include "../tensor/fast_binding.h"
#include "backends.h"
#include "failed_collectives.h"
#include "generation.h"
#include "process_group.h"

namespace notebooster {
namespace {

using std::chrono::milliseconds;

bool is_leaving = false;  // the process ends
std::string text_option(napi_env env, napi_value options, const char* name) {
  napi_value value;
  check(env, napi_get_named_property(env, options, name, &value));
  return to_string(env, value);
}

int64_t int_option(napi_env env, napi_value options, const char* name) {
  napi_value value;
  check(env, napi_get_named_property(env, options, name, &value));
  return to_int64(env, value);
}

/* "file:///path" for the ranks of one host, "tcp://host:port" (rank 0 serves) between hosts. */
c10::intrusive_ptr<c10d::Store> make_store(const std::string& url, int rank, int size, milliseconds timeout) {
  if (url.rfind("file://", 0) == 0) {
    auto store = c10::make_intrusive<c10d::FileStore>(url.substr(7), size);
    store->setTimeout(timeout);
    return store;
  }
  const auto colon = url.rfind(':');
  if (url.rfind("tcp://", 0) != 0 || colon <= 5)
    throw UserError("a rendezvous is file:///path or tcp://host:port, got \"" + url + '"');
  c10d::TCPStoreOptions options;
  options.port = static_cast<uint16_t>(std::stoi(url.substr(colon + 1)));
  options.isServer = rank == 0;
  options.numWorkers = static_cast<size_t>(size);
  options.timeout = timeout;
  return c10::make_intrusive<c10d::TCPStore>(url.substr(6, colon - 6), options);
}

std::string key_of(uint64_t rank) { return "joined/" + std::to_string(rank); }

/* The global ranks that have not said that they join. */
std::string absent_ranks(c10d::Store& store, const std::vector<uint64_t>& ranks) {
  std::string absent;
  for (const uint64_t rank : ranks)
    if (!store.check({key_of(rank)})) absent += (absent.empty() ? "" : ", ") + std::to_string(rank);
  return absent;
}

/* createProcessGroup({ rendezvous, name, backend, rank, size, timeoutMs, joinTimeoutMs, host }) */
napi_value create_group(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  napi_value options = arguments[0];
  auto group = c10::make_intrusive<Group>();
  group->rank = static_cast<int>(int_option(env, options, "rank"));
  group->ranks.resize(static_cast<size_t>(int_option(env, options, "size")));
  std::iota(group->ranks.begin(), group->ranks.end(), 0);
  group->timeout = milliseconds(int_option(env, options, "timeoutMs"));
  group->join_timeout = milliseconds(int_option(env, options, "joinTimeoutMs"));
  group->host = text_option(env, options, "host");
  group->name = text_option(env, options, "name");
  group->backend = text_option(env, options, "backend");
  group->rendezvous = make_store(text_option(env, options, "rendezvous"), group->rank, group->size(), group->join_timeout);
  return make_external(env, new GroupHandle(std::move(group)));
}

/* createSubgroup(group, ranks within it (ascending), name): called by these ranks alone */
napi_value create_subgroup(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  const auto& parent = group_of(env, arguments[0]);
  const auto members = Read<std::vector<int64_t>>::from(env, arguments[1]);
  const auto own = std::find(members.begin(), members.end(), parent->rank);
  if (own == members.end()) throw UserError("a rank outside of a sub-group cannot make it");
  auto group = c10::make_intrusive<Group>();
  for (const int64_t member : members) group->ranks.push_back(parent->ranks.at(static_cast<size_t>(member)));
  group->rank = static_cast<int>(own - members.begin());
  group->timeout = parent->timeout;
  group->join_timeout = parent->join_timeout;
  group->host = parent->host;
  group->name = to_string(env, arguments[2]);
  group->backend = parent->backend;
  group->rendezvous = parent->rendezvous;
  return make_external(env, new GroupHandle(std::move(group)));
}

/* abortGroup(group): collectives under way end at once; later calls throw. */
napi_value abort_group(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& communicator = group_of(env, arguments[0])->communicator();
  communicator->abort("it was aborted on this rank");
  communicator->watch->tell();
  return undefined(env);
}

/* leaveGroups(), before the process ends: the others learn what this rank did last, and NCCL's watchdog, which may still be
   aborting, does not meet CUDA's own end. */
napi_value leave_groups(napi_env env, napi_callback_info) {
  is_leaving = true;
  publish_last_collectives();
  close_failed_communicators();
  return undefined(env);
}

/* missingRanks(group) -> global ranks that were missing when a collective last failed */
napi_value missing_ranks(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto& communicator = group_of(env, arguments[0])->last_communicator();
  const bool is_known = communicator && !communicator->is_closed();
  return rank_list(env, is_known ? communicator->watch->missing_ranks() : std::vector<uint64_t>());
}

std::string reason_of(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch_error ? torch_error->what_without_backtrace() : error.what();
  return text.substr(0, text.find('\n'));
}

}  // namespace

/* How long the transport may wait; at least a quarter of the timeout. */
milliseconds Group::patience() const { return std::max(timeout - RankWatch::time_to_report(is_nccl()), timeout / 4); }

std::string Group::title(const Turn& turn) const {
  const std::string of_group = "group " + name;
  if (turn.number == 0) return turn.call + " in " + of_group;
  return turn.call + " (number " + std::to_string(turn.number) + " of " + of_group + ")";
}

const std::shared_ptr<Communicator>& Group::communicator() {
  if (is_leaving) throw UserError("the group " + name + " was left: the process is ending", kCollectiveFailed);
  const int64_t generation = usable_generation();
  if (!communicator_ || communicator_->generation != generation) {
    communicator_.reset();
    communicator_ = connect(generation);
  }
  return communicator_;
}

/* Waits for all members and connects them. Members that have been connected before may be a whole step apart. */
std::shared_ptr<Communicator> Group::connect(int64_t generation) {
  const auto store = c10::make_intrusive<c10d::PrefixStore>(name + "@" + std::to_string(generation), rendezvous);
  store->set(key_of(global_rank()), std::vector<uint8_t>{1});
  std::vector<std::string> keys;
  for (const uint64_t other : ranks) keys.push_back(key_of(other));
  const milliseconds limit = generation == 0 ? join_timeout : std::max(join_timeout, timeout);
  if (!wait_for_keys(*store, keys, limit, generation))
    throw UserError("rank " + absent_ranks(*store, ranks) + " never came to the group " + name + " of ranks " + c10::Join(", ", ranks) +
                        " within " + std::to_string(limit.count()) +
                        " ms; all of them must make its first collective call (a cell under %%rank runs on some ranks only)",
                    kCollectiveFailed);
  const GroupOptions options{store, name, rank, size(), patience(), host, ranks};
  auto communicator = std::make_shared<Communicator>(backend, options, generation);
  end_with_generation(communicator);
  return communicator;
}

const std::shared_ptr<Communicator>& Group::usable() {
  const auto& here = communicator();
  std::string earlier = here->agreement->difference();
  if (earlier.empty()) earlier = here->watch->tell();
  if (!earlier.empty()) throw UserError("the group " + name + " has failed: " + earlier, kCollectiveFailed);
  return here;
}

Turn Group::enter(Call call) {
  Turn turn{usable(), call.text, 0};
  const Agreement::Mark mark = turn.communicator->agreement->enter(std::move(call));
  turn.number = mark.number;
  turn.tag = static_cast<uint32_t>(mark.running);
  meet_all(turn);
  return turn;
}

Turn Group::enter_between(const std::string& call, int peer) {
  Turn turn{usable(), call, 0};
  const bool is_refused = peer < 0 || peer >= size() || peer == rank;  // by c10d
  if (is_refused || turn.communicator->is_batch_open) return turn;
  const auto [low, high] = std::minmax(rank, peer);
  meet(turn, "between " + std::to_string(low) + " and " + std::to_string(high), {low, high});
  return turn;
}

Turn Group::enter_batch(const std::string& call) {
  Turn turn{usable(), call, 0};
  meet_all(turn);
  return turn;
}

void Group::meet_all(const Turn& turn) {
  std::vector<int> all(ranks.size());
  std::iota(all.begin(), all.end(), 0);
  meet(turn, "all", all);
}

/* NCCL connects ranks in the first work that they do together and would wait for ever for one that does not come. */
void Group::meet(const Turn& turn, const std::string& place, const std::vector<int>& members) {
  if (!is_nccl() || !turn.communicator->is_first(place)) return;
  std::vector<std::string> keys;
  for (const int member : members) keys.push_back(place + "/" + std::to_string(member));
  c10d::Store& store = *turn.communicator->store;
  try {
    store.set(place + "/" + std::to_string(rank), std::vector<uint8_t>{1});
    if (!wait_for_keys(store, keys, patience(), turn.communicator->generation)) throw failure(turn, "the time is over");
  } catch (const c10::Error& error) {
    throw failure(turn, reason_of(error));
  }
}

void Group::wait(c10d::Work& work, const Turn& turn) {
  if (turn.communicator->is_closed()) throw failure(turn, "");
  try {
    work.wait();
  } catch (const std::exception& error) {
    throw failure(turn, reason_of(error));
  }
  if (const std::string found = turn.communicator->watch->tell(); !found.empty()) throw UserError(found, kCollectiveFailed);
}

UserError Group::failure(const Turn& turn, const std::string& reason) {
  Communicator& here = *turn.communicator;
  RankWatch* watch = here.watch.get();
  if (const std::string difference = here.agreement->difference_of_others(); !difference.empty()) {
    if (watch) watch->told(difference);
    here.abort(difference);
    return UserError(difference, kCollectiveFailed);
  }
  RankWatch::Missing missing;
  if (watch) missing = watch->find_missing();  // first, because it may take a moment until it is known why it was given up
  const std::string why = here.given_up();
  std::string text = title(turn);
  if (!why.empty()) {
    text += " was given up: " + why;
  } else if (turn.number == 0) {
    text += " did not complete within " + std::to_string(timeout.count()) +
            " ms: the other rank made no matching call, or has ended. (" + reason + ")";
  } else {
    text += " failed on rank " + std::to_string(global_rank()) + " after at most " + std::to_string(timeout.count()) +
            " ms: " + missing.sentence + ". All ranks must make the same calls in the same order. (" + reason + ")";
  }
  if (watch) watch->told(text);
  return UserError(text, kCollectiveFailed);
}

void export_groups(napi_env env, napi_value exports) {
  export_guarded<create_group>(env, exports, "createProcessGroup");
  export_guarded<create_subgroup>(env, exports, "createSubgroup");
  export_guarded<abort_group>(env, exports, "abortGroup");
  export_guarded<leave_groups>(env, exports, "leaveGroups");
  export_guarded<missing_ranks>(env, exports, "missingRanks");
  export_failed_collectives(env, exports);
  export_generations(env, exports);
}

void export_process_groups(napi_env env, napi_value exports) {
  export_groups(env, exports);
  export_collectives(env, exports);
  export_tensor_parallel(env, exports);
}

}  // namespace notebooster
