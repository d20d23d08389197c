// Operators called in C++ types, from the schemas of PyTorch 2.13 by setup/generate-operators.mjs; do not edit.
#include "../unboxed.h"

#include <ATen/ops/adaptive_avg_pool2d_ops.h>
#include <ATen/ops/addcdiv_ops.h>
#include <ATen/ops/addmm_ops.h>
#include <ATen/ops/amin_ops.h>
#include <ATen/ops/argmin_ops.h>
#include <ATen/ops/batch_norm_ops.h>
#include <ATen/ops/bitwise_and_ops.h>
#include <ATen/ops/bitwise_or_ops.h>
#include <ATen/ops/chunk_ops.h>
#include <ATen/ops/clamp_max_ops.h>
#include <ATen/ops/contiguous_ops.h>
#include <ATen/ops/copy_ops.h>
#include <ATen/ops/cross_entropy_loss_ops.h>
#include <ATen/ops/detach_ops.h>
#include <ATen/ops/dot_ops.h>
#include <ATen/ops/embedding_ops.h>
#include <ATen/ops/eq_ops.h>
#include <ATen/ops/exp2_ops.h>
#include <ATen/ops/expand_as_ops.h>
#include <ATen/ops/flatten_ops.h>
#include <ATen/ops/floor_divide_ops.h>
#include <ATen/ops/gather_ops.h>
#include <ATen/ops/gelu_ops.h>
#include <ATen/ops/index_ops.h>
#include <ATen/ops/index_put_ops.h>
#include <ATen/ops/isnan_ops.h>
#include <ATen/ops/leaky_relu_ops.h>
#include <ATen/ops/linalg_vector_norm_ops.h>
#include <ATen/ops/log1p_ops.h>
#include <ATen/ops/log_ops.h>
#include <ATen/ops/logical_not_ops.h>
#include <ATen/ops/logsumexp_ops.h>
#include <ATen/ops/masked_fill_ops.h>
#include <ATen/ops/max_pool2d_ops.h>
#include <ATen/ops/minimum_ops.h>
#include <ATen/ops/mul_ops.h>
#include <ATen/ops/nan_to_num_ops.h>
#include <ATen/ops/ne_ops.h>
#include <ATen/ops/new_full_ops.h>
#include <ATen/ops/nonzero_ops.h>
#include <ATen/ops/one_hot_ops.h>
#include <ATen/ops/permute_ops.h>
#include <ATen/ops/rand_ops.h>
#include <ATen/ops/randn_like_ops.h>
#include <ATen/ops/reciprocal_ops.h>
#include <ATen/ops/remainder_ops.h>
#include <ATen/ops/reshape_ops.h>
#include <ATen/ops/round_ops.h>
#include <ATen/ops/scaled_dot_product_attention_ops.h>
#include <ATen/ops/scatter_add_ops.h>
#include <ATen/ops/sign_ops.h>
#include <ATen/ops/sin_ops.h>
#include <ATen/ops/softplus_ops.h>
#include <ATen/ops/sqrt_ops.h>
#include <ATen/ops/squeeze_ops.h>
#include <ATen/ops/sub_ops.h>
#include <ATen/ops/swapaxes_ops.h>
#include <ATen/ops/tanh_ops.h>
#include <ATen/ops/transpose_ops.h>
#include <ATen/ops/triu_ops.h>
#include <ATen/ops/uniform_ops.h>
#include <ATen/ops/var_ops.h>
#include <ATen/ops/zero_ops.h>

namespace notebooster {

extern const UnboxedEntry kUnboxed2[]{
    entry<at::_ops::adaptive_avg_pool2d>(),
    entry<at::_ops::addcdiv_>(),
    entry<at::_ops::addmm_>(),
    entry<at::_ops::amin>(),
    entry<at::_ops::argmin>(),
    entry<at::_ops::batch_norm>(),
    entry<at::_ops::bitwise_and_Scalar>(),
    entry<at::_ops::bitwise_and_Scalar_Tensor>(),
    entry<at::_ops::bitwise_and_Tensor>(),
    entry<at::_ops::bitwise_or_Scalar>(),
    entry<at::_ops::bitwise_or_Scalar_Tensor>(),
    entry<at::_ops::bitwise_or_Tensor>(),
    entry<at::_ops::chunk>(),
    entry<at::_ops::clamp_max_>(),
    entry<at::_ops::clamp_max__Tensor>(),
    entry<at::_ops::contiguous>(),
    entry<at::_ops::copy_>(),
    entry<at::_ops::cross_entropy_loss>(),
    entry<at::_ops::detach_>(),
    entry<at::_ops::dot>(),
    entry<at::_ops::embedding>(),
    entry<at::_ops::eq__Scalar>(),
    entry<at::_ops::eq__Tensor>(),
    entry<at::_ops::exp2>(),
    entry<at::_ops::expand_as>(),
    entry<at::_ops::flatten_using_ints>(),
    entry<at::_ops::floor_divide>(),
    entry<at::_ops::floor_divide_Scalar>(),
    entry<at::_ops::gather>(),
    entry<at::_ops::gelu_>(),
    entry<at::_ops::index_Tensor>(),
    entry<at::_ops::index_put_>(),
    entry<at::_ops::isnan>(),
    entry<at::_ops::leaky_relu>(),
    entry<at::_ops::linalg_vector_norm>(),
    entry<at::_ops::log1p>(),
    entry<at::_ops::log_>(),
    entry<at::_ops::logical_not>(),
    entry<at::_ops::logsumexp>(),
    entry<at::_ops::masked_fill__Scalar>(),
    entry<at::_ops::masked_fill__Tensor>(),
    entry<at::_ops::max_pool2d>(),
    entry<at::_ops::minimum>(),
    entry<at::_ops::mul_Scalar>(),
    entry<at::_ops::mul_Tensor>(),
    entry<at::_ops::nan_to_num>(),
    entry<at::_ops::ne__Scalar>(),
    entry<at::_ops::ne__Tensor>(),
    entry<at::_ops::new_full>(),
    entry<at::_ops::nonzero>(),
    entry<at::_ops::one_hot>(),
    entry<at::_ops::permute>(),
    entry<at::_ops::rand>(),
    entry<at::_ops::rand_generator>(),
    entry<at::_ops::randn_like>(),
    entry<at::_ops::randn_like_generator>(),
    entry<at::_ops::reciprocal>(),
    entry<at::_ops::remainder_Scalar>(),
    entry<at::_ops::remainder_Scalar_Tensor>(),
    entry<at::_ops::remainder_Tensor>(),
    entry<at::_ops::reshape>(),
    entry<at::_ops::round_>(),
    entry<at::_ops::round__decimals>(),
    entry<at::_ops::scaled_dot_product_attention>(),
    entry<at::_ops::scatter_add_>(),
    entry<at::_ops::sign>(),
    entry<at::_ops::sin>(),
    entry<at::_ops::softplus>(),
    entry<at::_ops::sqrt>(),
    entry<at::_ops::squeeze>(),
    entry<at::_ops::squeeze_dim>(),
    entry<at::_ops::squeeze_dims>(),
    entry<at::_ops::sub_Scalar>(),
    entry<at::_ops::sub_Tensor>(),
    entry<at::_ops::swapaxes_>(),
    entry<at::_ops::tanh_>(),
    entry<at::_ops::transpose_>(),
    entry<at::_ops::triu_>(),
    entry<at::_ops::uniform>(),
    entry<at::_ops::var>(),
    entry<at::_ops::var_correction>(),
    entry<at::_ops::var_dim>(),
    entry<at::_ops::zero>(),
    {}};

}  // namespace notebooster
