#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include "backends.h"

namespace notebooster {

c10::intrusive_ptr<c10d::Backend> make_gloo(const GroupOptions& options) {
  auto gloo = c10d::ProcessGroupGloo::Options::create(options.timeout);
  // Sockets listen on this address alone: loopback unless ranks span hosts.
  gloo->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(options.host));
  return c10::make_intrusive<c10d::ProcessGroupGloo>(options.store, options.rank, options.size, gloo);
}

}  // namespace notebooster
