// Operators called in C++ types, from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit.
#include "../unboxed.h"

#include <ATen/ops/abs_ops.h>
#include <ATen/ops/addcdiv_ops.h>
#include <ATen/ops/addmm_ops.h>
#include <ATen/ops/amax_ops.h>
#include <ATen/ops/argmax_ops.h>
#include <ATen/ops/baddbmm_ops.h>
#include <ATen/ops/binary_cross_entropy_with_logits_ops.h>
#include <ATen/ops/bitwise_not_ops.h>
#include <ATen/ops/cat_ops.h>
#include <ATen/ops/clamp_max_ops.h>
#include <ATen/ops/clone_ops.h>
#include <ATen/ops/copy_ops.h>
#include <ATen/ops/count_nonzero_ops.h>
#include <ATen/ops/detach_ops.h>
#include <ATen/ops/div_ops.h>
#include <ATen/ops/einsum_ops.h>
#include <ATen/ops/eq_ops.h>
#include <ATen/ops/exp_ops.h>
#include <ATen/ops/expand_ops.h>
#include <ATen/ops/fill_ops.h>
#include <ATen/ops/floor_ops.h>
#include <ATen/ops/full_like_ops.h>
#include <ATen/ops/gelu_ops.h>
#include <ATen/ops/gt_ops.h>
#include <ATen/ops/index_put_ops.h>
#include <ATen/ops/isinf_ops.h>
#include <ATen/ops/le_ops.h>
#include <ATen/ops/lerp_ops.h>
#include <ATen/ops/log_ops.h>
#include <ATen/ops/log2_ops.h>
#include <ATen/ops/logical_and_ops.h>
#include <ATen/ops/logical_or_ops.h>
#include <ATen/ops/masked_fill_ops.h>
#include <ATen/ops/max_ops.h>
#include <ATen/ops/min_ops.h>
#include <ATen/ops/mse_loss_ops.h>
#include <ATen/ops/mv_ops.h>
#include <ATen/ops/ne_ops.h>
#include <ATen/ops/new_empty_ops.h>
#include <ATen/ops/nll_loss_ops.h>
#include <ATen/ops/normal_ops.h>
#include <ATen/ops/outer_ops.h>
#include <ATen/ops/prod_ops.h>
#include <ATen/ops/randn_ops.h>
#include <ATen/ops/randperm_ops.h>
#include <ATen/ops/relu_ops.h>
#include <ATen/ops/repeat_interleave_ops.h>
#include <ATen/ops/round_ops.h>
#include <ATen/ops/rsub_ops.h>
#include <ATen/ops/scatter_add_ops.h>
#include <ATen/ops/sigmoid_ops.h>
#include <ATen/ops/silu_ops.h>
#include <ATen/ops/softmax_ops.h>
#include <ATen/ops/split_with_sizes_ops.h>
#include <ATen/ops/square_ops.h>
#include <ATen/ops/std_ops.h>
#include <ATen/ops/swapaxes_ops.h>
#include <ATen/ops/tanh_ops.h>
#include <ATen/ops/transpose_ops.h>
#include <ATen/ops/triu_ops.h>
#include <ATen/ops/unflatten_ops.h>
#include <ATen/ops/unsqueeze_ops.h>
#include <ATen/ops/where_ops.h>
#include <ATen/ops/zeros_like_ops.h>

namespace notebooster {

extern const UnboxedEntry kUnboxed1[]{
    entry<at::_ops::abs_>(),
    entry<at::_ops::addcdiv>(),
    entry<at::_ops::addmm>(),
    entry<at::_ops::addmm_dtype>(),
    entry<at::_ops::amax>(),
    entry<at::_ops::argmax>(),
    entry<at::_ops::baddbmm_>(),
    entry<at::_ops::binary_cross_entropy_with_logits>(),
    entry<at::_ops::bitwise_not_>(),
    entry<at::_ops::cat>(),
    entry<at::_ops::clamp_max>(),
    entry<at::_ops::clamp_max_Tensor>(),
    entry<at::_ops::clone>(),
    entry<at::_ops::copy>(),
    entry<at::_ops::count_nonzero>(),
    entry<at::_ops::count_nonzero_dim_IntList>(),
    entry<at::_ops::detach>(),
    entry<at::_ops::div__Scalar>(),
    entry<at::_ops::div__Scalar_mode>(),
    entry<at::_ops::div__Tensor>(),
    entry<at::_ops::div__Tensor_mode>(),
    entry<at::_ops::einsum>(),
    entry<at::_ops::eq_Scalar>(),
    entry<at::_ops::eq_Tensor>(),
    entry<at::_ops::exp>(),
    entry<at::_ops::expand>(),
    entry<at::_ops::fill__Scalar>(),
    entry<at::_ops::fill__Tensor>(),
    entry<at::_ops::floor_>(),
    entry<at::_ops::full_like>(),
    entry<at::_ops::gelu>(),
    entry<at::_ops::gt__Scalar>(),
    entry<at::_ops::gt__Tensor>(),
    entry<at::_ops::index_put>(),
    entry<at::_ops::isinf>(),
    entry<at::_ops::le__Scalar>(),
    entry<at::_ops::le__Tensor>(),
    entry<at::_ops::lerp__Scalar>(),
    entry<at::_ops::lerp__Tensor>(),
    entry<at::_ops::log>(),
    entry<at::_ops::log2_>(),
    entry<at::_ops::logical_and_>(),
    entry<at::_ops::logical_or_>(),
    entry<at::_ops::masked_fill_Scalar>(),
    entry<at::_ops::masked_fill_Tensor>(),
    entry<at::_ops::max>(),
    entry<at::_ops::max_dim>(),
    entry<at::_ops::max_other>(),
    entry<at::_ops::min>(),
    entry<at::_ops::min_dim>(),
    entry<at::_ops::min_other>(),
    entry<at::_ops::mse_loss>(),
    entry<at::_ops::mv>(),
    entry<at::_ops::ne_Scalar>(),
    entry<at::_ops::ne_Tensor>(),
    entry<at::_ops::new_empty>(),
    entry<at::_ops::nll_loss>(),
    entry<at::_ops::normal_>(),
    entry<at::_ops::outer>(),
    entry<at::_ops::prod>(),
    entry<at::_ops::prod_dim_int>(),
    entry<at::_ops::randn>(),
    entry<at::_ops::randn_generator>(),
    entry<at::_ops::randperm>(),
    entry<at::_ops::randperm_generator>(),
    entry<at::_ops::relu_>(),
    entry<at::_ops::repeat_interleave_Tensor>(),
    entry<at::_ops::repeat_interleave_self_Tensor>(),
    entry<at::_ops::repeat_interleave_self_int>(),
    entry<at::_ops::round>(),
    entry<at::_ops::round_decimals>(),
    entry<at::_ops::rsub_Scalar>(),
    entry<at::_ops::rsub_Tensor>(),
    entry<at::_ops::scatter_add>(),
    entry<at::_ops::sigmoid_>(),
    entry<at::_ops::silu_>(),
    entry<at::_ops::softmax_int>(),
    entry<at::_ops::split_with_sizes>(),
    entry<at::_ops::square_>(),
    entry<at::_ops::std>(),
    entry<at::_ops::std_correction>(),
    entry<at::_ops::std_dim>(),
    entry<at::_ops::swapaxes>(),
    entry<at::_ops::tanh>(),
    entry<at::_ops::transpose_int>(),
    entry<at::_ops::triu>(),
    entry<at::_ops::unflatten_int>(),
    entry<at::_ops::unsqueeze_>(),
    entry<at::_ops::where>(),
    entry<at::_ops::where_Scalar>(),
    entry<at::_ops::where_ScalarOther>(),
    entry<at::_ops::where_ScalarSelf>(),
    entry<at::_ops::where_self>(),
    entry<at::_ops::zeros_like>(),
    {}};

}  // namespace notebooster
