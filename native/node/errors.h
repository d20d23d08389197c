// How C++ exceptions become JS errors at the border between bindings and V8, which no exception ever crosses.
#pragma once
#include <napi.h>

#include <functional>
#include <span>
#include <stdexcept>
#include <string>

namespace notebooster {

/* A message for the person; becomes a JS Error with the given `code`. */
struct UserError : std::runtime_error {
  const char* code;
  explicit UserError(const std::string& message, const char* code = nullptr) : std::runtime_error(message), code(code) {}
};

/* Code of the errors that src/cluster/ turns into a CollectiveError. */
constexpr const char* kCollectiveFailed = "ERR_COLLECTIVE";

/* V8 ended the JavaScript that C++ had called, as at an interrupt, and goes on to end what called C++. Until then no value can be
   thrown or made with properties: a Napi::Error of it would abort the process, and another error would take its place. No
   std::exception: who answers errors has nothing to answer here. */
struct Terminated {};

/* Leaves the current C++ exception pending as a JS exception. Call only inside a catch block. */
void rethrow_as_js(napi_env env) noexcept;

using Again = std::function<napi_value()>;

/* As rethrow_as_js; but when memory ran out, frees what can be freed and, given one, calls `again` once. Only functions
   that leave nothing half done when they throw may be called again. See memory/out_of_memory.cc. */
napi_value rethrow_or_retry(napi_env env, std::span<const napi_value> arguments, const Again& again) noexcept;

}  // namespace notebooster
