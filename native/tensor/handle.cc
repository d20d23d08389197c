#include "handle.h"

#include <cstring>
#include <utility>
#include <vector>

#include "collector.h"
#ifdef NOTEBOOSTER_ABORT_ON_STALE_HANDLE
#include <cstdlib>
#include <iostream>

#include "convert.h"
#endif

namespace notebooster {
namespace {

constexpr uint32_t kNone = UINT32_MAX;
constexpr uint64_t kIndexBits = 28;  // 268 million live tensors; the other 25 bits of a double count reuse
constexpr uint64_t kIndexMask = (uint64_t{1} << kIndexBits) - 1;
constexpr uint32_t kGenerationMask = (uint32_t{1} << 25) - 1;

#ifdef NOTEBOOSTER_ABORT_ON_STALE_HANDLE
/* What a debug build says about a freed tensor before it aborts. */
struct FreedNote {
  std::string text;
  void write(const at::Tensor& tensor, const char* by) { text = describe(tensor) + ", freed " + by; }
};

[[noreturn]] void abort_on_stale(napi_env env, const FreedNote& note) {
  napi_value error, stack;
  napi_create_error(env, nullptr, from_string(env, "use"), &error);
  napi_get_named_property(env, error, "stack", &stack);
  std::cerr << "notebooster: use of a freed tensor: " << note.text << "\nused at\n" << to_string(env, stack) << std::endl;
  std::abort();
}
#else
struct FreedNote {
  void write(const at::Tensor&, const char*) {}
};
#endif

struct Slot {
  at::Tensor tensor;           // undefined while the slot is free
  uint32_t generation = 1;     // of the tensor that is or was last in it
  uint32_t previous = kNone;   // neighbours in its scope's list; `next` also links the free list
  uint32_t next = kNone;
  uint32_t scope = kNone;      // index of its scope, kNone when the JS object owns it
  napi_ref object = nullptr;   // weak: the JS object that owns the tensor
  FreedNote freed;             // about the tensor that was last in it
};

// Never destroyed: tensors over JS memory must not be released while the process tears Node down.
std::vector<Slot>& slots = *new std::vector<Slot>;
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

uint32_t find_slot(napi_env env, napi_value handle) {
  double number = -1;
  if (handle == nullptr || napi_get_value_double(env, handle, &number) != napi_ok) throw UserError("expected a tensor");
  return find_slot(number);
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

napi_value dispose(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  if (const uint32_t index = find_slot(env, arguments[0]); index != kNone) release(env, index, "by dispose() or by the collector of its JS object");
  return undefined(env);
}

napi_value is_disposed(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_bool(env, find_slot(env, arguments[0]) == kNone);
}

/* openScope() -> depth of the new scope, 1 for an outermost one */
napi_value open_scope(napi_env env, napi_callback_info) {
  scope_heads.push_back(kNone);
  return from_double(env, static_cast<double>(scope_heads.size()));
}

/* closeScope(depth) releases the tensors of that scope and of any left open inside it. */
napi_value close_scope(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  const auto depth = static_cast<size_t>(to_int64(env, arguments[0]));
  if (depth == 0) throw UserError("a scope's depth is at least 1, got 0");
  while (scope_heads.size() >= depth) {
    while (scope_heads.back() != kNone) release(env, scope_heads.back(), "at the end of the scope that made it");
    scope_heads.pop_back();
  }
  return undefined(env);
}

/* keep(handle, depth): moves a tensor out to the scope of that depth, never further in; 0 hands it to its JS object. */
napi_value keep(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const uint32_t index = find_slot(env, arguments[0]);
  const int64_t depth = to_int64(env, arguments[1]);
  if (index == kNone || slots[index].scope == kNone || slots[index].scope < depth) return undefined(env);
  unlink(index);
  if (depth > 0 && static_cast<size_t>(depth) <= scope_heads.size()) link(index, static_cast<uint32_t>(depth - 1));
  return undefined(env);
}

/* What the event loop runs some time after V8 has collected the JS object of a tensor. */
void finalize(napi_env env, void* handle, void*) {
  double number;
  std::memcpy(&number, &handle, sizeof number);
  if (const uint32_t index = find_slot(number); index != kNone) release(env, index, "by the collector of its JS object");
}

/* track(handle, object): from now on the JS object owns the tensor. */
napi_value track(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const double handle = to_double(env, arguments[0]);
  const uint32_t index = find_slot(handle);
  if (index == kNone || slots[index].object) return undefined(env);
  void* data;
  static_assert(sizeof handle == sizeof data);
  std::memcpy(&data, &handle, sizeof data);
  check(env, napi_add_finalizer(env, arguments[1], data, finalize, nullptr, &slots[index].object));
  note_owned(env, handle, slots[index].tensor);
  return undefined(env);
}

bool is_collected(napi_env env, const Slot& slot) {
  if (!slot.object) return false;
  napi_handle_scope handles;
  napi_value object = nullptr;
  check(env, napi_open_handle_scope(env, &handles));
  const napi_status status = napi_get_reference_value(env, slot.object, &object);
  check(env, napi_close_handle_scope(env, handles));
  return status == napi_ok && object == nullptr;
}

/* releaseUnowned() -> how many tensors were released that neither a scope nor a JS object owns: those that JavaScript was
   about to wrap when it was ended from outside. To be called while no function of ours is on the stack. */
napi_value release_unowned(napi_env env, napi_callback_info) {
  double count = 0;
  for (uint32_t index = 0; index < slots.size(); ++index) {
    const Slot& slot = slots[index];
    if (!slot.tensor.defined() || slot.scope != kNone || slot.object) continue;
    release(env, index, "after the code that made it was ended");
    ++count;
  }
  return from_double(env, count);
}

napi_value num_live(napi_env env, napi_callback_info) {
  return from_double(env, static_cast<double>(live_tensors));
}

}  // namespace

double store(at::Tensor tensor) {
  uint32_t index = first_free;
  if (index == kNone) {
    index = static_cast<uint32_t>(slots.size());
    slots.emplace_back();
  } else {
    first_free = slots[index].next;
    slots[index].next = kNone;
  }
  slots[index].tensor = std::move(tensor);
  ++live_tensors;
  if (!scope_heads.empty()) link(index, static_cast<uint32_t>(scope_heads.size() - 1));
  return handle_for(index);
}

napi_value wrap(napi_env env, at::Tensor tensor) {
  return tensor.defined() ? from_double(env, store(std::move(tensor))) : null(env);
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

const at::Tensor& unwrap(napi_env env, napi_value handle) {
  double number = -1;
  if (handle == nullptr || napi_get_value_double(env, handle, &number) != napi_ok) throw UserError("expected a tensor");
  return unwrap(env, number);
}

void for_each_live(const std::function<void(const LiveTensor&)>& visit) {
  for (uint32_t index = 0; index < slots.size(); ++index) {
    const Slot& slot = slots[index];
    if (slot.tensor.defined()) visit({handle_for(index), slot.tensor, slot.scope == kNone ? 0 : int64_t{slot.scope} + 1});
  }
}

Held release_if_collected(napi_env env, double handle) {
  const uint32_t index = find_slot(handle);
  if (index == kNone) return Held::kGone;
  if (!is_collected(env, slots[index])) return Held::kAlive;
  release(env, index, "by the collector of its JS object");
  return Held::kGone;
}

void export_handles(napi_env env, napi_value exports) {
  export_guarded<dispose>(env, exports, "dispose");
  export_guarded<is_disposed>(env, exports, "isDisposed");
  export_guarded<open_scope>(env, exports, "openScope");
  export_guarded<close_scope>(env, exports, "closeScope");
  export_guarded<keep>(env, exports, "keep");
  export_guarded<track>(env, exports, "track");
  export_guarded<release_unowned>(env, exports, "releaseUnowned");
  export_guarded<num_live>(env, exports, "numLiveTensors");
}

}  // namespace notebooster
