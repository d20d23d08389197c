#include "group.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>

#include <algorithm>
#include <future>
#include <numeric>
#include <thread>

#include "backends.h"
#include "generation.h"

namespace notebooster {
namespace {

using std::chrono::milliseconds;

bool is_leaving = false;  // the process ends
constexpr milliseconds kGlance{20};

std::string key_of(uint64_t rank) { return "joined/" + std::to_string(rank); }

/* The global ranks that have not said that they join. */
std::string absent_ranks(c10d::Store& store, const std::vector<uint64_t>& ranks) {
  std::string absent;
  for (const uint64_t rank : ranks)
    if (!store.check({key_of(rank)})) absent += (absent.empty() ? "" : ", ") + std::to_string(rank);
  return absent;
}

std::string reason_of(const std::exception& error) {
  const auto* torch_error = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch_error ? torch_error->what_without_backtrace() : error.what();
  return text.substr(0, text.find('\n'));
}

/* Gloo waits for the addresses of all members, also of one that has come and given up. */
std::shared_ptr<Communicator> connect_beside(const std::string& backend, const GroupOptions& options, int64_t generation) {
  std::packaged_task<std::shared_ptr<Communicator>()> connecting(
      [=] { return std::make_shared<Communicator>(backend, options, generation); });
  auto connected = connecting.get_future();
  std::thread(std::move(connecting)).detach();
  while (connected.wait_for(kGlance) != std::future_status::ready) require_generation(generation);
  return connected.get();
}

}  // namespace

void leave_groups() {
  is_leaving = true;
  publish_last_collectives();
  close_failed_communicators();
}

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
  auto communicator = is_nccl() ? std::make_shared<Communicator>(backend, options, generation) : connect_beside(backend, options, generation);
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
  bool is_over = true;
  try {
    is_over = wait_unless([&] { return !turn.communicator->given_up().empty(); }, work);
  } catch (const std::exception& error) {
    throw failure(turn, reason_of(error));
  }
  if (!is_over) throw failure(turn, "");
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

}  // namespace notebooster
