// The arguments and results of one operator call, in memory that JavaScript and the addon share: writing them costs no
// Node-API calls. src/tensor/frame.ts is the other side. Slot i has a head (what it holds, and the keyword it was given under)
// and a value; the slots from kListsBegin on hold lists: a length, then the items.
#pragma once
#include <ATen/core/Tensor.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../node/bindings.h"

namespace notebooster {

/* What a slot holds, one bit each; the head of a list has the bits of its items as well, a list among them counting as
   kOther. The same numbers are in src/tensor/frame.ts. */
enum Kind : uint32_t {
  kTensor = 1 << 0,     // a handle
  kInteger = 1 << 1,    // a number without a fraction, infinities included
  kFraction = 1 << 2,   // any other number
  kBigInt = 1 << 3,     // the value's 64 bits
  kBool = 1 << 4,       // 0 or 1
  kText = 1 << 5,       // number of an interned text
  kNull = 1 << 6,
  kUndefined = 1 << 7,
  kGenerator = 1 << 8,  // given to callOperator beside the frame
  kOther = 1 << 9,      // what no operator takes: number of the text that describes it
  kList = 1 << 10,      // slot of its length
  kArgument = 1 << 11,  // of a result: the slot of the argument that it is
  kSlice = 1 << 12,     // of an index: where its start, end and step are, as the items of a list
};

constexpr uint32_t kKindBits = 13;
constexpr uint32_t kListsBegin = 32;  // more than any operator has arguments or results

struct Text {
  std::string text;
  /* What it stands for as an integer argument: a dtype, layout, memory format or reduction. */
  std::optional<int64_t> number;
};

struct Frame {
  napi_env env = nullptr;
  double* values = nullptr;
  uint32_t* heads = nullptr;
  uint32_t capacity = 0;
  uint32_t count = 0;  // arguments of the call that runs, or of the last one that failed
  napi_value generator = nullptr;
};
extern Frame frame;

/* One slot. */
struct Value {
  uint32_t slot;

  uint32_t head() const { return frame.heads[slot]; }
  uint32_t kinds() const { return head() & ((1U << kKindBits) - 1); }
  bool is(uint32_t kind) const { return (head() & kind) != 0; }
  bool is_nullish() const { return is(kNull | kUndefined) && !is(kList); }
  double number() const { return frame.values[slot]; }
  int64_t bigint() const { return reinterpret_cast<const int64_t*>(frame.values)[slot]; }
  /* Throws when it was freed. */
  const at::Tensor& tensor() const;
  const Text& text() const;
  uint32_t size() const { return static_cast<uint32_t>(frame.values[static_cast<uint32_t>(number())]); }
  Value item(uint32_t index) const { return {static_cast<uint32_t>(number()) + 1 + index}; }
  /* The name of its keyword; nullptr when it is positional. */
  const std::string* keyword() const;
};

inline void put(uint32_t slot, uint32_t kind, double value = 0) {
  frame.heads[slot] = kind;
  frame.values[slot] = value;
}

/* Makes room for a list in a slot; returns where its items go. `next` is the first free slot and moves on. */
uint32_t put_list(uint32_t slot, size_t size, uint32_t& next);

double intern(std::string_view text);

/* Handles among the arguments of a call that runs or failed. */
std::vector<double> handles_in_frame();

void export_frame(Napi::Object exports);

}  // namespace notebooster
