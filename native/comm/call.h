// Calls in which several ranks take part, as this rank made them, and the record by which ranks find the first one that differs.
#pragma once
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace notebooster {

/* FNV-1a: the same on every host, unlike std::hash. */
uint64_t digest(std::string_view text);

/* "float32[2, 3]": what of a tensor must be the same on all ranks, whose devices differ. */
std::string typed_shape(const at::Tensor& tensor);

struct Call {
  std::string text;     // for a person: "allReduce float32[2] sum"
  uint64_t agreed = 0;  // digest of what all ranks that take part must have in common
};

/* Of which everything must be the same on all ranks. `details` are those beyond the tensor. */
Call common_call(const std::string& method, const std::string& details = {});
Call common_call(const std::string& method, const at::Tensor& tensor, const std::string& details = {});

/* The calls that one rank made with the same other ranks, numbered from 1. Only the last few thousand are kept. */
class CallLog {
 public:
  struct Entry {
    Call call;
    uint64_t running = 0;  // digest of this call and all before it
  };

  void add(Call call);
  /* The last one was refused on this rank. */
  void take_back();
  int64_t last() const { return last_; }
  /* Null when it is not kept (any more). */
  const Entry* find(int64_t number) const;
  /* The kept calls up to `number`, a line each: number, digest and text. */
  std::string lines(int64_t number) const;

 private:
  std::deque<Entry> entries_;
  int64_t last_ = 0;
};

}  // namespace notebooster
