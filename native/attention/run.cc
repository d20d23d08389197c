// Running one of ATen's attention operators: each wants its masks, head counts and head dims in its own way.
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_efficient_attention_forward.h>
#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/_scaled_dot_product_attention_math.h>
#include <ATen/ops/_scaled_dot_product_cudnn_attention.h>
#include <ATen/ops/_scaled_dot_product_efficient_attention.h>
#include <ATen/ops/_scaled_dot_product_flash_attention.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/empty_strided.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include "../memory/memory_count.h"
#include "backends.h"

namespace notebooster::attention {
namespace {

bool needs_gradient(const Tensor& q, const Tensor& k, const Tensor& v) {
  return at::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
}

double scale_of(const Tensor& q, std::optional<double> scale) {
  return scale.value_or(1.0 / std::sqrt(static_cast<double>(q.size(-1))));
}

/* Each key and value head once for every query head that shares it. */
Tensor spread_heads(const Tensor& x, int64_t groups, int64_t dim) {
  return groups == 1 ? x : x.repeat_interleave(groups, dim);
}

/* Keys up to i + Tk - Tq for query i. */
Tensor lower_right(int64_t queries, int64_t keys, const Tensor& like) {
  return at::ones({queries, keys}, like.options().dtype(at::kBool)).tril(keys - queries);
}

/* The mask as an addend of q's dtype with 4 dimensions, causality included when the operator cannot take it itself. */
std::optional<Tensor> addend(const Problem& problem, bool with_causal) {
  if (!problem.mask && !with_causal) return std::nullopt;
  Tensor allowed, added;
  if (problem.mask) (problem.mask->scalar_type() == at::kBool ? allowed : added) = *problem.mask;
  if (with_causal) {
    const Tensor causal = lower_right(problem.queries(), problem.keys(), problem.q);
    allowed = allowed.defined() ? allowed.logical_and(causal) : causal;
  }
  if (!added.defined()) added = at::zeros({}, problem.q.options());
  if (allowed.defined()) added = added.masked_fill(allowed.logical_not(), -std::numeric_limits<double>::infinity());
  added = added.to(problem.q.scalar_type());
  while (added.dim() < 4) added = added.unsqueeze(0);
  return added;
}

bool is_square(const Problem& problem) { return problem.queries() == problem.keys(); }

/* Whether causality must go into the mask: the operators' own flag is for square problems without a mask. */
bool masks_causal(const Problem& problem) { return problem.causal && (problem.mask || !is_square(problem)); }

Tensor run_cudnn(const Problem& p) {
  const bool masked = masks_causal(p);
  return std::get<0>(at::_scaled_dot_product_cudnn_attention(p.q, p.k, p.v, addend(p, masked), needs_gradient(p.q, p.k, p.v),
                                                             p.dropout, p.causal && !masked, false, p.scale));
}

/* FlashAttention-2 wants head dims that are multiples of 8, and is itself causal to the lower right. */
Tensor run_cuda_flash(const Problem& p) {
  const int64_t dim = p.q.size(-1), missing = (8 - dim % 8) % 8;
  const auto padded = [&](const Tensor& x) { return missing == 0 ? x : at::constant_pad_nd(x, {0, missing}); };
  const double scale = scale_of(p.q, p.scale);
  const Tensor q = padded(p.q), k = padded(p.k), v = padded(p.v);
  Tensor out;
  if (p.causal && !is_square(p)) {
    const auto tokens_first = [](const Tensor& x) { return x.transpose(1, 2); };
    out = std::get<0>(at::_flash_attention_forward(tokens_first(q), tokens_first(k), tokens_first(v), std::nullopt, std::nullopt,
                                                   p.queries(), p.keys(), p.dropout, true, false, scale));
    out = out.transpose(1, 2);
  } else {
    out = std::get<0>(at::_scaled_dot_product_flash_attention(q, k, v, p.dropout, p.causal, false, scale));
  }
  return missing == 0 ? out : out.slice(-1, 0, dim);
}

Tensor run_cpu_flash(const Problem& p) {
  const bool masked = masks_causal(p);
  return std::get<0>(at::_scaled_dot_product_flash_attention_for_cpu(
      p.q, spread_heads(p.k, p.groups(), 1), spread_heads(p.v, p.groups(), 1), p.dropout, p.causal && !masked,
      addend(p, masked), p.scale));
}

/* Its masks must have rows that are 16 bytes apart, and every batch and head. */
std::optional<Tensor> aligned(const std::optional<Tensor>& mask, const Problem& p) {
  if (!mask) return std::nullopt;
  Tensor rows = *mask;
  constexpr int64_t kAlignment = 8;
  if (p.keys() % kAlignment != 0)
    rows = at::constant_pad_nd(rows.expand({-1, -1, -1, p.keys()}), {0, kAlignment - p.keys() % kAlignment}).slice(-1, 0, p.keys());
  return rows.expand({p.q.size(0), p.q.size(1), p.queries(), p.keys()});
}

Tensor run_efficient(const Problem& p) {
  const bool masked = masks_causal(p);
  return std::get<0>(at::_scaled_dot_product_efficient_attention(
      p.q, spread_heads(p.k, p.groups(), 1), spread_heads(p.v, p.groups(), 1), aligned(addend(p, masked), p),
      needs_gradient(p.q, p.k, p.v), p.dropout, p.causal && !masked, p.scale));
}

Tensor run_math(const Problem& p) {
  const bool masked = masks_causal(p);
  return std::get<0>(at::_scaled_dot_product_attention_math(p.q, p.k, p.v, addend(p, masked), p.dropout, p.causal && !masked,
                                                            std::nullopt, p.scale, p.groups() > 1));
}

/* What a fused implementation makes, keeps and gives back, as shapes: out in the layout that they have, one float32 number a row. */
struct FusedShapes : torch::autograd::Function<FusedShapes> {
  static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& q, const Tensor& k, const Tensor& v,
                        const std::optional<Tensor>& added) {
    const at::AutoDispatchBelowADInplaceOrView below;
    const int64_t batch = q.size(0), heads = q.size(1), queries = q.size(2), dim = q.size(3);
    const Tensor out = at::empty_strided({batch, heads, queries, dim}, {queries * heads * dim, dim, heads * dim, 1}, q.options());
    const Tensor sums = at::empty({batch, heads, queries}, q.options().dtype(at::kFloat));
    context->save_for_backward({q, k, v, out, sums, added.value_or(Tensor())});
    return out;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, const torch::autograd::variable_list&) {
    const auto saved = context->get_saved_variables();
    const Tensor &q = saved[0], &k = saved[1], &v = saved[2], &added = saved[5];
    // On a GPU queries' gradients are added up in float32 and those of shared heads apart, before they come together.
    const bool is_cuda = meta_stands_for_cuda();
    const Tensor sum = is_cuda ? at::empty(q.sizes(), q.options().dtype(at::kFloat)) : Tensor();
    const bool is_shared = is_cuda && k.size(1) != q.size(1);
    const auto apart = [&](const Tensor& x) {
      return is_shared ? at::empty({x.size(0), q.size(1), x.size(2), x.size(3)}, x.options()) : Tensor();
    };
    const Tensor apart_k = apart(k), apart_v = apart(v);
    const bool bends = added.defined() && added.requires_grad();
    return {at::empty_like(q), at::empty_like(k), at::empty_like(v), bends ? at::empty_like(added) : Tensor()};
  }
};

/* On "meta", which stands for a CPU or a GPU: their choice, of what they read through. */
Tensor run_shapes(const Problem& p) {
  const bool is_cuda = meta_stands_for_cuda();
  const bool is_bent = p.mask && p.mask->requires_grad();
  if (!is_cuda && (p.dropout > 0 || is_bent)) return run_math(p);
  const bool spreads = !is_cuda || p.mask || p.q.scalar_type() == at::kFloat;
  const int64_t groups = spreads ? p.groups() : 1;
  return FusedShapes::apply(p.q, spread_heads(p.k, groups, 1), spread_heads(p.v, groups, 1), addend(p, masks_causal(p)));
}

/* For query i the keys up to i + Tk - Tq, as many as the window holds. */
Tensor lower_right_band(int64_t queries, int64_t keys, int64_t window, const Tensor& like) {
  return lower_right(queries, keys, like).triu(keys - queries - window + 1);
}

/* One of several sequences; a window that it does not fill needs no mask. */
Problem one_sequence(const PackedProblem& p, const Tensor& q, const Tensor& k, const Tensor& v) {
  const auto heads_first = [](const Tensor& x) { return x.transpose(0, 1).unsqueeze(0); };
  const int64_t queries = q.size(0), keys = k.size(0);
  Problem one{heads_first(q), heads_first(k), heads_first(v), std::nullopt, p.causal && queries > 1, p.scale, p.dropout};
  if (!p.window || keys <= *p.window) return one;
  one.mask = lower_right_band(queries, keys, *p.window, q);
  one.causal = false;
  return one;
}

std::vector<int64_t> lengths_of(const Tensor& starts) {
  const Tensor lengths = starts.cpu().to(at::kLong).diff();
  return {lengths.const_data_ptr<int64_t>(), lengths.const_data_ptr<int64_t>() + lengths.numel()};
}

/*
 * One sequence after the other: the CPU's way, and that of math on a GPU, which reads the starts back. They are split in one step, so that
 * gradients are joined in one: those of slices would each be as large as all sequences together.
 */
Tensor run_each(Backend backend, const PackedProblem& p) {
  const auto lengths_q = lengths_of(p.starts_q), lengths_k = lengths_of(p.starts_k);
  const auto q = p.q.split_with_sizes(lengths_q), k = p.k.split_with_sizes(lengths_k), v = p.v.split_with_sizes(lengths_k);
  std::vector<Tensor> outputs;
  for (size_t n = 0; n < q.size(); ++n)
    outputs.push_back(lengths_q[n] == 0 ? q[n] : run(backend, one_sequence(p, q[n], k[n], v[n])).squeeze(0).transpose(0, 1));
  return at::cat(outputs);
}

Tensor run_packed_efficient(const PackedProblem& p) {
  constexpr int64_t kCausalLowerRight = 2;
  const int64_t groups = p.q.size(1) / p.k.size(1);
  const auto batched = [](const Tensor& x) { return x.unsqueeze(0); };
  const auto result = at::_efficient_attention_forward(
      batched(p.q), batched(spread_heads(p.k, groups, 1)), batched(spread_heads(p.v, groups, 1)), std::nullopt, p.starts_q,
      p.starts_k, p.max_q, p.max_k, p.dropout, p.causal ? kCausalLowerRight : 0, needs_gradient(p.q, p.k, p.v), p.scale);
  return std::get<0>(result).squeeze(0);
}

Tensor run_packed_flash(const PackedProblem& p) {
  const int64_t dim = p.q.size(-1), missing = (8 - dim % 8) % 8;
  const auto padded = [&](const Tensor& x) { return missing == 0 ? x : at::constant_pad_nd(x, {0, missing}); };
  using OptionalLength = std::optional<int64_t>;
  const auto earlier = p.window ? OptionalLength(*p.window - 1) : std::nullopt, later = p.window ? OptionalLength(0) : std::nullopt;
  const Tensor out = std::get<0>(at::_flash_attention_forward(padded(p.q), padded(p.k), padded(p.v), p.starts_q, p.starts_k, p.max_q,
                                                              p.max_k, p.dropout, p.causal, false, scale_of(p.q, p.scale), earlier, later));
  return missing == 0 ? out : out.slice(-1, 0, dim);
}

}  // namespace

Tensor run(Backend backend, const Problem& problem) {
  switch (backend) {
    case Backend::cudnn: return run_cudnn(problem);
    case Backend::flash: return problem.q.is_cuda() ? run_cuda_flash(problem) : run_cpu_flash(problem);
    case Backend::efficient: return run_efficient(problem);
    case Backend::math: break;
  }
  return problem.q.is_meta() ? run_shapes(problem) : run_math(problem);
}

Tensor run(Backend backend, const PackedProblem& problem) {
  if (problem.q.is_cuda() && backend == Backend::flash) return run_packed_flash(problem);
  if (problem.q.is_cuda() && backend == Backend::efficient) return run_packed_efficient(problem);
  return run_each(backend, problem);
}

}  // namespace notebooster::attention
