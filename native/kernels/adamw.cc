// notebooster::adamw_ over lists of tensors (a flat buffer is a list of one), and l2_norm_and_overflow, whose results
// stay on the device: together they unscale, clip, step and write 16-bit parameters without waiting for the GPU.
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cmath>

#include "draws.h"
#include "torch_side.h"

namespace notebooster::kernels {
namespace {

void check_state(const Tensor& tensor, const char* name, const Tensor& param, at::ScalarType type = at::kFloat) {
  TORCH_CHECK(tensor.sizes() == param.sizes() && tensor.scalar_type() == type && tensor.is_contiguous() &&
                  tensor.device() == param.device(),
              "`", name, "` must be contiguous ", type == at::kFloat ? "float32" : "bfloat16", " tensors shaped and placed like `params`, ", param.sizes(), " on ",
              param.device(), ", got ", tensor.scalar_type(), " ", tensor.sizes(), " on ", tensor.device());
}

void check_count(at::TensorList tensors, const char* name, at::TensorList params) {
  TORCH_CHECK(tensors.size() == params.size(), "`", name, "` must hold one tensor for each of the ", params.size(),
              " in `params`, got ", tensors.size());
}

const float* scalar_pointer(const std::optional<Tensor>& tensor, const char* name, const Tensor& param) {
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
std::vector<const float*> step_pointers(const std::optional<at::TensorList>& steps, at::TensorList params) {
  if (!steps || steps->empty()) return std::vector<const float*>(params.size(), nullptr);
  TORCH_CHECK(steps->size() == 1 || steps->size() == params.size(), "`steps` must hold one number, or one for each of the ",
              params.size(), " in `params`, got ", steps->size());
  std::vector<const float*> pointers;
  pointers.reserve(params.size());
  for (size_t i = 0; i < params.size(); ++i)
    pointers.push_back(scalar_pointer((*steps)[steps->size() == 1 ? 0 : i], "steps", params[i]));
  return pointers;
}

void check_one(const Tensor& param, const Tensor& grad, const Tensor& first_param, const Tensor& first_grad) {
  check_like(param, "params", first_param, "params[0]");
  check_like(grad, "grads", first_grad, "grads[0]");
  check_same_shape(grad, "grads", param, "params");
  TORCH_CHECK(param.is_contiguous(), "`params` must be contiguous, got strides ", param.strides());
  TORCH_CHECK(grad.device() == param.device(), "`grads` must be on the device of `params`, ", param.device(), ", got ",
              grad.device());
}

void check_numbers(double beta1, double beta2, int64_t step) {
  TORCH_CHECK(step >= 1, "`step` counts from 1, got ", step);
  TORCH_CHECK(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "betas must be in [0, 1), got ", beta1, " and ", beta2);
}

void adamw(at::TensorList params, at::TensorList masters, at::TensorList grads, at::TensorList exp_avgs,
           at::TensorList exp_avg_sqs, double lr, double beta1, double beta2, double eps, double weight_decay,
           int64_t step, const std::optional<Tensor>& grad_scale, const std::optional<Tensor>& found_inf,
           const std::optional<Tensor>& lr_tensor, const std::optional<at::TensorList>& steps,
           const std::optional<at::TensorList>& draw_steps, const std::optional<at::IntArrayRef>& seeds,
           const std::optional<at::IntArrayRef>& begins) {
  check_numbers(beta1, beta2, step);
  check_count(grads, "grads", params);
  check_count(exp_avgs, "exp_avgs", params);
  check_count(exp_avg_sqs, "exp_avg_sqs", params);
  if (!masters.empty()) check_count(masters, "masters", params);
  if (params.empty()) return;
  const Element param = element_of(params[0], "params"), grad = element_of(grads[0], "grads");
  TORCH_CHECK(masters.empty() || param != Element::f32, "`masters` are for 16-bit parameters; `params` are float32");
  const std::vector<const float*> step_numbers = step_pointers(steps, params);
  const DrawsOf draws(draw_steps, seeds, begins, params);
  TORCH_CHECK(!draws.any() || (param == Element::bf16 && masters.empty()),
              "parameters that are rounded at random must be bfloat16 and have no `masters`");
  const at::ScalarType moments = draws.any() ? at::kBFloat16 : at::kFloat;
  std::vector<Tensor> alive;  // gradients that had to be made contiguous
  std::vector<AdamWTensor> tensors;
  tensors.reserve(params.size());
  for (size_t i = 0; i < params.size(); ++i) {
    check_one(params[i], grads[i], params[0], grads[0]);
    check_state(exp_avgs[i], "exp_avgs", params[i], moments);
    check_state(exp_avg_sqs[i], "exp_avg_sqs", params[i], moments);
    if (!masters.empty()) check_state(masters[i], "masters", params[i]);
    alive.push_back(grads[i].contiguous());
    tensors.push_back({params[i].mutable_data_ptr(), masters.empty() ? nullptr : elements<float>(masters[i]),
                       alive.back().const_data_ptr(), exp_avgs[i].mutable_data_ptr(), exp_avg_sqs[i].mutable_data_ptr(),
                       step_numbers[i], params[i].numel(), draws[i]});
    params[i].unsafeGetTensorImpl()->bump_version();
  }
  const AdamWStep numbers{lr, weight_decay, static_cast<double>(step), std::log(beta1), std::log(beta2),
                          static_cast<float>(1 - beta1), static_cast<float>(1 - beta2), static_cast<float>(eps),
                          scalar_pointer(lr_tensor, "lr_tensor", params[0]),
                          scalar_pointer(grad_scale, "grad_scale", params[0]),
                          scalar_pointer(found_inf, "found_inf", params[0]), param, grad,
                          draws.any() ? Element::bf16 : Element::f32};
  NOTEBOOSTER_RUN(params[0], adamw, tensors.data(), static_cast<int64_t>(tensors.size()), numbers);
}

void round_at_random(at::TensorList targets, at::TensorList sources, at::TensorList steps, at::IntArrayRef seeds,
                     at::IntArrayRef begins, int64_t draw) {
  TORCH_CHECK(draw >= 0 && draw < kMostDraws, "`draw` must be 0 to ", kMostDraws - 1, ", got ", draw);
  check_count(sources, "sources", targets);
  if (targets.empty()) return;
  const DrawsOf draws(steps, seeds, begins, targets);
  std::vector<RoundedTensor> tensors;
  tensors.reserve(targets.size());
  for (size_t i = 0; i < targets.size(); ++i) {
    check_state(targets[i], "targets", targets[i], at::kBFloat16);
    check_like(targets[i], "targets", targets[0], "targets[0]");
    check_state(sources[i], "sources", targets[i]);
    tensors.push_back({targets[i].mutable_data_ptr(), elements<const float>(sources[i]), targets[i].numel(), draws[i]});
    targets[i].unsafeGetTensorImpl()->bump_version();
  }
  NOTEBOOSTER_RUN(targets[0], round_at_random, tensors.data(), static_cast<int64_t>(tensors.size()), static_cast<int>(draw));
}

#ifdef NOTEBOOSTER_CUDA_KERNELS
std::tuple<Tensor, Tensor> norm_on_gpu(const std::vector<NormTensor>& tensors, const Tensor& first, Element element) {
  const auto stream = c10::cuda::getCurrentCUDAStream(first.device().index()).stream();
  const c10::DeviceGuard guard(first.device());
  const auto count = static_cast<int64_t>(tensors.size());
  const int64_t num_partials = cuda::num_norm_launches(count) * kNormBlocks;
  const auto options = first.options().dtype(at::kFloat);
  const Tensor partials = at::zeros({num_partials}, first.options().dtype(at::kDouble));
  const Tensor norm = at::empty({}, options), overflow = at::empty({}, options);
  auto* sums = elements<double>(partials);
  LaunchError error = cuda::sums_of_squares(tensors.data(), count, element, sums, stream);
  if (!error)
    error = cuda::finish_norm(sums, num_partials, elements<float>(norm), elements<float>(overflow), stream);
  TORCH_CHECK(error == nullptr, error);
  return {norm, overflow};
}
#endif

std::tuple<Tensor, Tensor> l2_norm_and_overflow(at::TensorList given) {
  TORCH_CHECK(!given.empty(), "`tensors` must hold at least one tensor");
  const Element element = element_of(given[0], "tensors");
  std::vector<NormTensor> tensors;
  std::vector<Tensor> alive;
  tensors.reserve(given.size());
  for (const Tensor& tensor : given) {
    check_like(tensor, "tensors", given[0], "tensors[0]");
    alive.push_back(tensor.contiguous());
    tensors.push_back({alive.back().const_data_ptr(), tensor.numel()});
  }
#ifdef NOTEBOOSTER_CUDA_KERNELS
  if (given[0].is_cuda()) return norm_on_gpu(tensors, given[0], element);
#endif
  const auto options = given[0].options().dtype(at::kFloat);
  const Tensor norm = at::empty({}, options), overflow = at::empty({}, options);
  if (given[0].is_meta()) return {norm, overflow};
  TORCH_CHECK(given[0].is_cpu(), "this build has no CUDA kernels: nvcc was not found when the addon was built");
  double sum = 0;
  for (const NormTensor& tensor : tensors) sum += cpu::sum_of_squares(tensor, element);
  const auto root = static_cast<float>(std::sqrt(sum));
  *elements<float>(norm) = root;
  *elements<float>(overflow) = std::isfinite(root) ? 0.f : 1.f;
  return {norm, overflow};
}

void implement_adamw(torch::Library& m) {
  m.impl("adamw_", adamw);
  m.impl("round_at_random_", round_at_random);
  m.impl("l2_norm_and_overflow", l2_norm_and_overflow);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "adamw_(Tensor(a!)[] params, Tensor(b!)[] masters, Tensor[] grads, Tensor(c!)[] exp_avgs, "
      "Tensor(d!)[] exp_avg_sqs, *, float lr, float beta1, float beta2, float eps, float weight_decay, int step=1, "
      "Tensor? grad_scale=None, Tensor? found_inf=None, Tensor? lr_tensor=None, Tensor[]? steps=None, "
      "Tensor[]? draw_steps=None, int[]? seeds=None, int[]? begins=None) -> ()");
  m.def("round_at_random_(Tensor(a!)[] targets, Tensor[] sources, Tensor[] steps, *, int[] seeds, int[] begins, int draw) -> ()");
  m.def("l2_norm_and_overflow(Tensor[] tensors) -> (Tensor norm, Tensor overflow)");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_adamw(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_adamw(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_adamw(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {  // none has a gradient
  m.impl("adamw_", torch::CppFunction::makeFallthrough());
  m.impl("round_at_random_", torch::CppFunction::makeFallthrough());
  m.impl("l2_norm_and_overflow", torch::CppFunction::makeFallthrough());
}

}  // namespace
}  // namespace notebooster::kernels
