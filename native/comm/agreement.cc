#include "agreement.h"

#include <chrono>
#include <sstream>
#include <thread>
#include <utility>

namespace notebooster {
namespace {

using std::chrono::milliseconds;

constexpr const char* kVerdict = "difference";
constexpr milliseconds kAnswering{1000};  // within which the others write their calls: their watch threads look every 200 ms
constexpr milliseconds kPause{2};

std::string key(const char* kind, const std::string& stream, size_t rank) {
  return std::string(kind) + '/' + stream + '/' + std::to_string(rank);
}

}  // namespace

Agreement::Agreement(c10::intrusive_ptr<c10d::Store> store, std::string group, std::vector<uint64_t> global_ranks, size_t own)
    : store_(std::move(store)), group_(std::move(group)), global_ranks_(std::move(global_ranks)), own_(own) {
  Stream& all = streams_[kAll];
  for (size_t rank = 0; rank < global_ranks_.size(); ++rank)
    if (rank != own_) all.others.push_back(rank);
}

Agreement::Mark Agreement::enter(Call call) {
  std::lock_guard lock(mutex_);
  Stream& all = streams_[kAll];
  all.log.add(std::move(call));
  return mark_of(all);
}

void Agreement::enter_between(const std::string& stream, size_t peer, Call call) {
  std::lock_guard lock(mutex_);
  Stream& here = streams_[stream];
  here.others = {peer};
  here.log.add(std::move(call));
}

void Agreement::withdraw() {
  std::lock_guard lock(mutex_);
  streams_[kAll].log.take_back();
}

Agreement::Mark Agreement::mark_of(const Stream& stream) {
  const int64_t number = stream.log.last();
  const CallLog::Entry* entry = stream.log.find(number);
  if (!entry) return {};
  return {number, entry->running, stream.difference, entry->call.text};
}

Agreement::Mark Agreement::last() {
  std::lock_guard lock(mutex_);
  return mark_of(streams_[kAll]);
}

void Agreement::publish() {
  std::lock_guard one_at_a_time(publishing_);
  std::map<std::string, Mark> news;
  {
    std::lock_guard lock(mutex_);
    for (auto& [name, stream] : streams_)
      if (std::exchange(stream.published, stream.log.last()) != stream.log.last()) news[name] = mark_of(stream);
  }
  for (const auto& [name, mark] : news) {
    std::ostringstream text;
    text << mark.number << ' ' << mark.running << ' ' << mark.difference << ' ' << mark.text;
    store_->set(key("entered", name, own_), text.str());
  }
}

Agreement::Mark Agreement::read(const std::string& stream, size_t rank) {
  const std::string name = key("entered", stream, rank);
  if (!store_->check({name})) return {};
  std::istringstream text(store_->get_to_str(name));
  Mark mark;
  text >> mark.number >> mark.running >> mark.difference;
  std::getline(text >> std::ws, mark.text);
  return mark;
}

Agreement::Mark Agreement::published_by(size_t rank) { return read(kAll, rank); }

void Agreement::compare() {
  for (const auto& [stream, rank] : unsettled()) compare_with(stream, rank);
}

/* Streams and ranks for which it is not known that they agree up to this rank's last call. */
std::vector<std::pair<std::string, size_t>> Agreement::unsettled() {
  std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, size_t>> found;
  for (auto& [name, stream] : streams_)
    for (const size_t rank : stream.others)
      if (stream.agreed[rank] < stream.log.last()) found.emplace_back(name, rank);
  return found;
}

void Agreement::compare_with(const std::string& name, size_t rank) {
  const Mark theirs = read(name, rank);
  int64_t difference = theirs.difference;
  if (difference == 0) {
    std::lock_guard lock(mutex_);
    Stream& stream = streams_[name];
    std::map<int64_t, uint64_t>& ahead = stream.ahead[rank];
    if (theirs.number > stream.agreed[rank]) ahead[theirs.number] = theirs.running;
    for (; !ahead.empty() && ahead.begin()->first <= stream.log.last(); ahead.erase(ahead.begin())) {
      const auto [number, running] = *ahead.begin();
      const CallLog::Entry* own = stream.log.find(number);
      if (own && own->running != running) difference = number;
      if (difference != 0) break;
      stream.agreed[rank] = number;
    }
  }
  if (difference != 0) settle(name, difference);
}

void Agreement::settle(const std::string& name, int64_t number) {
  std::lock_guard one_at_a_time(settling_);
  if (!difference().empty()) return;
  std::vector<size_t> ranks{own_};
  std::string lines;
  {
    std::lock_guard lock(mutex_);
    Stream& stream = streams_[name];
    stream.difference = number;
    stream.published = 0;  // write it again, with the difference
    ranks.insert(ranks.end(), stream.others.begin(), stream.others.end());
    lines = stream.log.lines(number);
  }
  publish();
  store_->set(key("calls", name, own_), lines);
  const std::string first = store_->compareSet(kVerdict, "", difference_sentence({group_, global_ranks_, own_, histories(name, ranks)}, number));
  std::lock_guard lock(mutex_);
  difference_ = first;
}

/* The calls of those ranks that write them in time. */
std::map<size_t, CallHistory> Agreement::histories(const std::string& stream, const std::vector<size_t>& ranks) {
  const auto end = std::chrono::steady_clock::now() + kAnswering;
  std::map<size_t, CallHistory> found;
  for (const size_t rank : ranks) {
    const std::string name = key("calls", stream, rank);
    while (!store_->check({name}) && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(kPause);
    if (store_->check({name})) found[rank] = parse_calls(store_->get_to_str(name));
  }
  return found;
}

std::string Agreement::difference() {
  std::lock_guard lock(mutex_);
  return difference_;
}

std::string Agreement::difference_of_others() {
  try {
    if (difference().empty() && store_->check({kVerdict})) {
      const std::string found = store_->get_to_str(kVerdict);
      std::lock_guard lock(mutex_);
      difference_ = found;
    }
  } catch (const std::exception&) {
    // The rank that serves the store has ended: there is no more to learn there.
  }
  return difference();
}

}  // namespace notebooster
