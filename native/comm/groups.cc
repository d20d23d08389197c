// Groups as JS makes them, uses and leaves them.
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <algorithm>
#include <numeric>

#include "failed_collectives.h"
#include "file_store.h"
#include "generation.h"
#include "group.h"
#include "process_group.h"

namespace notebooster {
namespace {

using std::chrono::milliseconds;

/* "file:///path" for the ranks of one host, "tcp://host:port" (rank 0 serves) between hosts. */
c10::intrusive_ptr<c10d::Store> make_store(const std::string& url, int rank, int size, milliseconds timeout) {
  if (url.rfind("file://", 0) == 0) return c10::make_intrusive<FileStore>(url.substr(7), size, timeout);
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

using GroupPointer = c10::intrusive_ptr<Group>;

/* { rendezvous, name, backend, rank, size, timeoutMs, joinTimeoutMs, host } */
std::unique_ptr<GroupHandle> create_group(Napi::Object options) {
  const auto number = [&](const char* name) { return field<int64_t>(options, name); };
  const auto text = [&](const char* name) { return field<std::string>(options, name); };
  auto group = c10::make_intrusive<Group>();
  group->rank = static_cast<int>(number("rank"));
  group->ranks.resize(static_cast<size_t>(number("size")));
  std::iota(group->ranks.begin(), group->ranks.end(), 0);
  group->timeout = milliseconds(number("timeoutMs"));
  group->join_timeout = milliseconds(number("joinTimeoutMs"));
  group->host = text("host");
  group->name = text("name");
  group->backend = text("backend");
  group->rendezvous = make_store(text("rendezvous"), group->rank, group->size(), group->join_timeout);
  return std::make_unique<GroupHandle>(std::move(group));
}

/* Members are ranks within the parent, ascending; called by these alone. */
std::unique_ptr<GroupHandle> create_subgroup(const GroupPointer& parent, const std::vector<int64_t>& members, const std::string& name) {
  const auto own = std::find(members.begin(), members.end(), parent->rank);
  if (own == members.end()) throw UserError("a rank outside of a sub-group cannot make it");
  auto group = c10::make_intrusive<Group>();
  for (const int64_t member : members) group->ranks.push_back(parent->ranks.at(static_cast<size_t>(member)));
  group->rank = static_cast<int>(own - members.begin());
  group->timeout = parent->timeout;
  group->join_timeout = parent->join_timeout;
  group->host = parent->host;
  group->name = name;
  group->backend = parent->backend;
  group->rendezvous = parent->rendezvous;
  return std::make_unique<GroupHandle>(std::move(group));
}

/* Collectives under way end at once; later calls throw. */
void abort_group(const GroupPointer& group) {
  const auto& communicator = group->communicator();
  communicator->abort("it was aborted on this rank");
  communicator->watch->tell();
}

/* Global ranks that were missing when a collective last failed. */
std::vector<uint64_t> missing_ranks(const GroupPointer& group) {
  const auto& communicator = group->last_communicator();
  const bool is_known = communicator && !communicator->is_closed();
  return is_known ? communicator->watch->missing_ranks() : std::vector<uint64_t>();
}

}  // namespace

void export_groups(Napi::Object exports) {
  bind<create_group>(exports, "createProcessGroup");
  bind<create_subgroup>(exports, "createSubgroup");
  bind<abort_group>(exports, "abortGroup");
  bind<leave_groups>(exports, "leaveGroups");
  bind<missing_ranks>(exports, "missingRanks");
  export_failed_collectives(exports);
  export_generations(exports);
}

void export_process_groups(Napi::Object exports) {
  export_groups(exports);
  export_collectives(exports);
  export_transfers(exports);
  export_tensor_parallel(exports);
}

}  // namespace notebooster
