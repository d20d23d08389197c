#include "communicator.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>

#include <thread>

#include "../node/errors.h"
#include "backends.h"

namespace notebooster {
namespace {

c10::intrusive_ptr<c10d::Backend> make_backend(const std::string& name, const GroupOptions& options) {
  if (name == "gloo") return make_gloo(options);
#ifdef NOTEBOOSTER_NCCL
  if (name == "nccl") return make_nccl(options);
#endif
  throw UserError("there is no backend \"" + name + "\" in this build of libtorch");
}

/* Gloo waits for what it has under way. A message that it was writing when the other side closed it waits for as long as a
   collective may take, whatever was aborted: that must not keep the JS thread. */
void release(c10::intrusive_ptr<c10d::Backend> backend) {
  if (backend->getBackendName() == "gloo") std::thread([held = std::move(backend)]() mutable { held.reset(); }).detach();
}

}  // namespace

Communicator::Communicator(const std::string& name, const GroupOptions& options, int64_t generation)
    : generation(generation),
      store(options.store),
      agreement(std::make_shared<Agreement>(c10::make_intrusive<c10d::PrefixStore>("calls", options.store), options.name,
                                            options.global_ranks, static_cast<size_t>(options.rank))),
      backend(make_backend(name, options)),
      watch(std::make_unique<RankWatch>(agreement, backend, options.global_ranks)) {}

Communicator::~Communicator() = default;

void Communicator::abort(const std::string& why) {
  {
    std::lock_guard lock(mutex_);
    if (!given_up_.empty()) return;
    given_up_ = why;
  }
  watch->give_up("the connections between the ranks were given up: " + why);
  backend->abort();
}

void Communicator::close() {
  watch.reset();
  release(std::move(backend));  // ends the threads of NCCL's watchdog
}

std::string Communicator::given_up() const {
  std::lock_guard lock(mutex_);
  return given_up_;
}

}  // namespace notebooster
