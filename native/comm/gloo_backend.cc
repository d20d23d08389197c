#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <gloo/transport/tcp/pair.h>

#include "backends.h"

namespace notebooster {
namespace {

/* c10d cannot end what Gloo has under way. Gloo can, and does when a wait times out: it marks the connection to each peer
   as failed, which wakes those who wait for it on both sides. The tag that goes with each collective is a counter there. */
class TaggedGloo : public c10d::ProcessGroupGloo {
 public:
  using ProcessGroupGloo::ProcessGroupGloo;

  void tag_next_collective(uint32_t tag) { collectiveCounter_ = tag; }

  void abort() override {
    for (const auto& context : contexts_)
      for (int peer = 0; peer < getSize(); ++peer)
        if (peer != getRank())
          reinterpret_cast<gloo::transport::tcp::Pair*>(context->getPair(peer).get())->signalExceptionExternal("aborted");
  }
};

constexpr std::chrono::milliseconds kLook{50};

bool ends_within(std::chrono::milliseconds time, c10d::Work& work) {
  try {
    return work.wait(time);
  } catch (const std::exception&) {
    return work.isCompleted();
  }
}

}  // namespace

c10::intrusive_ptr<c10d::Backend> make_gloo(const GroupOptions& options) {
  auto gloo = c10d::ProcessGroupGloo::Options::create(options.timeout);
  // Sockets listen on this address alone: loopback unless ranks span hosts.
  gloo->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(options.host));
  return c10::make_intrusive<TaggedGloo>(options.store, options.rank, options.size, gloo);
}

/* Not for sends and receives alone: a wait for them that ends breaks their connection. */
bool wait_unless(const std::function<bool()>& is_given_up, c10d::Work& work) {
  const bool is_collective = dynamic_cast<c10d::ProcessGroupGloo::AsyncWork*>(&work);
  while (is_collective && !ends_within(kLook, work))
    if (is_given_up()) return false;
  work.wait();
  return true;
}

void tag_next_collective(c10d::Backend& gloo, uint32_t tag) { static_cast<TaggedGloo&>(gloo).tag_next_collective(tag); }

}  // namespace notebooster
