// notebooster::adamw_8bit_: adamw_ with moments in 8 bits a number (Dettmers et al. 2022), two bytes a weight read and written
// where float32 has eight. Nothing is allocated.
#include "adamw_call.h"
#include "dynamic_types.h"

namespace notebooster::kernels {
namespace {

float* checked_scales(const Tensor& scales, const char* name, const Tensor& param) {
  const int64_t blocks = (param.numel() + kDynamicBlock - 1) / kDynamicBlock;
  TORCH_CHECK(scales.dim() == 1 && scales.size(0) == blocks && scales.scalar_type() == at::kFloat && scales.is_contiguous() &&
                  scales.device() == param.device(),
              "`", name, "` must hold, on ", param.device(), ", ", blocks, " contiguous float32 numbers, one for each ", kDynamicBlock,
              " elements of a parameter of ", param.sizes(), ", got ", scales.scalar_type(), " ", scales.sizes(), " on ", scales.device());
  return elements<float>(scales);
}

void adamw_8bit(at::TensorList params, at::TensorList masters, at::TensorList grads, at::TensorList exp_avgs,
                at::TensorList exp_avg_sqs, at::TensorList exp_avg_absmaxes, at::TensorList exp_avg_sq_absmaxes, double lr,
                double beta1, double beta2, double eps, double weight_decay, int64_t step,
                const std::optional<Tensor>& grad_scale, const std::optional<Tensor>& found_inf,
                const std::optional<Tensor>& lr_tensor, const std::optional<at::TensorList>& steps,
                const std::optional<at::TensorList>& draw_steps, const std::optional<at::IntArrayRef>& seeds,
                const std::optional<at::IntArrayRef>& begins) {
  const AdamWNumbersGiven given{lr, beta1, beta2, eps, weight_decay, step, grad_scale, found_inf, lr_tensor};
  AdamWCall call({params, masters, grads, exp_avgs, exp_avg_sqs}, given, steps, DrawsOf(draw_steps, seeds, begins, params));
  check_count(exp_avg_absmaxes, "exp_avg_absmaxes", params);
  check_count(exp_avg_sq_absmaxes, "exp_avg_sq_absmaxes", params);
  if (params.empty()) return;
  std::vector<AdamW8bitTensor> tensors;
  tensors.reserve(params.size());
  for (size_t i = 0; i < params.size(); ++i)
    tensors.push_back({call.checked(i, at::kByte), checked_scales(exp_avg_absmaxes[i], "exp_avg_absmaxes", params[i]),
                       checked_scales(exp_avg_sq_absmaxes[i], "exp_avg_sq_absmaxes", params[i])});
  const AdamWStep numbers = call.numbers(Element::f32);
  NOTEBOOSTER_RUN(params[0], adamw_8bit, tensors.data(), static_cast<int64_t>(tensors.size()), numbers);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "adamw_8bit_(Tensor(a!)[] params, Tensor(b!)[] masters, Tensor[] grads, Tensor(c!)[] exp_avgs, "
      "Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] exp_avg_absmaxes, Tensor(f!)[] exp_avg_sq_absmaxes, *, float lr, float beta1, "
      "float beta2, float eps, float weight_decay, int step=1, Tensor? grad_scale=None, Tensor? found_inf=None, "
      "Tensor? lr_tensor=None, Tensor[]? steps=None, Tensor[]? draw_steps=None, int[]? seeds=None, int[]? begins=None) -> ()");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { m.impl("adamw_8bit_", adamw_8bit); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { m.impl("adamw_8bit_", adamw_8bit); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { m.impl("adamw_8bit_", adamw_8bit); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) {  // it has no gradient
  m.impl("adamw_8bit_", torch::CppFunction::makeFallthrough());
}

}  // namespace
}  // namespace notebooster::kernels
