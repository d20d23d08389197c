// What adamw_ and adamw_8bit_ are given, checked: lists of one tensor a parameter, and numbers.
#pragma once
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "torch_side.h"

namespace notebooster::kernels {

inline const char* name_of(at::ScalarType type) {
  return type == at::kFloat ? "float32" : type == at::kByte ? "uint8" : "bfloat16";
}

inline void check_state(const Tensor& tensor, const char* name, const Tensor& param, at::ScalarType type = at::kFloat) {
  TORCH_CHECK(tensor.sizes() == param.sizes() && tensor.scalar_type() == type && tensor.is_contiguous() &&
                  tensor.device() == param.device(),
              "`", name, "` must be contiguous ", name_of(type), " tensors shaped and placed like `params`, ", param.sizes(), " on ",
              param.device(), ", got ", tensor.scalar_type(), " ", tensor.sizes(), " on ", tensor.device());
}

inline void check_count(at::TensorList tensors, const char* name, at::TensorList params) {
  TORCH_CHECK(tensors.size() == params.size(), "`", name, "` must hold one tensor for each of the ", params.size(),
              " in `params`, got ", tensors.size());
}

inline const float* scalar_pointer(const std::optional<Tensor>& tensor, const char* name, const Tensor& param) {
  if (!tensor) return nullptr;
  TORCH_CHECK(tensor->numel() == 1 && tensor->scalar_type() == at::kFloat && tensor->device() == param.device(), "`", name,
              "` must be one float32 number on ", param.device(), ", got ", tensor->scalar_type(), " ", tensor->sizes(),
              " on ", tensor->device());
  return elements<const float>(*tensor);
}

/* What draws depend on: the number of updates, a seed and the first element's place, of each parameter. */
class DrawsOf {
 public:
  DrawsOf(const std::optional<at::TensorList>& steps, const std::optional<at::IntArrayRef>& seeds,
          const std::optional<at::IntArrayRef>& begins, at::TensorList params) {
    if (!steps || steps->empty()) return;
    check_count(*steps, "draw_steps", params);
    TORCH_CHECK(seeds && begins && seeds->size() == params.size() && begins->size() == params.size(),
                "`draw_steps`, `seeds` and `begins` must hold one number for each of the ", params.size(), " in `params`");
    for (size_t i = 0; i < params.size(); ++i)
      draws_.push_back({scalar_pointer((*steps)[i], "draw_steps", params[i]), (*begins)[i], static_cast<uint32_t>((*seeds)[i])});
  }
  bool any() const { return !draws_.empty(); }
  Draws operator[](size_t i) const { return draws_.empty() ? Draws{} : draws_[i]; }

 private:
  std::vector<Draws> draws_;
};

/* Where the step's number of each parameter lies: one tensor for all of them, or one for each. */
inline std::vector<const float*> step_pointers(const std::optional<at::TensorList>& steps, at::TensorList params) {
  if (!steps || steps->empty()) return std::vector<const float*>(params.size(), nullptr);
  TORCH_CHECK(steps->size() == 1 || steps->size() == params.size(), "`steps` must hold one number, or one for each of the ",
              params.size(), " in `params`, got ", steps->size());
  std::vector<const float*> pointers;
  pointers.reserve(params.size());
  for (size_t i = 0; i < params.size(); ++i)
    pointers.push_back(scalar_pointer((*steps)[steps->size() == 1 ? 0 : i], "steps", params[i]));
  return pointers;
}

inline void check_one(const Tensor& param, const Tensor& grad, const Tensor& first_param, const Tensor& first_grad) {
  check_like(param, "params", first_param, "params[0]");
  check_like(grad, "grads", first_grad, "grads[0]");
  check_same_shape(grad, "grads", param, "params");
  TORCH_CHECK(param.is_contiguous(), "`params` must be contiguous, got strides ", param.strides());
  TORCH_CHECK(grad.device() == param.device(), "`grads` must be on the device of `params`, ", param.device(), ", got ",
              grad.device());
}

inline void check_numbers(double beta1, double beta2, int64_t step) {
  TORCH_CHECK(step >= 1, "`step` counts from 1, got ", step);
  TORCH_CHECK(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "betas must be in [0, 1), got ", beta1, " and ", beta2);
}

/* The lists of an update. */
struct AdamWLists {
  at::TensorList params, masters, grads, exp_avgs, exp_avg_sqs;
};

/* The numbers of an update as they were given; those in tensors are read on the device. */
struct AdamWNumbersGiven {
  double lr, beta1, beta2, eps, weight_decay;
  int64_t step;
  const std::optional<Tensor>&grad_scale, &found_inf, &lr_tensor;
};

/* What was given, checked; keeps gradients alive that had to be made contiguous. */
class AdamWCall {
 public:
  AdamWCall(const AdamWLists& lists, const AdamWNumbersGiven& given, const std::optional<at::TensorList>& steps, DrawsOf draws)
      : lists_(lists), given_(given), draws_(std::move(draws)) {
    const auto& [params, masters, grads, exp_avgs, exp_avg_sqs] = lists_;
    check_numbers(given.beta1, given.beta2, given.step);
    check_count(grads, "grads", params);
    check_count(exp_avgs, "exp_avgs", params);
    check_count(exp_avg_sqs, "exp_avg_sqs", params);
    if (!masters.empty()) check_count(masters, "masters", params);
    if (params.empty()) return;
    param_ = element_of(params[0], "params");
    grad_ = element_of(grads[0], "grads");
    TORCH_CHECK(masters.empty() || param_ != Element::f32, "`masters` are for 16-bit parameters; `params` are float32");
    step_numbers_ = step_pointers(steps, params);
    TORCH_CHECK(!draws_.any() || (param_ == Element::bf16 && masters.empty()),
                "parameters that are rounded at random must be bfloat16 and have no `masters`");
    alive_.reserve(params.size());
  }

  bool is_rounded() const { return draws_.any(); }

  /* The tensors of parameter i, about to be written to. */
  AdamWTensor checked(size_t i, at::ScalarType moments) {
    const auto& [params, masters, grads, exp_avgs, exp_avg_sqs] = lists_;
    check_one(params[i], grads[i], params[0], grads[0]);
    check_state(exp_avgs[i], "exp_avgs", params[i], moments);
    check_state(exp_avg_sqs[i], "exp_avg_sqs", params[i], moments);
    if (!masters.empty()) check_state(masters[i], "masters", params[i]);
    alive_.push_back(grads[i].contiguous());
    params[i].unsafeGetTensorImpl()->bump_version();
    return {params[i].mutable_data_ptr(), masters.empty() ? nullptr : elements<float>(masters[i]),
            alive_.back().const_data_ptr(), exp_avgs[i].mutable_data_ptr(), exp_avg_sqs[i].mutable_data_ptr(),
            step_numbers_[i], params[i].numel(), draws_[i]};
  }

  AdamWStep numbers(Element moments) const {
    const auto& [lr, beta1, beta2, eps, weight_decay, step, grad_scale, found_inf, lr_tensor] = given_;
    const Tensor& first = lists_.params[0];
    return {lr, weight_decay, static_cast<double>(step), std::log(beta1), std::log(beta2),
            static_cast<float>(1 - beta1), static_cast<float>(1 - beta2), static_cast<float>(eps),
            scalar_pointer(lr_tensor, "lr_tensor", first), scalar_pointer(grad_scale, "grad_scale", first),
            scalar_pointer(found_inf, "found_inf", first), param_, grad_, moments};
  }

 private:
  AdamWLists lists_;
  AdamWNumbersGiven given_;
  DrawsOf draws_;
  Element param_ = Element::f32, grad_ = Element::f32;
  std::vector<const float*> step_numbers_;
  std::vector<Tensor> alive_;
};

}  // namespace notebooster::kernels
