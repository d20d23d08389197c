#include "rank_watch.h"

#include <iostream>

#include "failed_collectives.h"

namespace notebooster {
namespace {

constexpr std::chrono::milliseconds kTick{200};
constexpr auto kSettling = 3 * kTick;  // until what the others entered last is in the store
/* NCCL: until c10d's watchdog has seen the timeout (0.1 s), aborted (0.4 s and the communicator's own time) and told. */
constexpr auto kAborting = 6 * kTick;

std::string words_for(const Agreement::Mark& place) {
  if (place.number == 0) return "no collective so far";
  return place.text + ", number " + std::to_string(place.number);
}

}  // namespace

RankWatch::RankWatch(std::shared_ptr<Agreement> agreement, c10::intrusive_ptr<c10d::Backend> backend, std::vector<uint64_t> ranks)
    : agreement_(std::move(agreement)),
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

void RankWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, kTick, [this] { return stop_ || is_given_up_; })) {
    lock.unlock();
    try {
      agreement_->publish();
      if (look_for_difference() || (has_watchdog_ && look_for_failure())) return;
    } catch (const std::exception&) {
      return;  // the store went away with the rank that serves it: collectives will say so, there is nobody to write to
    }
    lock.lock();
  }
}

void RankWatch::publish_last() {
  if (is_given_up_within({})) return;
  try {
    agreement_->publish();
  } catch (const std::exception&) {
    // The rank that serves the store has ended: nobody reads there any more.
  }
}

/* Calls that differ may hang or give garbage: they are ended. */
bool RankWatch::look_for_difference() {
  agreement_->compare();
  const std::string text = agreement_->difference();
  if (text.empty()) return false;
  fail(text);  // first: aborting sets the transport's error
  backend_->abort();
  return true;
}

bool RankWatch::look_for_failure() {
  if (backend_->getError() == c10d::ErrorType::SUCCESS) return false;
  std::lock_guard one_at_a_time(looking_);
  if (!failure().empty()) return true;
  const Missing missing = find_missing();
  if (is_given_up_within({})) return true;
  const Agreement::Mark last = agreement_->last();
  const std::string text =
      last.text + " (number " + std::to_string(last.number) + ") did not complete and was aborted; " + missing.sentence;
  fail(text);
  // The JS thread may be waiting for the GPU: this reaches the person first.
  std::cerr << "notebooster: " << text << std::endl;
  return true;
}

RankWatch::Missing RankWatch::find_missing() {
  if (is_given_up_within(kSettling)) return {};
  const Agreement::Mark here = agreement_->last();
  Missing missing;
  try {
    agreement_->publish();
    for (size_t rank = 0; rank < ranks_.size(); ++rank) {
      if (static_cast<int>(rank) == backend_->getRank()) continue;
      const Agreement::Mark place = agreement_->published_by(rank);
      const std::string who = (missing.sentence.empty() ? "rank " : ", rank ") + std::to_string(ranks_[rank]);
      if (place.number < here.number) {
        missing.ranks.push_back(ranks_[rank]);
        missing.sentence += who + " never entered it (its last: " + words_for(place) + ")";
      } else if (place.number == here.number && place.running != here.running) {
        missing.ranks.push_back(ranks_[rank]);
        missing.sentence += who + " entered " + place.text + " instead";
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
  return is_told_ ? std::string() : failure_;
}

bool RankWatch::has_failed() {
  return !failure().empty() || (has_watchdog_ && backend_->getError() != c10d::ErrorType::SUCCESS);
}

std::vector<uint64_t> RankWatch::missing_ranks() {
  std::lock_guard lock(mutex_);
  return missing_;
}

}  // namespace notebooster
