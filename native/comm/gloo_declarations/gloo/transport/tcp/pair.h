#pragma once
#include <exception>
#include <string>

namespace gloo::transport::tcp {
/* What Context::getPair returns when the device is one of TCP, as createDeviceForHostname's are. */
class Pair {
 public:
  std::exception_ptr signalExceptionExternal(const std::string& message);
};
}  // namespace gloo::transport::tcp
