#include "frame.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "../node/callback.h"
#include "handle.h"
#include "names.h"

namespace notebooster {

Frame frame;

namespace {

std::deque<Text>& texts = *new std::deque<Text>;  // names are referred to while others come
std::unordered_map<std::string, uint32_t>& ids = *new std::unordered_map<std::string, uint32_t>;
Callback& on_move = *new Callback;  // JS: (memory: ArrayBuffer) => void
// Never destroyed: the process may end before.
Napi::Reference<Napi::ArrayBuffer>& memory = *new Napi::Reference<Napi::ArrayBuffer>;

/* Moves the frame to memory of this many slots. JS is told first: if V8 ends the running code there, both sides keep the old one. */
void resize(uint32_t capacity) {
  auto buffer = Napi::ArrayBuffer::New(frame.env, capacity * (sizeof(double) + sizeof(uint32_t)));
  auto* values = static_cast<double*>(buffer.Data());
  auto* heads = reinterpret_cast<uint32_t*>(values + capacity);
  std::copy_n(frame.values, frame.capacity, values);
  std::copy_n(frame.heads, frame.capacity, heads);
  on_move(buffer);
  memory = Napi::Persistent(buffer);
  frame.values = values;
  frame.heads = heads;
  frame.capacity = capacity;
}

/* Calls back with the memory now, and whenever it moves. */
void on_frame(Napi::Function callback, int64_t slots) {
  frame.env = callback.Env();
  on_move.set(callback);
  resize(static_cast<uint32_t>(slots));
}

/* What is in it stays. */
void grow_frame(int64_t slots) {
  if (slots > UINT32_MAX / 16) throw UserError("a list of " + std::to_string(slots) + " items is too long for an operator");
  if (slots > frame.capacity) resize(static_cast<uint32_t>(slots));
}

const std::string& interned_text(int64_t number) { return texts.at(static_cast<size_t>(number)).text; }

}  // namespace

const at::Tensor& Value::tensor() const { return unwrap(frame.env, number()); }

const Text& Value::text() const { return texts[static_cast<size_t>(number())]; }

const std::string* Value::keyword() const {
  const uint32_t id = head() >> kKindBits;
  return id == 0 ? nullptr : &texts[id - 1].text;
}

double intern(std::string_view text) {
  const auto [found, is_new] = ids.try_emplace(std::string(text), static_cast<uint32_t>(texts.size()));
  if (is_new) texts.push_back({found->first, find_named_number(found->first)});
  return found->second;
}

uint32_t put_list(uint32_t slot, size_t size, uint32_t& next) {
  const uint32_t begin = next;
  next += static_cast<uint32_t>(size) + 1;
  if (next > frame.capacity) resize(next * 2);
  put(slot, kList, begin);
  frame.values[begin] = static_cast<double>(size);
  return begin + 1;
}

std::vector<double> handles_in_frame() {
  std::vector<double> handles;
  for (Value value{0}; value.slot < frame.count; ++value.slot) {
    if (!value.is(kTensor)) continue;
    if (!value.is(kList)) handles.push_back(value.number());
    for (uint32_t i = 0; value.is(kList) && i < value.size(); ++i)
      if (value.item(i).is(kTensor)) handles.push_back(value.item(i).number());
  }
  return handles;
}

void export_frame(Napi::Object exports) {
  bind<on_frame>(exports, "onFrame");
  bind<grow_frame>(exports, "growFrame");
  bind<[](const std::string& text) { return intern(text); }>(exports, "internText");
  bind<interned_text>(exports, "internedText");
}

}  // namespace notebooster
