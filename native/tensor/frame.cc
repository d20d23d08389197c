#include "frame.h"

#include <cstring>
#include <unordered_map>

#include "handle.h"
#include "names.h"

namespace notebooster {

Frame frame;

namespace {

std::vector<Text>& texts = *new std::vector<Text>;
std::unordered_map<std::string, uint32_t>& ids = *new std::unordered_map<std::string, uint32_t>;
napi_ref on_move = nullptr;  // JS: (memory: ArrayBuffer) => void
napi_ref memory = nullptr;

/* Moves the frame to memory of this many slots and tells JS. */
void resize(uint32_t capacity) {
  napi_value buffer, callback;
  void* data = nullptr;
  check(frame.env, napi_create_arraybuffer(frame.env, capacity * (sizeof(double) + sizeof(uint32_t)), &data, &buffer));
  auto* values = static_cast<double*>(data);
  auto* heads = reinterpret_cast<uint32_t*>(values + capacity);
  if (frame.capacity > 0) {
    std::memcpy(values, frame.values, frame.capacity * sizeof(double));
    std::memcpy(heads, frame.heads, frame.capacity * sizeof(uint32_t));
    check(frame.env, napi_delete_reference(frame.env, memory));
  }
  check(frame.env, napi_create_reference(frame.env, buffer, 1, &memory));
  frame.values = values;
  frame.heads = heads;
  frame.capacity = capacity;
  check(frame.env, napi_get_reference_value(frame.env, on_move, &callback));
  check(frame.env, napi_call_function(frame.env, undefined(frame.env), callback, 1, &buffer, nullptr));
}

/* onFrame((memory) => void, slots): calls back with the memory now, and whenever it moves. */
napi_value on_frame(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  frame.env = env;
  check(env, napi_create_reference(env, arguments[0], 1, &on_move));
  resize(static_cast<uint32_t>(to_int64(env, arguments[1])));
  return undefined(env);
}

/* growFrame(slots): what is in it stays. */
napi_value grow_frame(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const int64_t slots = to_int64(env, arguments[0]);
  if (slots > UINT32_MAX / 16) throw UserError("a list of " + std::to_string(slots) + " items is too long for an operator");
  if (slots > frame.capacity) resize(static_cast<uint32_t>(slots));
  return undefined(env);
}

/* internText(text) -> number */
napi_value intern_text(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_double(env, intern(to_string(env, arguments[0])));
}

/* internedText(number) -> text */
napi_value interned_text(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_string(env, texts.at(static_cast<size_t>(to_int64(env, arguments[0]))).text);
}

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

void export_frame(napi_env env, napi_value exports) {
  export_guarded<on_frame>(env, exports, "onFrame");
  export_guarded<grow_frame>(env, exports, "growFrame");
  export_guarded<intern_text>(env, exports, "internText");
  export_guarded<interned_text>(env, exports, "internedText");
}

}  // namespace notebooster
