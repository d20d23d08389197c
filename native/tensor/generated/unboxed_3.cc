// Operators called in C++ types, from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit.
#include "../unboxed.h"

#include <ATen/ops/add_ops.h>
#include <ATen/ops/addcmul_ops.h>
#include <ATen/ops/alias_ops.h>
#include <ATen/ops/any_ops.h>
#include <ATen/ops/argsort_ops.h>
#include <ATen/ops/bernoulli_ops.h>
#include <ATen/ops/bitwise_and_ops.h>
#include <ATen/ops/bitwise_or_ops.h>
#include <ATen/ops/clamp_ops.h>
#include <ATen/ops/clamp_min_ops.h>
#include <ATen/ops/conv1d_ops.h>
#include <ATen/ops/cos_ops.h>
#include <ATen/ops/cumsum_ops.h>
#include <ATen/ops/diagonal_ops.h>
#include <ATen/ops/dropout_ops.h>
#include <ATen/ops/empty_ops.h>
#include <ATen/ops/erf_ops.h>
#include <ATen/ops/exp2_ops.h>
#include <ATen/ops/eye_ops.h>
#include <ATen/ops/flip_ops.h>
#include <ATen/ops/floor_divide_ops.h>
#include <ATen/ops/ge_ops.h>
#include <ATen/ops/group_norm_ops.h>
#include <ATen/ops/index_add_ops.h>
#include <ATen/ops/index_select_ops.h>
#include <ATen/ops/layer_norm_ops.h>
#include <ATen/ops/leaky_relu_ops.h>
#include <ATen/ops/linear_ops.h>
#include <ATen/ops/log1p_ops.h>
#include <ATen/ops/log_softmax_ops.h>
#include <ATen/ops/logical_not_ops.h>
#include <ATen/ops/lt_ops.h>
#include <ATen/ops/masked_select_ops.h>
#include <ATen/ops/maximum_ops.h>
#include <ATen/ops/mm_ops.h>
#include <ATen/ops/mul_ops.h>
#include <ATen/ops/nan_to_num_ops.h>
#include <ATen/ops/neg_ops.h>
#include <ATen/ops/new_ones_ops.h>
#include <ATen/ops/norm_ops.h>
#include <ATen/ops/ones_ops.h>
#include <ATen/ops/pow_ops.h>
#include <ATen/ops/rand_like_ops.h>
#include <ATen/ops/random_ops.h>
#include <ATen/ops/reciprocal_ops.h>
#include <ATen/ops/remainder_ops.h>
#include <ATen/ops/rms_norm_ops.h>
#include <ATen/ops/rsqrt_ops.h>
#include <ATen/ops/scatter_ops.h>
#include <ATen/ops/select_ops.h>
#include <ATen/ops/sign_ops.h>
#include <ATen/ops/sin_ops.h>
#include <ATen/ops/sort_ops.h>
#include <ATen/ops/sqrt_ops.h>
#include <ATen/ops/squeeze_ops.h>
#include <ATen/ops/sub_ops.h>
#include <ATen/ops/t_ops.h>
#include <ATen/ops/to_ops.h>
#include <ATen/ops/tril_ops.h>
#include <ATen/ops/type_as_ops.h>
#include <ATen/ops/uniform_ops.h>
#include <ATen/ops/view_ops.h>
#include <ATen/ops/zero_ops.h>

namespace notebooster {

extern const UnboxedEntry kUnboxed3[]{
    entry<at::_ops::add_Scalar>(),
    entry<at::_ops::add_Tensor>(),
    entry<at::_ops::addcmul>(),
    entry<at::_ops::alias>(),
    entry<at::_ops::any>(),
    entry<at::_ops::any_dim>(),
    entry<at::_ops::any_dims>(),
    entry<at::_ops::argsort>(),
    entry<at::_ops::argsort_stable>(),
    entry<at::_ops::bernoulli>(),
    entry<at::_ops::bernoulli_Tensor>(),
    entry<at::_ops::bernoulli_p>(),
    entry<at::_ops::bitwise_and__Scalar>(),
    entry<at::_ops::bitwise_and__Tensor>(),
    entry<at::_ops::bitwise_or__Scalar>(),
    entry<at::_ops::bitwise_or__Tensor>(),
    entry<at::_ops::clamp>(),
    entry<at::_ops::clamp_Tensor>(),
    entry<at::_ops::clamp_min>(),
    entry<at::_ops::clamp_min_Tensor>(),
    entry<at::_ops::conv1d>(),
    entry<at::_ops::conv1d_padding>(),
    entry<at::_ops::cos>(),
    entry<at::_ops::cumsum>(),
    entry<at::_ops::diagonal>(),
    entry<at::_ops::dropout>(),
    entry<at::_ops::empty_memory_format>(),
    entry<at::_ops::erf>(),
    entry<at::_ops::exp2_>(),
    entry<at::_ops::eye>(),
    entry<at::_ops::eye_m>(),
    entry<at::_ops::flip>(),
    entry<at::_ops::floor_divide__Scalar>(),
    entry<at::_ops::floor_divide__Tensor>(),
    entry<at::_ops::ge_Scalar>(),
    entry<at::_ops::ge_Tensor>(),
    entry<at::_ops::group_norm>(),
    entry<at::_ops::index_add>(),
    entry<at::_ops::index_select>(),
    entry<at::_ops::layer_norm>(),
    entry<at::_ops::leaky_relu_>(),
    entry<at::_ops::linear>(),
    entry<at::_ops::log1p_>(),
    entry<at::_ops::log_softmax_int>(),
    entry<at::_ops::logical_not_>(),
    entry<at::_ops::lt_Scalar>(),
    entry<at::_ops::lt_Tensor>(),
    entry<at::_ops::masked_select>(),
    entry<at::_ops::maximum>(),
    entry<at::_ops::mm>(),
    entry<at::_ops::mm_dtype>(),
    entry<at::_ops::mul__Scalar>(),
    entry<at::_ops::mul__Tensor>(),
    entry<at::_ops::nan_to_num_>(),
    entry<at::_ops::neg>(),
    entry<at::_ops::new_ones>(),
    entry<at::_ops::norm_Scalar>(),
    entry<at::_ops::norm_ScalarOpt_dim>(),
    entry<at::_ops::norm_ScalarOpt_dim_dtype>(),
    entry<at::_ops::norm_ScalarOpt_dtype>(),
    entry<at::_ops::ones>(),
    entry<at::_ops::pow_Scalar>(),
    entry<at::_ops::pow_Tensor_Scalar>(),
    entry<at::_ops::pow_Tensor_Tensor>(),
    entry<at::_ops::rand_like>(),
    entry<at::_ops::rand_like_generator>(),
    entry<at::_ops::random>(),
    entry<at::_ops::random_from>(),
    entry<at::_ops::random_to>(),
    entry<at::_ops::reciprocal_>(),
    entry<at::_ops::remainder__Scalar>(),
    entry<at::_ops::remainder__Tensor>(),
    entry<at::_ops::rms_norm>(),
    entry<at::_ops::rsqrt>(),
    entry<at::_ops::scatter_reduce>(),
    entry<at::_ops::scatter_src>(),
    entry<at::_ops::scatter_value>(),
    entry<at::_ops::scatter_value_reduce>(),
    entry<at::_ops::select_int>(),
    entry<at::_ops::sign_>(),
    entry<at::_ops::sin_>(),
    entry<at::_ops::sort>(),
    entry<at::_ops::sort_stable>(),
    entry<at::_ops::sqrt_>(),
    entry<at::_ops::squeeze_>(),
    entry<at::_ops::squeeze__dim>(),
    entry<at::_ops::squeeze__dims>(),
    entry<at::_ops::sub__Scalar>(),
    entry<at::_ops::sub__Tensor>(),
    entry<at::_ops::t>(),
    entry<at::_ops::to_device>(),
    entry<at::_ops::to_dtype>(),
    entry<at::_ops::to_dtype_layout>(),
    entry<at::_ops::to_other>(),
    entry<at::_ops::tril>(),
    entry<at::_ops::type_as>(),
    entry<at::_ops::uniform_>(),
    entry<at::_ops::view>(),
    entry<at::_ops::view_dtype>(),
    entry<at::_ops::zero_>(),
    {}};

}  // namespace notebooster
