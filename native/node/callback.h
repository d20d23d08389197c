// A function of JavaScript that C++ calls.
#pragma once
#include <initializer_list>

#include "values.h"

namespace notebooster {

/* Called on the JS thread only. To be made with `new` and never destroyed: the process may end before it. */
class Callback {
 public:
  void set(Napi::Function function) { function_ = Napi::Persistent(function); }
  bool is_set() const { return !function_.IsEmpty(); }
  Napi::Env env() const { return function_.Env(); }

  /* Throws what the function throws, and Terminated when V8 ends the running code. */
  template <typename... Arguments>
  Napi::Value operator()(const Arguments&... arguments) const {
    return call({to_js(env(), arguments)...});
  }

 private:
  Napi::Value call(std::initializer_list<napi_value> arguments) const;

  Napi::FunctionReference function_;
};

}  // namespace notebooster
