// In debug builds (NOTEBOOSTER_ABORT_ON_STALE_HANDLE) the use of a freed tensor says what freed it, and ends the process.
#pragma once
#ifdef NOTEBOOSTER_ABORT_ON_STALE_HANDLE
#include <cstdlib>
#include <iostream>

#include "../node/values.h"
#include "describe.h"

namespace notebooster {

struct FreedNote {
  std::string text;
  void write(const at::Tensor& tensor, const char* by) { text = describe(tensor) + ", freed " + by; }
};

[[noreturn]] inline void abort_on_stale(Napi::Env env, const FreedNote& note) {
  const auto stack = field<std::string>(Napi::Error::New(env, "use").Value(), "stack");
  std::cerr << "notebooster: use of a freed tensor: " << note.text << "\nused at\n" << stack << std::endl;
  std::abort();
}

}  // namespace notebooster
#else
#include <ATen/core/Tensor.h>

namespace notebooster {

struct FreedNote {
  void write(const at::Tensor&, const char*) {}
};

}  // namespace notebooster
#endif
