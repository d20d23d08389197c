#include "chunk.h"

#include <ATen/ops/empty.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/DeviceGuard.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "fast_binding.h"
#include "frame.h"

namespace notebooster {
namespace {

using at::Tensor;
using c10::StorageImpl;

/* libtorch 2.11 has a call that sets this flag and none that clears it. An explicit instantiation may name private members. */
template <auto Flag>
struct ReadingFlag {
  friend bool& refuses_reading(StorageImpl& storage) { return storage.*Flag; }
};
bool& refuses_reading(StorageImpl& storage);
template struct ReadingFlag<&StorageImpl::throw_on_immutable_data_ptr_>;

struct Part {
  std::string name;
  int64_t begin, end;  // elements of the flat tensor
};

class ChunkStorage : public StorageImpl {
 public:
  ChunkStorage(std::string name, size_t bytes, c10::Allocator* allocator)
      : StorageImpl(use_byte_size_t(), static_cast<int64_t>(bytes), allocator->allocate(bytes), allocator, /*resizable=*/false),
        name_(std::move(name)) {}

  bool is_released() const { return is_released_; }
  const at::Storage& lender() const { return lender_; }

  void add(Part part) { parts_.push_back(std::move(part)); }

  void release() {
    release_data_and_set_meta_custom_data_ptr_error_msg_("a parameter of " + name_ + " (" + part_names() + ")" + kWhy);
    const c10::Device place = device();
    set_data_ptr_noswap(c10::DataPtr(nullptr, place));
    lender_ = {};
    is_released_ = true;
  }

  void gather(c10::DataPtr memory, at::Storage lender) {
    refuses_reading(*this) = false;
    set_data_ptr_noswap(std::move(memory));
    lender_ = std::move(lender);
    is_released_ = false;
  }

  std::string explanation(const Tensor& tensor) const { return part_at(tensor.storage_offset()) + kWhy; }

  /* What lies at an element: a parameter, or where that is not known the chunk itself. */
  std::string part_at(int64_t element) const {
    const auto found = std::find_if(parts_.begin(), parts_.end(),
                                    [&](const Part& part) { return part.begin <= element && element < part.end; });
    return found == parts_.end() ? "the chunk " + name_ : found->name;
  }

 private:
  static constexpr const char* kWhy =
      " has no memory now: its chunk was released, to make room; chunk.gather gives it memory again, before it is used";

  std::string part_names() const {
    std::string names;
    for (const Part& part : parts_) names += (names.empty() ? "" : ", ") + part.name;
    return names;
  }

  std::string name_;
  std::vector<Part> parts_;
  at::Storage lender_;  // whose memory this is, if it is not its own
  bool is_released_ = false;
};

ChunkStorage* find_chunk(const Tensor& tensor) {
  return tensor.has_storage() ? dynamic_cast<ChunkStorage*>(tensor.storage().unsafeGetStorageImpl()) : nullptr;
}

ChunkStorage& chunk_under(const Tensor& tensor) {
  ChunkStorage* chunk = find_chunk(tensor);
  if (!chunk) throw UserError("expected a chunk's flat tensor");
  return *chunk;
}

/* createChunk(name, elements, dtype, device) -> a flat tensor over memory of undefined content */
napi_value create_chunk(napi_env env, napi_callback_info info) {
  Arguments<4> arguments(env, info);
  const int64_t elements = to_int64(env, arguments[1]);
  const auto dtype = parse_dtype(to_string(env, arguments[2]));
  const auto device = parse_device(to_string(env, arguments[3]));
  const c10::DeviceGuard guard(device);
  const Tensor flat = at::empty({0}, at::TensorOptions().dtype(dtype).device(device));
  auto chunk = c10::make_intrusive<ChunkStorage>(to_string(env, arguments[0]), elements * c10::elementSize(dtype),
                                                 flat.storage().allocator());
  flat.set_(at::Storage(std::move(chunk)), 0, {elements}, {1});
  return wrap(env, flat);
}

Part read_part(napi_env env, napi_value object) {
  const auto field = [&](const char* name) {
    napi_value value;
    check(env, napi_get_named_property(env, object, name, &value));
    return value;
  };
  return {to_string(env, field("name")), to_int64(env, field("begin")), to_int64(env, field("end"))};
}

/* moveIntoChunk(parameter, flat, { name, begin, end }): the parameter becomes a view of these elements; its object, the graphs
   that it is in and its count of writes stay. */
napi_value move_into_chunk(napi_env env, napi_callback_info info) {
  Arguments<3> arguments(env, info);
  Tensor parameter = unwrap(env, arguments[0]);
  const Tensor& flat = unwrap(env, arguments[1]);
  Part part = read_part(env, arguments[2]);
  const at::NoGradGuard no_grad;
  const Tensor place = flat.narrow(0, part.begin, part.end - part.begin).view(parameter.sizes());
  place.copy_(parameter);
  chunk_under(flat).add(std::move(part));
  parameter.set_data(place);
  return undefined(env);
}

napi_value is_in_chunk(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  return from_bool(env, find_chunk(unwrap(env, arguments[0])) != nullptr);
}

/* moveOutOfChunk(parameter): it has memory of its own again. */
napi_value move_out_of_chunk(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  Tensor parameter = unwrap(env, arguments[0]);
  require_memory(parameter);
  const at::NoGradGuard no_grad;
  parameter.set_data(parameter.detach().clone());
  return undefined(env);
}

napi_value release_chunk(napi_env env, napi_callback_info info) {
  Arguments<1> arguments(env, info);
  ChunkStorage& chunk = chunk_under(unwrap(env, arguments[0]));
  if (!chunk.is_released()) chunk.release();
  return undefined(env);
}

/* A storage's memory as that of another, which keeps it alive. */
c10::DataPtr borrowed(const at::Storage& lender) {
  auto* owner = new at::Storage(lender);
  return {owner->mutable_data(), owner, [](void* kept) { delete static_cast<at::Storage*>(kept); }, lender.device()};
}

void require_lender(const Tensor& lender, const Tensor& flat) {
  const bool fits = lender.device() == flat.device() && lender.is_contiguous() && lender.storage_offset() == 0 &&
                    lender.nbytes() >= flat.nbytes();
  if (!fits)
    throw UserError("a chunk of " + std::to_string(flat.nbytes()) + " bytes on " + device_name(flat.device()) +
                    " can use the memory of a whole tensor of at least that size there, got " + describe(lender));
  if (lender.storage().use_count() > 1)
    throw UserError("a chunk can use memory that nothing else does: " + describe(lender) +
                    " has views, or its memory is a chunk's already");
}

/* gatherChunk(flat, lender?): memory from the allocator, or that of `lender`. */
napi_value gather_chunk(napi_env env, napi_callback_info info) {
  Arguments<2> arguments(env, info);
  const Tensor& flat = unwrap(env, arguments[0]);
  ChunkStorage& chunk = chunk_under(flat);
  if (!chunk.is_released()) return undefined(env);
  if (is_nullish(env, arguments[1])) {
    const c10::DeviceGuard guard(flat.device());
    chunk.gather(chunk.allocator()->allocate(chunk.nbytes()), {});
    return undefined(env);
  }
  const Tensor& lender = unwrap(env, arguments[1]);
  require_lender(lender, flat);
  chunk.gather(borrowed(lender.storage()), lender.storage());
  return undefined(env);
}

}  // namespace

void require_memory(const Tensor& tensor) {
  const ChunkStorage* chunk = find_chunk(tensor);
  if (chunk && chunk->is_released()) throw UserError(chunk->explanation(tensor), "ERR_RELEASED");
}

void require_memory_of_arguments(const std::string& operator_name) {
  for (const double handle : handles_in_frame()) try {
      require_memory(unwrap(frame.env, handle));
    } catch (const UserError& error) {
      throw UserError(operator_name + ": " + error.what(), error.code);
    }
}

void refuse_chunk(const Tensor& tensor, const char* what) {
  if (const ChunkStorage* chunk = find_chunk(tensor))
    throw UserError(std::string(what) + ": the memory of " + chunk->part_at(tensor.storage_offset()) +
                    " belongs to a chunk, which may give it back");
}

const c10::DataPtr& allocation_of(const Tensor& tensor) {
  const ChunkStorage* chunk = find_chunk(tensor);
  return chunk && chunk->lender() ? chunk->lender().data_ptr() : tensor.storage().data_ptr();
}

MemoryUnder memory_under(const Tensor& tensor) {
  if (!tensor.defined() || !tensor.has_storage()) return {};
  const ChunkStorage* chunk = find_chunk(tensor);
  if (chunk && chunk->is_released()) return {};
  const void* address = tensor.storage().data();
  return {address, address ? tensor.storage().nbytes() : 0};
}

void export_chunks(napi_env env, napi_value exports) {
  export_guarded<create_chunk>(env, exports, "createChunk");
  export_guarded<is_in_chunk>(env, exports, "isInChunk");
  export_guarded<move_into_chunk>(env, exports, "moveIntoChunk");
  export_guarded<move_out_of_chunk>(env, exports, "moveOutOfChunk");
  export_guarded<release_chunk>(env, exports, "releaseChunk");
  export_retrying<gather_chunk>(env, exports, "gatherChunk");
}

}  // namespace notebooster
