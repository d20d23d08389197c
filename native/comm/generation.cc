#include "generation.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "communicator.h"

namespace notebooster {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{1};
constexpr milliseconds kLongestPause{20};

struct State {
  std::mutex mutex;
  std::condition_variable ended;
  int64_t used = 0;
  int64_t over = -1;  // this generation and those before it
  std::string why;
  std::vector<std::weak_ptr<Communicator>> communicators;
  std::mutex aborting;  // held until the communicators of a generation are aborted
};

State& state() {  // never destroyed: the thread that reads the pipe goes on to the end of the process
  static auto* the_state = new State;
  return *the_state;
}

std::string why_over(int64_t generation) {
  std::lock_guard lock(state().mutex);
  return generation <= state().over ? state().why : std::string();
}

UserError given_up(const std::string& why) {
  return UserError("the connections between the ranks were given up: " + why + "; the next cell makes new ones", kGivenUp);
}

std::vector<std::shared_ptr<Communicator>> living_communicators() {
  std::lock_guard lock(state().mutex);
  std::vector<std::shared_ptr<Communicator>> living;
  std::erase_if(state().communicators, [&](const std::weak_ptr<Communicator>& weak) {
    std::shared_ptr<Communicator> communicator = weak.lock();
    if (!communicator || communicator->is_closed()) return true;
    living.push_back(std::move(communicator));
    return false;
  });
  return living;
}

/* One thread each: NCCL frees the memory of a communicator, for which CUDA may wait until the GPU is idle, which it never is
   while a collective of another one waits for a rank that will not come. */
void abort_together(const std::vector<std::shared_ptr<Communicator>>& communicators, const std::string& why) {
  std::vector<std::future<void>> aborts;  // their destructors wait
  for (const auto& communicator : communicators)
    aborts.push_back(std::async(std::launch::async, [&communicator, &why] { communicator->abort(why); }));
}

void end_generation(int64_t generation, const std::string& why) {
  State& now = state();
  std::lock_guard one_at_a_time(now.aborting);
  {
    std::lock_guard lock(now.mutex);
    if (generation <= now.over) return;
    now.over = generation;
    now.why = why;
  }
  now.ended.notify_all();
  auto ending = living_communicators();
  std::erase_if(ending, [&](const auto& communicator) { return communicator->generation > generation; });
  abort_together(ending, why);
}

/* A line is a generation's number, a space, and why it is over. */
void obey(const std::string& line) {
  const size_t space = line.find(' ');
  if (space == std::string::npos) return;
  end_generation(std::stoll(line), line.substr(space + 1));
}

void read_lines(int fd) {
  std::string text;
  char bytes[4096];
  for (;;) {
    pollfd waiting{fd, POLLIN, 0};
    if (::poll(&waiting, 1, -1) < 0 && errno != EINTR) return;
    const ssize_t count = ::read(fd, bytes, sizeof bytes);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return;
    if (count > 0) text.append(bytes, static_cast<size_t>(count));
    for (size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) obey(text.substr(0, end));
  }
}

/* A thread obeys the lines that come there, as long as the process lives. */
void listen_for_ends(int64_t fd) { std::thread(read_lines, static_cast<int>(fd)).detach(); }

/* Those before it are over, whether or not the pipe has said so yet. */
void use_generation(int64_t generation) {
  end_generation(generation - 1, "an earlier cell failed");
  close_failed_communicators();
  std::lock_guard lock(state().mutex);
  state().used = std::max(state().used, generation);
}

}  // namespace

int64_t usable_generation() {
  State& now = state();
  std::lock_guard lock(now.mutex);
  if (now.used <= now.over) throw given_up(now.why);
  return now.used;
}

void require_generation(int64_t generation) {
  if (const std::string why = why_over(generation); !why.empty()) throw given_up(why);
}

void end_with_generation(const std::shared_ptr<Communicator>& communicator) {
  {
    std::lock_guard lock(state().mutex);
    state().communicators.push_back(communicator);
  }
  if (const std::string why = why_over(communicator->generation); !why.empty()) communicator->abort(why);
}

void close_failed_communicators() {
  std::lock_guard not_while_aborting(state().aborting);
  for (const auto& communicator : living_communicators())
    if (!communicator->given_up().empty() || communicator->watch->has_failed()) communicator->close();
}

void publish_last_collectives() {
  for (const auto& communicator : living_communicators()) communicator->watch->publish_last();
}

bool wait_for_keys(c10d::Store& store, const std::vector<std::string>& keys, milliseconds timeout, int64_t generation) {
  const auto end = std::chrono::steady_clock::now() + timeout;
  State& now = state();
  for (milliseconds pause = kFirstPause; !store.check(keys); pause = std::min(2 * pause, kLongestPause)) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::unique_lock lock(now.mutex);
    if (now.ended.wait_for(lock, pause, [&] { return generation <= now.over; })) throw given_up(now.why);
  }
  return true;
}

void export_generations(Napi::Object exports) {
  bind<listen_for_ends>(exports, "listenForEnds");
  bind<use_generation>(exports, "useGeneration");
}

}  // namespace notebooster
