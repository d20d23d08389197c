#include "saved_input.h"

#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/silu.h>
#include <torch/csrc/autograd/generated/Functions.h>

#include <unordered_map>

#include "../tensor/bindings.h"
#include "autograd.h"

namespace notebooster {
namespace {

using at::Tensor;

/* A tensor whose recipe is known: all of its memory, as it was when it was made. An address is not used again while a weak pointer to
   it is here. */
struct Noted {
  c10::weak_intrusive_ptr<c10::StorageImpl> storage;
  c10::weak_intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl> tensor;
  int64_t offset, numel;
  at::ScalarType dtype;
  uint32_t version;
  std::shared_ptr<Recipe> recipe;
};

thread_local bool is_kept = false;
thread_local int64_t num_kept = 0;
thread_local std::unordered_map<const c10::StorageImpl*, Noted> noted;

const c10::StorageImpl* memory_of(const Tensor& tensor) { return tensor.storage().unsafeGetStorageImpl(); }

void note_recipe_of(const Tensor& made, std::shared_ptr<Recipe> recipe) {
  noted.insert_or_assign(memory_of(made), Noted{made.storage().getWeakStorageImpl(), decltype(Noted::tensor)(made.getIntrusivePtr()),
                                                made.storage_offset(), made.numel(), made.scalar_type(),
                                                static_cast<uint32_t>(made._version()), std::move(recipe)});
}

/* Of an activation of ATen's, whose node keeps what it was given. Those of relu and tanh keep what they made, so nothing is gained. */
std::shared_ptr<Recipe> recipe_of_activation(const Tensor& x) {
  const auto& node = x.grad_fn();
  if (auto* gelu = dynamic_cast<torch::autograd::generated::GeluBackward0*>(node.get()))
    return std::make_shared<Recipe>(std::vector<Tensor>{gelu->self_.unpack()}, [approximate = gelu->approximate](const auto& inputs) {
      return at::gelu(inputs[0], approximate);
    });
  if (auto* silu = dynamic_cast<torch::autograd::generated::SiluBackward0*>(node.get()))
    return std::make_shared<Recipe>(std::vector<Tensor>{silu->self_.unpack()}, [](const auto& inputs) { return at::silu(inputs[0]); });
  return nullptr;
}

/* Of what was converted, as norms that compute in float32 convert what they give; the conversion's node keeps nothing. */
std::shared_ptr<Recipe> recipe_of_converted(const Tensor& x) {
  const auto& node = x.grad_fn();
  if (dynamic_cast<torch::autograd::generated::ToCopyBackward0*>(node.get()) == nullptr) return nullptr;
  const auto* maker = node->next_edge(0).function.get();
  for (const auto& [memory, known] : noted) {
    const auto held = known.tensor.lock();
    if (!held) continue;
    const Tensor from{held};
    const bool is_it = from.grad_fn().get() == maker && from.output_nr() == node->next_edge(0).input_nr;
    if (!is_it || from.device() != x.device() || static_cast<uint32_t>(from._version()) != known.version) continue;
    return std::make_shared<Recipe>(std::vector<Tensor>(), [recipe = known.recipe, dtype = x.scalar_type()](const auto&) {
      return recipe->result().to(dtype);
    });
  }
  return nullptr;
}

/* Null where none is known. Views with all numbers in their order have that of what they are views of. */
std::shared_ptr<Recipe> recipe_of(const Tensor& x) {
  if (!x.is_contiguous()) return nullptr;
  const auto found = noted.find(memory_of(x));
  if (found != noted.end()) {
    const Noted& known = found->second;
    const bool is_same = !known.storage.expired() && x.storage_offset() == known.offset && x.numel() == known.numel &&
                         x.scalar_type() == known.dtype && x._version() == known.version;
    return is_same ? known.recipe : nullptr;
  }
  if (x.is_view() || x._version() > 0) return nullptr;
  auto recipe = recipe_of_activation(x);
  if (recipe == nullptr) recipe = recipe_of_converted(x);
  if (recipe != nullptr) note_recipe_of(x, recipe);
  return recipe;
}

void keep_recipes() {
  is_kept = true;
  num_kept = 0;
  noted.clear();
}

/* How many inputs are kept as recipes since `keep_recipes`. */
double end_recipes() {
  is_kept = false;
  noted.clear();
  return static_cast<double>(num_kept);
}

}  // namespace

Recipe::Recipe(const std::vector<Tensor>& inputs, Compute compute) : compute_(std::move(compute)) {
  inputs_.reserve(inputs.size());
  for (const Tensor& input : inputs) inputs_.emplace_back(input, false);
}

Tensor Recipe::result() {
  const std::lock_guard lock(mutex_);
  if (result_.defined()) return result_;
  TORCH_CHECK(!at::GradMode::is_enabled(), "a gradient of a product whose input is computed again cannot be differentiated again");
  std::vector<Tensor> inputs;
  for (const auto& input : inputs_) inputs.push_back(input.unpack());
  const at::AutoDispatchBelowADInplaceOrView below;
  return result_ = compute_(inputs);
}

bool are_recipes_kept() { return is_kept; }

void note_recipe(const Tensor& made, const std::vector<Tensor>& inputs, Recipe::Compute compute) {
  note_recipe_of(made, std::make_shared<Recipe>(inputs, std::move(compute)));
}

SavedInput::SavedInput(const Tensor& tensor) {
  if (is_kept) recipe_ = recipe_of(tensor);
  if (recipe_ == nullptr) {
    tensor_ = torch::autograd::SavedVariable(tensor, false);
    return;
  }
  sizes_ = c10::DimVector(tensor.sizes());
  num_kept += 1;
}

Tensor SavedInput::unpack() const { return recipe_ ? recipe_->result().view(sizes_) : tensor_.unpack(); }

void SavedInput::reset_data() {
  tensor_.reset_data();
  recipe_.reset();
}

void export_recipes(Napi::Object exports) {
  bind<keep_recipes>(exports, "keepRecipes");
  bind<end_recipes>(exports, "endRecipes");
}

}  // namespace notebooster
