// The addon exchange.node: two names of one file system change places in one step, which Node's fs lacks. It is an addon
// of its own so that who handles files only loads no libtorch. Declared in src/native/exchange.ts.
#include <napi.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include <fcntl.h>

namespace {

/* 0, or the system's errno. */
Napi::Value exchange(const Napi::CallbackInfo& info) {
  const std::string one = info[0].As<Napi::String>();
  const std::string other = info[1].As<Napi::String>();
  const bool is_done = renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
  return Napi::Number::New(info.Env(), is_done ? 0 : errno);
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("exchange", Napi::Function::New<exchange>(env, "exchange"));
  return exports;
}

}  // namespace

NODE_API_MODULE(exchange, init)
