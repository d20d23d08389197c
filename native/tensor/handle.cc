#include "handle.h"

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "collector.h"
#include "freed_note.h"

namespace notebooster {
namespace {

constexpr uint32_t kNone = UINT32_MAX;
constexpr uint64_t kIndexBits = 28;  // 268 million live tensors; the other 25 bits of a double count reuse
constexpr uint64_t kIndexMask = (uint64_t{1} << kIndexBits) - 1;
constexpr uint32_t kGenerationMask = (uint32_t{1} << 25) - 1;

struct Slot {
  at::Tensor tensor;           // undefined while the slot is free
  uint32_t generation = 1;     // of the tensor that is or was last in it
  uint32_t previous = kNone;   // neighbours in its scope's list; `next` also links the free list
  uint32_t next = kNone;
  uint32_t scope = kNone;      // index of its scope, kNone when the JS object owns it
  napi_ref object = nullptr;   // weak: the JS object that owns the tensor; node-addon-api would make two of it and its finalizer
  FreedNote freed;             // about the tensor that was last in it
};

/* Grows by blocks, so that a slot stays where it is: who refers to a tensor of the table may store another. */
class Slots {
 public:
  Slot& operator[](uint32_t index) { return blocks_[index >> kBlockBits][index & (kBlockSize - 1)]; }
  uint32_t size() const { return size_; }
  /* The index of a new slot. */
  uint32_t grow() {
    if (size_ % kBlockSize == 0) blocks_.push_back(std::make_unique<Slot[]>(kBlockSize));
    return size_++;
  }

 private:
  static constexpr uint32_t kBlockBits = 12, kBlockSize = 1 << kBlockBits;
  std::vector<std::unique_ptr<Slot[]>> blocks_;
  uint32_t size_ = 0;
};

// Never destroyed: tensors over JS memory must not be released while the process tears Node down.
Slots& slots = *new Slots;
std::vector<uint32_t> scope_heads;  // innermost last: first slot of each scope's list
uint32_t first_free = kNone;
int64_t live_tensors = 0;

double handle_for(uint32_t index) {
  return static_cast<double>((static_cast<uint64_t>(slots[index].generation) << kIndexBits) | index);
}

/* The slot a handle names, or kNone when it has been released since. */
uint32_t find_slot(double handle) {
  if (!(handle >= 0)) throw UserError("expected a tensor");
  const auto bits = static_cast<uint64_t>(handle);
  const auto index = static_cast<uint32_t>(bits & kIndexMask);
  if (index >= slots.size()) throw UserError("expected a tensor");
  return slots[index].generation == bits >> kIndexBits && slots[index].tensor.defined() ? index : kNone;
}

void unlink(uint32_t index) {
  Slot& slot = slots[index];
  if (slot.scope == kNone) return;
  if (slot.previous != kNone) slots[slot.previous].next = slot.next;
  else scope_heads[slot.scope] = slot.next;
  if (slot.next != kNone) slots[slot.next].previous = slot.previous;
  slot.previous = slot.next = slot.scope = kNone;
}

void link(uint32_t index, uint32_t scope) {
  Slot& slot = slots[index];
  slot.scope = scope;
  slot.previous = kNone;
  slot.next = scope_heads[scope];
  if (slot.next != kNone) slots[slot.next].previous = index;
  scope_heads[scope] = index;
}

/* `by` what: for the note of a debug build. */
void release(napi_env env, uint32_t index, const char* by) {
  unlink(index);
  Slot& slot = slots[index];
  slot.freed.write(slot.tensor, by);
  if (slot.object) napi_delete_reference(env, std::exchange(slot.object, nullptr));
  slot.generation = (slot.generation + 1) & kGenerationMask;
  slot.next = first_free;
  first_free = index;
  --live_tensors;
  // Last, and out of the table: freeing storage may come back to us.
  const at::Tensor released = std::move(slot.tensor);
}

void dispose(Napi::Env env, Handle handle) {
  if (const uint32_t index = find_slot(handle.number); index != kNone) release(env, index, "by dispose() or by the collector of its JS object");
}

bool is_disposed(Handle handle) { return find_slot(handle.number) == kNone; }

/* The depth of the new scope, 1 for an outermost one. */
size_t open_scope() {
  scope_heads.push_back(kNone);
  return scope_heads.size();
}

/* Releases the tensors of the scope of that depth and of any left open inside it. */
void close_scope(Napi::Env env, int64_t given) {
  const auto depth = static_cast<size_t>(given);
  if (depth == 0) throw UserError("a scope's depth is at least 1, got 0");
  while (scope_heads.size() >= depth) {
    while (scope_heads.back() != kNone) release(env, scope_heads.back(), "at the end of the scope that made it");
    scope_heads.pop_back();
  }
}

/* Moves a tensor out to the scope of that depth, never further in; 0 hands it to its JS object. The depth that it was at, or
   `depth` where it stays. */
int64_t keep(Handle handle, int64_t depth) {
  const uint32_t index = find_slot(handle.number);
  if (index == kNone || slots[index].scope == kNone || slots[index].scope < depth) return depth;
  const int64_t before = int64_t{slots[index].scope} + 1;
  unlink(index);
  if (depth > 0 && static_cast<size_t>(depth) <= scope_heads.size()) link(index, static_cast<uint32_t>(depth - 1));
  return before;
}

/* What the event loop runs some time after V8 has collected the JS object of a tensor. */
void finalize(napi_env env, void* handle, void*) {
  double number;
  std::memcpy(&number, &handle, sizeof number);
  if (const uint32_t index = find_slot(number); index != kNone) release(env, index, "by the collector of its JS object");
}

/* From now on the JS object owns the tensor. */
void track(Napi::Env env, Handle handle, Napi::Object object) {
  const uint32_t index = find_slot(handle.number);
  if (index == kNone || slots[index].object) return;
  void* data;
  static_assert(sizeof handle.number == sizeof data);
  std::memcpy(&data, &handle.number, sizeof data);
  const napi_status status = napi_add_finalizer(env, object, data, finalize, nullptr, &slots[index].object);
  NAPI_THROW_IF_FAILED_VOID(env, status);
  note_owned(env, handle.number, slots[index].tensor);
}

bool is_collected(Napi::Env env, const Slot& slot) {
  if (!slot.object) return false;
  const Napi::HandleScope handles(env);
  napi_value object = nullptr;
  return napi_get_reference_value(env, slot.object, &object) == napi_ok && object == nullptr;
}

/* How many tensors were released that neither a scope nor a JS object owns: those that JavaScript was about to wrap when it was
   ended from outside. To be called while no function of ours is on the stack. */
int64_t release_unowned(Napi::Env env) {
  int64_t count = 0;
  for (uint32_t index = 0; index < slots.size(); ++index) {
    const Slot& slot = slots[index];
    if (!slot.tensor.defined() || slot.scope != kNone || slot.object) continue;
    release(env, index, "after the code that made it was ended");
    ++count;
  }
  return count;
}

int64_t num_live() { return live_tensors; }

}  // namespace

double store(at::Tensor tensor) {
  uint32_t index = first_free;
  if (index == kNone) {
    index = slots.grow();
  } else {
    first_free = slots[index].next;
    slots[index].next = kNone;
  }
  slots[index].tensor = std::move(tensor);
  ++live_tensors;
  if (!scope_heads.empty()) link(index, static_cast<uint32_t>(scope_heads.size() - 1));
  return handle_for(index);
}

Napi::Value wrap(Napi::Env env, at::Tensor tensor) {
  return tensor.defined() ? Napi::Value(Napi::Number::New(env, store(std::move(tensor)))) : env.Null();
}

bool is_live(double handle) { return find_slot(handle) != kNone; }

const at::Tensor& unwrap(napi_env env, double handle) {
  const uint32_t index = find_slot(handle);
  if (index != kNone) return slots[index].tensor;
#ifdef NOTEBOOSTER_ABORT_ON_STALE_HANDLE
  abort_on_stale(env, slots[static_cast<uint64_t>(handle) & kIndexMask].freed);
#endif
  throw UserError(
      "this tensor was freed, by dispose() or at the end of the scope or training step that made it; "
      "call keep(tensor) there, or take its numbers with item() or toArray() before");
}

void for_each_live(const std::function<void(const LiveTensor&)>& visit) {
  for (uint32_t index = 0; index < slots.size(); ++index) {
    const Slot& slot = slots[index];
    if (slot.tensor.defined()) visit({handle_for(index), slot.tensor, slot.scope == kNone ? 0 : int64_t{slot.scope} + 1});
  }
}

bool release_if_collected(napi_env env, double handle) {
  const uint32_t index = find_slot(handle);
  if (index == kNone) return true;
  if (!is_collected(env, slots[index])) return false;
  release(env, index, "by the collector of its JS object");
  return true;
}

void export_handles(Napi::Object exports) {
  bind<dispose>(exports, "dispose");
  bind<is_disposed>(exports, "isDisposed");
  bind<open_scope>(exports, "openScope");
  bind<close_scope>(exports, "closeScope");
  bind<keep>(exports, "keep");
  bind<track>(exports, "track");
  bind<release_unowned>(exports, "releaseUnowned");
  bind<num_live>(exports, "numLiveTensors");
}

}  // namespace notebooster
