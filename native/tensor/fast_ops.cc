#include "fast_ops.h"

#include <ATen/ATen.h>

#include "fast_binding.h"

namespace notebooster {
namespace {

using at::Tensor;
using c10::Scalar;
using c10::ScalarType;
using Sizes = std::vector<int64_t>;
using OptionalTensor = std::optional<Tensor>;

void export_pointwise(napi_env env, napi_value exports) {
  export_fast(env, exports, "add", [](const Tensor& a, const Tensor& b) { return at::add(a, b); });
  export_fast(env, exports, "addScaled", [](const Tensor& a, const Tensor& b, Scalar alpha) { return at::add(a, b, alpha); });
  export_fast(env, exports, "sub", [](const Tensor& a, const Tensor& b) { return at::sub(a, b); });
  export_fast(env, exports, "mul", [](const Tensor& a, const Tensor& b) { return at::mul(a, b); });
  export_fast(env, exports, "div", [](const Tensor& a, const Tensor& b) { return at::div(a, b); });
  export_fast(env, exports, "addScalar", [](const Tensor& a, Scalar b) { return at::add(a, b); });
  export_fast(env, exports, "subScalar", [](const Tensor& a, Scalar b) { return at::sub(a, b); });
  export_fast(env, exports, "mulScalar", [](const Tensor& a, Scalar b) { return at::mul(a, b); });
  export_fast(env, exports, "divScalar", [](const Tensor& a, Scalar b) { return at::div(a, b); });
  export_fast(env, exports, "powScalar", [](const Tensor& a, Scalar b) { return at::pow(a, b); });
  export_fast(env, exports, "neg", [](const Tensor& a) { return at::neg(a); });
  export_fast(env, exports, "exp", [](const Tensor& a) { return at::exp(a); });
  export_fast(env, exports, "log", [](const Tensor& a) { return at::log(a); });
  export_fast(env, exports, "sqrt", [](const Tensor& a) { return at::sqrt(a); });
  export_fast(env, exports, "rsqrt", [](const Tensor& a) { return at::rsqrt(a); });
  export_fast(env, exports, "cos", [](const Tensor& a) { return at::cos(a); });
  export_fast(env, exports, "sin", [](const Tensor& a) { return at::sin(a); });
  export_fast(env, exports, "tanh", [](const Tensor& a) { return at::tanh(a); });
  export_fast(env, exports, "sigmoid", [](const Tensor& a) { return at::sigmoid(a); });
  export_fast(env, exports, "relu", [](const Tensor& a) { return at::relu(a); });
  export_fast(env, exports, "silu", [](const Tensor& a) { return at::silu(a); });
}

void export_in_place(napi_env env, napi_value exports) {
  export_fast(env, exports, "add_", [](const Tensor& a, const Tensor& b) { Tensor(a).add_(b); });
  export_fast(env, exports, "addScaled_", [](const Tensor& a, const Tensor& b, Scalar alpha) { Tensor(a).add_(b, alpha); });
  export_fast(env, exports, "sub_", [](const Tensor& a, const Tensor& b) { Tensor(a).sub_(b); });
  export_fast(env, exports, "mul_", [](const Tensor& a, const Tensor& b) { Tensor(a).mul_(b); });
  export_fast(env, exports, "div_", [](const Tensor& a, const Tensor& b) { Tensor(a).div_(b); });
  export_fast(env, exports, "addScalar_", [](const Tensor& a, Scalar b) { Tensor(a).add_(b); });
  export_fast(env, exports, "mulScalar_", [](const Tensor& a, Scalar b) { Tensor(a).mul_(b); });
  export_fast(env, exports, "divScalar_", [](const Tensor& a, Scalar b) { Tensor(a).div_(b); });
  export_fast(env, exports, "fill_", [](const Tensor& a, Scalar b) { Tensor(a).fill_(b); });
  export_fast(env, exports, "zero_", [](const Tensor& a) { Tensor(a).zero_(); });
  export_fast(env, exports, "copy_", [](const Tensor& a, const Tensor& b, bool non_blocking) { Tensor(a).copy_(b, non_blocking); });
}

void export_shapes(napi_env env, napi_value exports) {
  export_fast(env, exports, "reshape", [](const Tensor& a, Sizes sizes) { return at::reshape(a, sizes); });
  export_fast(env, exports, "view", [](const Tensor& a, Sizes sizes) { return a.view(sizes); });
  export_fast(env, exports, "expand", [](const Tensor& a, Sizes sizes) { return a.expand(sizes); });
  export_fast(env, exports, "permute", [](const Tensor& a, Sizes dims) { return at::permute(a, dims); });
  export_fast(env, exports, "transpose", [](const Tensor& a, int64_t dim0, int64_t dim1) { return at::transpose(a, dim0, dim1); });
  export_fast(env, exports, "contiguous", [](const Tensor& a) { return a.contiguous(); });
  export_fast(env, exports, "unsqueeze", [](const Tensor& a, int64_t dim) { return at::unsqueeze(a, dim); });
  export_fast(env, exports, "squeeze", [](const Tensor& a, int64_t dim) { return at::squeeze(a, dim); });
  export_fast(env, exports, "select", [](const Tensor& a, int64_t dim, int64_t index) { return at::select(a, dim, index); });
  export_fast(env, exports, "slice", [](const Tensor& a, int64_t dim, std::optional<int64_t> start, std::optional<int64_t> end, int64_t step) {
    return at::slice(a, dim, start, end, step);
  });
  export_fast(env, exports, "cat", [](const std::vector<Tensor>& tensors, int64_t dim) { return at::cat(tensors, dim); });
  export_fast(env, exports, "stack", [](const std::vector<Tensor>& tensors, int64_t dim) { return at::stack(tensors, dim); });
  export_fast(env, exports, "split", [](const Tensor& a, Sizes sizes, int64_t dim) { return at::split_with_sizes(a, sizes, dim); });
  export_fast(env, exports, "clone", [](const Tensor& a) { return at::clone(a); });
  export_fast(env, exports, "toDtype", [](const Tensor& a, ScalarType dtype) { return a.to(dtype); });
}

void export_reductions(napi_env env, napi_value exports) {
  export_fast(env, exports, "sumAll", [](const Tensor& a) { return at::sum(a); });
  export_fast(env, exports, "sum", [](const Tensor& a, Sizes dims, bool keepdim) { return at::sum(a, dims, keepdim); });
  export_fast(env, exports, "meanAll", [](const Tensor& a) { return at::mean(a); });
  export_fast(env, exports, "mean", [](const Tensor& a, Sizes dims, bool keepdim) { return at::mean(a, dims, keepdim); });
  export_fast(env, exports, "argmax", [](const Tensor& a, int64_t dim) { return at::argmax(a, dim); });
  export_fast(env, exports, "softmax", [](const Tensor& a, int64_t dim) { return at::softmax(a, dim); });
  export_fast(env, exports, "logSoftmax", [](const Tensor& a, int64_t dim) { return at::log_softmax(a, dim); });
  export_fast(env, exports, "cumsum", [](const Tensor& a, int64_t dim) { return at::cumsum(a, dim); });
}

void export_layers(napi_env env, napi_value exports) {
  export_fast(env, exports, "matmul", [](const Tensor& a, const Tensor& b) { return at::matmul(a, b); });
  export_fast(env, exports, "linear", [](const Tensor& x, const Tensor& weight, const OptionalTensor& bias) {
    return at::linear(x, weight, bias);
  });
  export_fast(env, exports, "embedding", [](const Tensor& weight, const Tensor& indices) { return at::embedding(weight, indices); });
  export_fast(env, exports, "crossEntropy", [](const Tensor& logits, const Tensor& target, int64_t ignore_index) {
    return at::cross_entropy_loss(logits, target, {}, at::Reduction::Mean, ignore_index);
  });
}

}  // namespace

void export_fast_ops(napi_env env, napi_value exports) {
  export_pointwise(env, exports);
  export_in_place(env, exports);
  export_shapes(env, exports);
  export_reductions(env, exports);
  export_layers(env, exports);
}

}  // namespace notebooster
