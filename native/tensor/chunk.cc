#include "chunk.h"

#include <ATen/ops/empty.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/DeviceGuard.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "bindings.h"
#include "describe.h"
#include "frame.h"

namespace notebooster {
namespace {

using at::Tensor;
using c10::StorageImpl;

constexpr const char* kReleased = "ERR_RELEASED";

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
  ChunkStorage(std::string name, std::string remedy, size_t bytes, c10::Allocator* allocator)
      : StorageImpl(use_byte_size_t(), static_cast<int64_t>(bytes), allocator->allocate(bytes), allocator, /*resizable=*/false),
        name_(std::move(name)),
        why_(" has no memory now: its chunk was released, to make room; " + std::move(remedy)) {}

  bool is_released() const { return is_released_; }
  const at::Storage& lender() const { return lender_; }

  void add(Part part) { parts_.push_back(std::move(part)); }

  void release() {
    release_data_and_set_meta_custom_data_ptr_error_msg_("a parameter of " + name_ + " (" + part_names() + ")" + why_);
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

  std::string explanation(const Tensor& tensor) const { return part_at(tensor.storage_offset()) + why_; }

  /* What lies at an element: a parameter, or where that is not known the chunk itself. */
  std::string part_at(int64_t element) const {
    const auto found = std::find_if(parts_.begin(), parts_.end(),
                                    [&](const Part& part) { return part.begin <= element && element < part.end; });
    return found == parts_.end() ? "the chunk " + name_ : found->name;
  }

 private:
  std::string part_names() const {
    std::string names;
    for (const Part& part : parts_) names += (names.empty() ? "" : ", ") + part.name;
    return names;
  }

  std::string name_, why_;
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

/* A flat tensor over memory of undefined content. `remedy` says who uses a parameter without memory what to do. */
Tensor create_chunk(const std::string& name, const std::string& remedy, int64_t elements, c10::ScalarType dtype,
                    const std::string& device_name) {
  const auto device = parse_device(device_name);
  const c10::DeviceGuard guard(device);
  const Tensor flat = at::empty({0}, at::TensorOptions().dtype(dtype).device(device));
  auto chunk = c10::make_intrusive<ChunkStorage>(name, remedy, elements * c10::elementSize(dtype), flat.storage().allocator());
  flat.set_(at::Storage(std::move(chunk)), 0, {elements}, {1});
  return flat;
}

/* The parameter becomes a view of the part { name, begin, end }; its object, the graphs that it is in and its count of writes stay. */
void move_into_chunk(Tensor parameter, const Tensor& flat, Napi::Object given) {
  Part part{field<std::string>(given, "name"), field<int64_t>(given, "begin"), field<int64_t>(given, "end")};
  const at::NoGradGuard no_grad;
  const Tensor place = flat.narrow(0, part.begin, part.end - part.begin).view(parameter.sizes());
  place.copy_(parameter);
  chunk_under(flat).add(std::move(part));
  parameter.set_data(place);
}

bool is_in_chunk(const Tensor& tensor) { return find_chunk(tensor) != nullptr; }

/* It has memory of its own again. */
void move_out_of_chunk(Tensor parameter) {
  require_memory(parameter);
  const at::NoGradGuard no_grad;
  parameter.set_data(parameter.detach().clone());
}

void release_chunk(const Tensor& flat) {
  ChunkStorage& chunk = chunk_under(flat);
  if (!chunk.is_released()) chunk.release();
}

/* A storage's memory as that of another, which keeps it alive. */
c10::DataPtr borrowed(const at::Storage& lender) {
  auto* owner = new at::Storage(lender);
  return {owner->mutable_data(), owner, [](void* kept) { delete static_cast<at::Storage*>(kept); }, lender.device()};
}

void require_lender(const Tensor& lender, const Tensor& flat, bool may_be_shared) {
  const bool fits = lender.device() == flat.device() && lender.is_contiguous() && lender.storage_offset() == 0 &&
                    lender.nbytes() >= flat.nbytes();
  if (!fits)
    throw UserError("a chunk of " + std::to_string(flat.nbytes()) + " bytes on " + device_name(flat.device()) +
                    " can use the memory of a whole tensor of at least that size there, got " + describe(lender));
  if (!may_be_shared && lender.storage().use_count() > 1)
    throw UserError("a chunk can use memory that nothing else does: " + describe(lender) +
                    " has views, or its memory is a chunk's already");
}

/* Memory from the allocator, or that of `lender`, which others may hold too where that is said. */
void gather_chunk(const Tensor& flat, const std::optional<Tensor>& lender, bool may_be_shared) {
  ChunkStorage& chunk = chunk_under(flat);
  if (!chunk.is_released()) return;
  if (lender) {
    require_lender(*lender, flat, may_be_shared);
    chunk.gather(borrowed(lender->storage()), lender->storage());
  } else {
    const c10::DeviceGuard guard(flat.device());
    chunk.gather(chunk.allocator()->allocate(chunk.nbytes()), {});
  }
}

}  // namespace

void require_memory(const Tensor& tensor) {
  if (tensor.is_meta()) throw UserError("a tensor on \"meta\" has a shape and no numbers, got " + describe(tensor));
  const ChunkStorage* chunk = find_chunk(tensor);
  if (chunk && chunk->is_released()) throw UserError(chunk->explanation(tensor), kReleased);
}

void require_memory_of_arguments(const std::string& operator_name) {
  for (const double handle : handles_in_frame()) {
    const Tensor& tensor = unwrap(frame.env, handle);
    const ChunkStorage* chunk = find_chunk(tensor);
    if (chunk && chunk->is_released()) throw UserError(operator_name + ": " + chunk->explanation(tensor), kReleased);
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

void export_chunks(Napi::Object exports) {
  bind<create_chunk>(exports, "createChunk");
  bind<is_in_chunk>(exports, "isInChunk");
  bind<move_into_chunk>(exports, "moveIntoChunk");
  bind<move_out_of_chunk>(exports, "moveOutOfChunk");
  bind<release_chunk>(exports, "releaseChunk");
  bind_retrying<gather_chunk>(exports, "gatherChunk");
}

}  // namespace notebooster
