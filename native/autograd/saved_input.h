// What a node of a product keeps of its input: the tensor, or, while a block runs that asks for it (tensor/recipes.ts), a recipe: the
// operator that made the tensor, a norm or an activation, over what that operator's own node keeps anyway. The backward pass then
// computes the tensor again, with the same kernel and the same bits. Products that share an input share one recipe, and so compute it
// once; when the last of them is done, the tensor goes.
#pragma once
#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace notebooster {

class Recipe {
 public:
  /* Undefined inputs stay so. Runs below autograd, on any thread that goes backward. */
  using Compute = std::function<at::Tensor(const std::vector<at::Tensor>&)>;

  Recipe(const std::vector<at::Tensor>& inputs, Compute compute);

  /* The first call computes; the others get the same tensor, which lives as long as the recipe. */
  at::Tensor result();

 private:
  std::mutex mutex_;
  std::vector<torch::autograd::SavedVariable> inputs_;
  Compute compute_;
  at::Tensor result_;
};

/* Whether products keep recipes now. */
bool are_recipes_kept();

/* Says how `made` came to be; to be called while recipes are kept, with the contiguous result of an operator. */
void note_recipe(const at::Tensor& made, const std::vector<at::Tensor>& inputs, Recipe::Compute compute);

/* A tensor that a node needs for its gradients, or its recipe. */
class SavedInput {
 public:
  SavedInput() = default;
  explicit SavedInput(const at::Tensor& tensor);

  at::Tensor unpack() const;
  void reset_data();

 private:
  torch::autograd::SavedVariable tensor_;
  std::shared_ptr<Recipe> recipe_;
  c10::DimVector sizes_;
};

}  // namespace notebooster
