#include "group.h"

#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <set>

#include "../tensor/fast_binding.h"
#include "backends.h"
#include "failed_collectives.h"
#include "process_group.h"

namespace notebooster {
namespace {

using std::chrono::milliseconds;

std::mutex groups_mutex;
std::set<Group*>& groups() {  // never destroyed: groups may outlive static storage
  static auto* all = new std::set<Group*>;
  return *all;
}

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

c10::intrusive_ptr<c10d::Backend> make_backend(const std::string& name, const GroupOptions& options) {
  if (name == "gloo") return make_gloo(options);
#ifdef NOTEBOOSTER_NCCL
  if (name == "nccl") return make_nccl(options);
#endif
  throw UserError("there is no backend \"" + name + "\" in this build of libtorch");
}

std::string key_of(uint64_t rank) { return "joined/" + std::to_string(rank); }

/* The global ranks that have not said that they join. */
std::string absent_ranks(c10d::Store& store, const std::vector<uint64_t>& ranks) {
  std::string absent;
  for (const uint64_t rank : ranks)
    if (!store.check({key_of(rank)})) absent += (absent.empty() ? "" : ", ") + std::to_string(rank);
  return absent;
}

/* Waits for all ranks and connects them. */
void join(Group& group, const std::string& backend, int rank) {
  group.store->set(key_of(group.ranks[static_cast<size_t>(rank)]), std::vector<uint8_t>{1});
  std::vector<std::string> keys;
  for (const uint64_t other : group.ranks) keys.push_back(key_of(other));
  try {
    group.store->wait(keys);
  } catch (const c10::Error& error) {
    throw UserError("rank " + absent_ranks(*group.store, group.ranks) + " never came to the group " + group.name + " of ranks " +
                    c10::Join(", ", group.ranks));
  }
  group.backend = make_backend(
      backend, {group.store, group.name, rank, group.size(), group.patience(backend == "nccl"), group.host, group.ranks});
  group.watch = std::make_unique<RankWatch>(c10::make_intrusive<c10d::PrefixStore>("watch", group.store), group.backend, group.ranks);
}

/* createProcessGroup({ rendezvous, name, backend, rank, size, timeoutMs, joinTimeoutMs, host }) */
napi_value create_group(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  napi_value options = arguments[0];
  const auto rank = static_cast<int>(int_option(env, options, "rank"));
  auto group = c10::make_intrusive<Group>();
  group->ranks.resize(static_cast<size_t>(int_option(env, options, "size")));
  std::iota(group->ranks.begin(), group->ranks.end(), 0);
  group->timeout = milliseconds(int_option(env, options, "timeoutMs"));
  group->host = text_option(env, options, "host");
  group->name = text_option(env, options, "name");
  group->rendezvous = make_store(text_option(env, options, "rendezvous"), rank, group->size(),
                                 milliseconds(int_option(env, options, "joinTimeoutMs")));
  group->store = c10::make_intrusive<c10d::PrefixStore>(group->name, group->rendezvous);
  join(*group, text_option(env, options, "backend"), rank);
  return make_external(env, new GroupHandle(std::move(group)));
}

/* createSubgroup(group, ranks within it (ascending), name): called by these ranks alone */
napi_value create_subgroup(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  const auto& parent = group_of(env, arguments[0]);
  const auto members = Read<std::vector<int64_t>>::from(env, arguments[1]);
  const auto own = std::find(members.begin(), members.end(), parent->backend->getRank());
  if (own == members.end()) throw UserError("a rank outside of a sub-group cannot make it");
  auto group = c10::make_intrusive<Group>();
  for (const int64_t member : members) group->ranks.push_back(parent->ranks.at(static_cast<size_t>(member)));
  group->timeout = parent->timeout;
  group->host = parent->host;
  group->name = to_string(env, arguments[2]);
  group->rendezvous = parent->rendezvous;
  group->store = c10::make_intrusive<c10d::PrefixStore>(group->name, group->rendezvous);
  join(*group, parent->backend->getBackendName(), static_cast<int>(own - members.begin()));
  return make_external(env, new GroupHandle(std::move(group)));
}

/* abortGroup(group): NCCL's collectives under way end at once, Gloo's by their timeout; later calls throw. */
napi_value abort_group(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const Group& group = group_of(env, arguments[0])->joined();
  group.watch->fail("it was aborted on this rank");
  group.watch->tell();
  group.backend->abort();
  return undefined(env);
}

/* leaveFailedGroups(), before the process ends: NCCL's watchdog may still be aborting and must not meet CUDA's own end. */
napi_value leave_failed_groups(napi_env env, napi_callback_info) {
  std::lock_guard lock(groups_mutex);
  for (Group* group : groups()) {
    if (!group->watch || !group->is_nccl() || !group->watch->has_failed()) continue;
    group->watch.reset();
    group->backend.reset();  // aborts what is left and ends the watchdog
  }
  return undefined(env);
}

/* missingRanks(group) -> global ranks that were missing when a collective last failed */
napi_value missing_ranks(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return rank_list(env, group_of(env, arguments[0])->joined().watch->missing_ranks());
}

std::string reason_of(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch_error ? torch_error->what_without_backtrace() : error.what();
  return text.substr(0, text.find('\n'));
}

}  // namespace

Group::Group() {
  std::lock_guard lock(groups_mutex);
  groups().insert(this);
}

Group::~Group() {
  std::lock_guard lock(groups_mutex);
  groups().erase(this);
}

milliseconds Group::patience(bool is_nccl) const {
  return std::max(timeout - RankWatch::time_to_report(is_nccl), timeout / 4);
}

std::string Group::title(const char* operation, int64_t number) const {
  return std::string(operation) + " (number " + std::to_string(number) + " of group " + name + ")";
}

const Group& Group::joined() const {
  if (!watch) throw UserError("the group " + name + " has failed and was left: the process is ending", kCollectiveFailed);
  return *this;
}

int64_t Group::enter(const char* operation) {
  if (const std::string earlier = joined().watch->tell(); !earlier.empty())
    throw UserError("the group " + name + " has failed: " + earlier, kCollectiveFailed);
  const int64_t number = watch->enter(operation);
  if (number == 1 && is_nccl()) meet(operation);
  return number;
}

/* NCCL connects all ranks in their first collective and would wait for ever for one that does not come. */
void Group::meet(const char* operation) {
  std::vector<std::string> keys;
  for (const uint64_t rank : ranks) keys.push_back("first/" + std::to_string(rank));
  try {
    store->set(keys[static_cast<size_t>(backend->getRank())], std::vector<uint8_t>{1});
    store->wait(keys, patience(true));
  } catch (const c10::Error& error) {
    throw failure(operation, 1, reason_of(error));
  }
}

void Group::wait(c10d::Work& work, const char* operation, int64_t number) {
  try {
    work.wait();
  } catch (const std::exception& error) {
    if (number > 0) throw failure(operation, number, reason_of(error));
    throw UserError(std::string(operation) + " in group " + name + " did not complete within " + std::to_string(timeout.count()) +
                        " ms: the other rank made no matching call, or has ended. (" + reason_of(error) + ")",
                    kCollectiveFailed);
  }
  if (const std::string found = watch->tell(); !found.empty()) throw UserError(found, kCollectiveFailed);
}

UserError Group::failure(const char* operation, int64_t number, const std::string& reason) {
  const auto missing = watch->find_missing();
  const std::string text = title(operation, number) + " failed on rank " +
                           std::to_string(ranks[static_cast<size_t>(backend->getRank())]) + " after at most " +
                           std::to_string(timeout.count()) + " ms: " + missing.sentence +
                           ". All ranks must make the same calls in the same order. (" + reason + ")";
  watch->told(text);
  return UserError(text, kCollectiveFailed);
}

void export_groups(napi_env env, napi_value exports) {
  export_guarded<create_group>(env, exports, "createProcessGroup");
  export_guarded<create_subgroup>(env, exports, "createSubgroup");
  export_guarded<abort_group>(env, exports, "abortGroup");
  export_guarded<leave_failed_groups>(env, exports, "leaveFailedGroups");
  export_guarded<missing_ranks>(env, exports, "missingRanks");
  export_failed_collectives(env, exports);
}

void export_process_groups(napi_env env, napi_value exports) {
  export_groups(env, exports);
  export_collectives(env, exports);
  export_tensor_parallel(env, exports);
}

}  // namespace notebooster
