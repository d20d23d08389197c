// Operators called in C++ types, from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit.
#include "../unboxed.h"

#include <ATen/ops/abs_ops.h>
#include <ATen/ops/add_ops.h>
#include <ATen/ops/addcmul_ops.h>
#include <ATen/ops/all_ops.h>
#include <ATen/ops/arange_ops.h>
#include <ATen/ops/baddbmm_ops.h>
#include <ATen/ops/bernoulli_ops.h>
#include <ATen/ops/bitwise_not_ops.h>
#include <ATen/ops/bmm_ops.h>
#include <ATen/ops/clamp_ops.h>
#include <ATen/ops/clamp_min_ops.h>
#include <ATen/ops/conv2d_ops.h>
#include <ATen/ops/cos_ops.h>
#include <ATen/ops/cumsum_ops.h>
#include <ATen/ops/div_ops.h>
#include <ATen/ops/dropout_ops.h>
#include <ATen/ops/empty_like_ops.h>
#include <ATen/ops/erf_ops.h>
#include <ATen/ops/exp_ops.h>
#include <ATen/ops/fill_ops.h>
#include <ATen/ops/floor_ops.h>
#include <ATen/ops/full_ops.h>
#include <ATen/ops/ge_ops.h>
#include <ATen/ops/gt_ops.h>
#include <ATen/ops/index_add_ops.h>
#include <ATen/ops/isfinite_ops.h>
#include <ATen/ops/le_ops.h>
#include <ATen/ops/lerp_ops.h>
#include <ATen/ops/linspace_ops.h>
#include <ATen/ops/log2_ops.h>
#include <ATen/ops/logical_and_ops.h>
#include <ATen/ops/logical_or_ops.h>
#include <ATen/ops/lt_ops.h>
#include <ATen/ops/matmul_ops.h>
#include <ATen/ops/mean_ops.h>
#include <ATen/ops/movedim_ops.h>
#include <ATen/ops/multinomial_ops.h>
#include <ATen/ops/narrow_ops.h>
#include <ATen/ops/neg_ops.h>
#include <ATen/ops/new_zeros_ops.h>
#include <ATen/ops/normal_ops.h>
#include <ATen/ops/ones_like_ops.h>
#include <ATen/ops/pow_ops.h>
#include <ATen/ops/randint_ops.h>
#include <ATen/ops/random_ops.h>
#include <ATen/ops/relu_ops.h>
#include <ATen/ops/repeat_ops.h>
#include <ATen/ops/roll_ops.h>
#include <ATen/ops/rsqrt_ops.h>
#include <ATen/ops/scatter_ops.h>
#include <ATen/ops/sigmoid_ops.h>
#include <ATen/ops/silu_ops.h>
#include <ATen/ops/slice_ops.h>
#include <ATen/ops/split_ops.h>
#include <ATen/ops/square_ops.h>
#include <ATen/ops/stack_ops.h>
#include <ATen/ops/sum_ops.h>
#include <ATen/ops/t_ops.h>
#include <ATen/ops/topk_ops.h>
#include <ATen/ops/tril_ops.h>
#include <ATen/ops/unbind_ops.h>
#include <ATen/ops/unsqueeze_ops.h>
#include <ATen/ops/view_as_ops.h>
#include <ATen/ops/zeros_ops.h>

namespace notebooster {

extern const UnboxedEntry kUnboxed0[]{
    entry<at::_ops::abs>(),
    entry<at::_ops::add__Scalar>(),
    entry<at::_ops::add__Tensor>(),
    entry<at::_ops::addcmul_>(),
    entry<at::_ops::all>(),
    entry<at::_ops::all_dim>(),
    entry<at::_ops::all_dims>(),
    entry<at::_ops::arange>(),
    entry<at::_ops::arange_start>(),
    entry<at::_ops::arange_start_step>(),
    entry<at::_ops::baddbmm>(),
    entry<at::_ops::baddbmm_dtype>(),
    entry<at::_ops::bernoulli__Tensor>(),
    entry<at::_ops::bernoulli__float>(),
    entry<at::_ops::bitwise_not>(),
    entry<at::_ops::bmm>(),
    entry<at::_ops::bmm_dtype>(),
    entry<at::_ops::clamp_>(),
    entry<at::_ops::clamp__Tensor>(),
    entry<at::_ops::clamp_min_>(),
    entry<at::_ops::clamp_min__Tensor>(),
    entry<at::_ops::conv2d>(),
    entry<at::_ops::conv2d_padding>(),
    entry<at::_ops::cos_>(),
    entry<at::_ops::cumsum_>(),
    entry<at::_ops::div_Scalar>(),
    entry<at::_ops::div_Scalar_mode>(),
    entry<at::_ops::div_Tensor>(),
    entry<at::_ops::div_Tensor_mode>(),
    entry<at::_ops::dropout_>(),
    entry<at::_ops::empty_like>(),
    entry<at::_ops::erf_>(),
    entry<at::_ops::exp_>(),
    entry<at::_ops::fill_Scalar>(),
    entry<at::_ops::fill_Tensor>(),
    entry<at::_ops::floor>(),
    entry<at::_ops::full>(),
    entry<at::_ops::ge__Scalar>(),
    entry<at::_ops::ge__Tensor>(),
    entry<at::_ops::gt_Scalar>(),
    entry<at::_ops::gt_Tensor>(),
    entry<at::_ops::index_add_>(),
    entry<at::_ops::isfinite>(),
    entry<at::_ops::le_Scalar>(),
    entry<at::_ops::le_Tensor>(),
    entry<at::_ops::lerp_Scalar>(),
    entry<at::_ops::lerp_Tensor>(),
    entry<at::_ops::linspace>(),
    entry<at::_ops::linspace_Scalar_Tensor>(),
    entry<at::_ops::linspace_Tensor_Scalar>(),
    entry<at::_ops::linspace_Tensor_Tensor>(),
    entry<at::_ops::log2>(),
    entry<at::_ops::logical_and>(),
    entry<at::_ops::logical_or>(),
    entry<at::_ops::lt__Scalar>(),
    entry<at::_ops::lt__Tensor>(),
    entry<at::_ops::matmul>(),
    entry<at::_ops::mean>(),
    entry<at::_ops::mean_dim>(),
    entry<at::_ops::movedim_int>(),
    entry<at::_ops::movedim_intlist>(),
    entry<at::_ops::multinomial>(),
    entry<at::_ops::narrow>(),
    entry<at::_ops::narrow_Tensor>(),
    entry<at::_ops::neg_>(),
    entry<at::_ops::new_zeros>(),
    entry<at::_ops::normal_Tensor_Tensor>(),
    entry<at::_ops::normal_Tensor_float>(),
    entry<at::_ops::normal_float_Tensor>(),
    entry<at::_ops::normal_float_float>(),
    entry<at::_ops::ones_like>(),
    entry<at::_ops::pow__Scalar>(),
    entry<at::_ops::pow__Tensor>(),
    entry<at::_ops::randint>(),
    entry<at::_ops::randint_generator>(),
    entry<at::_ops::randint_low>(),
    entry<at::_ops::randint_low_generator>(),
    entry<at::_ops::random_>(),
    entry<at::_ops::random__from>(),
    entry<at::_ops::random__to>(),
    entry<at::_ops::relu>(),
    entry<at::_ops::repeat>(),
    entry<at::_ops::roll>(),
    entry<at::_ops::rsqrt_>(),
    entry<at::_ops::scatter__reduce>(),
    entry<at::_ops::scatter__src>(),
    entry<at::_ops::scatter__value>(),
    entry<at::_ops::scatter__value_reduce>(),
    entry<at::_ops::sigmoid>(),
    entry<at::_ops::silu>(),
    entry<at::_ops::slice_Tensor>(),
    entry<at::_ops::split_Tensor>(),
    entry<at::_ops::split_sizes>(),
    entry<at::_ops::square>(),
    entry<at::_ops::stack>(),
    entry<at::_ops::sum>(),
    entry<at::_ops::sum_dim_IntList>(),
    entry<at::_ops::t_>(),
    entry<at::_ops::topk>(),
    entry<at::_ops::tril_>(),
    entry<at::_ops::unbind_int>(),
    entry<at::_ops::unsqueeze>(),
    entry<at::_ops::view_as>(),
    entry<at::_ops::zeros>(),
    {}};

}  // namespace notebooster
