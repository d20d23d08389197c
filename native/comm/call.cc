#include "call.h"

#include <array>

#include "../tensor/describe.h"

namespace notebooster {
namespace {

constexpr size_t kKept = 4096;  // CUDA queues about a thousand collectives ahead

uint64_t chained(uint64_t before, uint64_t next) {
  const std::array<uint64_t, 2> both{before, next};
  return digest({reinterpret_cast<const char*>(both.data()), sizeof both});
}

}  // namespace

uint64_t digest(std::string_view text) {
  uint64_t hash = 0xcbf2'9ce4'8422'2325;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100'0000'01b3;
  return hash;
}

std::string typed_shape(const at::Tensor& tensor) {
  const std::string text = describe(tensor);
  return text.substr(0, text.find(" on "));
}

Call common_call(const std::string& method, const std::string& details) {
  std::string text = details.empty() ? method : method + ' ' + details;
  const uint64_t agreed = digest(text);
  return {std::move(text), agreed};
}

Call common_call(const std::string& method, const at::Tensor& tensor, const std::string& details) {
  return common_call(method, details.empty() ? typed_shape(tensor) : typed_shape(tensor) + ' ' + details);
}

void CallLog::add(Call call) {
  const uint64_t running = chained(entries_.empty() ? 0 : entries_.back().running, call.agreed);
  entries_.push_back({std::move(call), running});
  if (entries_.size() > kKept) entries_.pop_front();
  ++last_;
}

void CallLog::take_back() {
  entries_.pop_back();
  --last_;
}

const CallLog::Entry* CallLog::find(int64_t number) const {
  const int64_t before = last_ - static_cast<int64_t>(entries_.size());
  if (number <= before || number > last_) return nullptr;
  return &entries_[static_cast<size_t>(number - before - 1)];
}

std::string CallLog::lines(int64_t number) const {
  std::string lines;
  for (int64_t i = last_ - static_cast<int64_t>(entries_.size()) + 1; i <= std::min(number, last_); ++i) {
    const Call& call = find(i)->call;
    lines += std::to_string(i) + ' ' + std::to_string(call.agreed) + ' ' + call.text + '\n';
  }
  return lines;
}

}  // namespace notebooster
