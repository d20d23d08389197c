#include "rank_watch.h"

#include <iostream>

#include "failed_collectives.h"

namespace notebooster {
namespace {

constexpr std::chrono::milliseconds kTick{200};
constexpr auto kSettling = 3 * kTick;  // until what the others entered last is in the store
/* NCCL: until c10d's watchdog has seen the timeout (0.1 s), aborted (0.4 s and the communicator's own time) and told. */
constexpr auto kAborting = 6 * kTick;

std::string key(uint64_t rank) { return "entered/" + std::to_string(rank); }

std::string describe(const RankWatch::Place& place) {
  if (place.number == 0) return "no collective so far";
  return place.operation + ", number " + std::to_string(place.number);
}

}  // namespace

RankWatch::RankWatch(c10::intrusive_ptr<c10d::Store> store, c10::intrusive_ptr<c10d::Backend> backend,
                     std::vector<uint64_t> ranks)
    : store_(std::move(store)),
      backend_(std::move(backend)),
      ranks_(std::move(ranks)),
      has_watchdog_(backend_->getBackendName() == "nccl"),
      thread_([this] { run(); }) {
  if (has_watchdog_) tell_failures_of(this);
}

RankWatch::~RankWatch() {
  if (has_watchdog_) forget_failures_of(this);
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  thread_.join();
  publish_last();
}

std::chrono::milliseconds RankWatch::time_to_report(bool is_nccl) {
  return kSettling + 2 * kTick + (is_nccl ? kAborting : std::chrono::milliseconds{0});
}

int64_t RankWatch::enter(const char* operation) {
  operation_ = operation;
  return ++number_;
}

void RankWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, kTick, [this] { return stop_ || is_given_up_; })) {
    lock.unlock();
    try {
      publish();
      if (has_watchdog_ && look_for_failure()) return;
    } catch (const std::exception&) {
      return;  // the store went away with the rank that serves it: collectives will say so, there is nobody to write to
    }
    lock.lock();
  }
}

void RankWatch::publish() {
  std::lock_guard one_at_a_time(publishing_);  // or an older number could be written last
  const int64_t number = number_;
  if (number == published_) return;
  const std::string text = std::to_string(number) + ' ' + operation_.load();
  store_->set(key(ranks_[static_cast<size_t>(backend_->getRank())]), std::vector<uint8_t>(text.begin(), text.end()));
  published_ = number;
}

void RankWatch::publish_last() {
  if (is_given_up_within({})) return;
  try {
    publish();
  } catch (const std::exception&) {
    // The rank that serves the store has ended: nobody reads there any more.
  }
}

bool RankWatch::look_for_failure() {
  if (backend_->getError() == c10d::ErrorType::SUCCESS) return false;
  std::lock_guard one_at_a_time(looking_);
  if (!failure().empty()) return true;
  const Missing missing = find_missing();
  if (is_given_up_within({})) return true;
  const std::string text = std::string(operation_.load()) + " (number " + std::to_string(number_) +
                           ") did not complete and was aborted; " + missing.sentence;
  fail(text);
  // The JS thread may be waiting for the GPU: this reaches the person first.
  std::cerr << "notebooster: " << text << std::endl;
  return true;
}

RankWatch::Place RankWatch::place_of(size_t rank) {
  const std::string name = key(ranks_[rank]);
  if (!store_->check({name})) return {};
  const std::vector<uint8_t> bytes = store_->get(name);
  const std::string text(bytes.begin(), bytes.end());
  const size_t space = text.find(' ');
  return {std::stoll(text.substr(0, space)), text.substr(space + 1)};
}

RankWatch::Missing RankWatch::find_missing() {
  if (is_given_up_within(kSettling)) return {};
  const int64_t here = number_;
  const std::string operation = operation_.load();
  Missing missing;
  try {
    publish();
    for (size_t rank = 0; rank < ranks_.size(); ++rank) {
      if (static_cast<int>(rank) == backend_->getRank()) continue;
      const Place place = place_of(rank);
      const std::string who = (missing.sentence.empty() ? "rank " : ", rank ") + std::to_string(ranks_[rank]);
      if (place.number < here) {
        missing.ranks.push_back(ranks_[rank]);
        missing.sentence += who + " never entered it (its last: " + describe(place) + ")";
      } else if (place.number == here && place.operation != operation) {
        missing.ranks.push_back(ranks_[rank]);
        missing.sentence += who + " entered " + place.operation + " instead";
      }
    }
  } catch (const std::exception&) {
    missing.sentence = "the store that the ranks met at no longer answers: the rank that serves it (0) has ended";
  }
  if (missing.sentence.empty()) missing.sentence = "all ranks entered it; a connection failed or the time was too short";
  std::lock_guard lock(mutex_);
  missing_ = missing.ranks;
  return missing;
}

void RankWatch::give_up(const std::string& text) {
  {
    std::lock_guard lock(mutex_);
    if (failure_.empty()) failure_ = text;
    is_given_up_ = true;
  }
  stopping_.notify_all();
}

bool RankWatch::is_given_up_within(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return stopping_.wait_for(lock, time, [this] { return is_given_up_; });
}

void RankWatch::fail(const std::string& text) {
  std::lock_guard lock(mutex_);
  if (failure_.empty()) failure_ = text;
}

std::string RankWatch::failure() {
  std::lock_guard lock(mutex_);
  return failure_;
}

std::string RankWatch::tell() {
  if (has_watchdog_) look_for_failure();
  std::lock_guard lock(mutex_);
  if (!failure_.empty()) is_told_ = true;
  return failure_;
}

void RankWatch::told(const std::string& text) {
  if (!has_watchdog_) return;
  std::lock_guard lock(mutex_);
  if (failure_.empty()) failure_ = text;
  is_told_ = true;
}

std::string RankWatch::untold_failure() {
  look_for_failure();
  std::lock_guard lock(mutex_);
  return std::exchange(is_told_, is_told_ || !failure_.empty()) ? std::string() : failure_;
}

bool RankWatch::has_failed() {
  return !failure().empty() || (has_watchdog_ && backend_->getError() != c10d::ErrorType::SUCCESS);
}

std::vector<uint64_t> RankWatch::missing_ranks() {
  std::lock_guard lock(mutex_);
  return missing_;
}

}  // namespace notebooster
