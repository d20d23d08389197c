// notebooster::adamw_ over lists of tensors (a flat buffer is a list of one), and l2_norm_and_overflow, whose results
// stay on the device: together they unscale, clip, step and write 16-bit parameters without waiting for the GPU.
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cmath>

#include "adamw_call.h"

namespace notebooster::kernels {
namespace {

void adamw(at::TensorList params, at::TensorList masters, at::TensorList grads, at::TensorList exp_avgs,
           at::TensorList exp_avg_sqs, double lr, double beta1, double beta2, double eps, double weight_decay,
           int64_t step, const std::optional<Tensor>& grad_scale, const std::optional<Tensor>& found_inf,
           const std::optional<Tensor>& lr_tensor, const std::optional<at::TensorList>& steps,
           const std::optional<at::TensorList>& draw_steps, const std::optional<at::IntArrayRef>& seeds,
           const std::optional<at::IntArrayRef>& begins) {
  const AdamWNumbersGiven given{lr, beta1, beta2, eps, weight_decay, step, grad_scale, found_inf, lr_tensor};
  AdamWCall call({params, masters, grads, exp_avgs, exp_avg_sqs}, given, steps, DrawsOf(draw_steps, seeds, begins, params));
  if (params.empty()) return;
  const at::ScalarType moments = call.is_rounded() ? at::kBFloat16 : at::kFloat;
  std::vector<AdamWTensor> tensors;
  tensors.reserve(params.size());
  for (size_t i = 0; i < params.size(); ++i) tensors.push_back(call.checked(i, moments));
  const AdamWStep numbers = call.numbers(call.is_rounded() ? Element::bf16 : Element::f32);
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
