// notebooster::lora_linear: a linear layer with an adapter (Hu et al. 2021), y = x Wᵀ + bias + scaling (x Aᵀ) Bᵀ with A (r, in)
// and B (out, r); notebooster::nf4_linear: the same over a frozen W of four bits (QLoRA), with or without an adapter. The update is
// written first and the large product adds it where it ends, forward and backward, so that no pass over memory is spent on it.
// lora_linears and nf4_linears multiply the same x with several layers: the narrow products with A and their gradients are one product
// each, and the gradient of x is summed within the large ones. Gradients go into their places as those of notebooster::linear.
#include <ATen/ops/addmm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/sum.h>

#include <vector>

#include "../autograd/saved_input.h"
#include "../autograd/unread_product.h"
#include "nf4.h"

namespace notebooster::kernels {
namespace {

/* W, as it lies or in four bits. */
struct Base {
  std::vector<Tensor> parts;  // W, or those of an NF4 weight
  bool transposed = false;    // of a W that lies as (in, out)
  int64_t out = 0, in = 0;
  int64_t block_size = 0;  // of an NF4 weight, else 0

  /* (in, out) */
  Tensor factor(at::ScalarType dtype) const {
    if (block_size == 0) return transposed ? parts[0] : parts[0].t();
    return Nf4Weight{parts[0], parts[1], parts[2], parts[3], parts[4], out, in, block_size}.dense(dtype).t();
  }

  /* What can be trained of it. */
  Tensor weight() const { return block_size == 0 ? parts[0] : Tensor(); }
};

/* A linear layer; `bias`, and `a` with `b`, may be undefined. */
struct Layer {
  Base base;
  Tensor bias, a, b;
  double scaling = 1;

  int64_t rank() const { return a.defined() ? a.size(0) : 0; }
};

using Layers = std::vector<Layer>;

void check(const Layer& layer, const Tensor& rows) {
  const auto& [base, bias, a, b, scaling] = layer;
  TORCH_CHECK(rows.size(1) == base.in, "`x` must have ", base.in, " columns as `weight` has, got ", rows.size(1));
  TORCH_CHECK(a.defined() == b.defined(), "`a` and `b` belong together");
  if (!a.defined()) return;
  TORCH_CHECK(a.dim() == 2 && b.dim() == 2, "`a` and `b` must be matrices");
  TORCH_CHECK(a.size(1) == base.in, "`a` must have ", base.in, " columns as `weight` has, got ", a.size(1));
  TORCH_CHECK(b.size(0) == base.out && b.size(1) == a.size(0), "`b` must be (", base.out, ", ", a.size(0), "), got ", b.sizes());
}

/* All A below each other, (sum of ranks, in); undefined where there is none. */
Tensor stacked(const std::vector<Tensor>& factors) {
  std::vector<Tensor> defined;
  for (const Tensor& a : factors)
    if (a.defined()) defined.push_back(a);
  if (defined.empty()) return Tensor();
  return defined.size() == 1 ? defined[0] : at::cat(defined);
}

/* Calls `use` with each layer that has an adapter and its columns of `narrow` (n, sum of ranks). */
template <typename Ranks, typename Use>
void for_columns(const Tensor& narrow, const Ranks& ranks, const Use& use) {
  int64_t begin = 0;
  for (size_t i = 0; i < ranks.size(); i++) {
    if (ranks[i] == 0) continue;
    use(i, narrow.narrow(1, begin, ranks[i]));
    begin += ranks[i];
  }
}

std::vector<int64_t> ranks_of(const Layers& layers) {
  std::vector<int64_t> ranks;
  for (const Layer& layer : layers) ranks.push_back(layer.rank());
  return ranks;
}

/* Of each layer y (n, out), and of all x Aᵀ (n, sum of ranks). @param is_unread y is only to be there */
std::pair<std::vector<Tensor>, Tensor> products(const Tensor& rows, const Layers& layers, bool is_unread = false) {
  std::vector<Tensor> factors, results;
  for (const Layer& layer : layers) {
    check(layer, rows);
    factors.push_back(layer.a);
    results.push_back(at::empty({rows.size(0), layer.base.out}, rows.options()));
  }
  const Tensor all_a = stacked(factors);
  const Tensor narrow = all_a.defined() ? at::mm(rows, all_a.t()) : Tensor();
  if (is_unread) return {results, narrow};
  if (narrow.defined())
    for_columns(narrow, ranks_of(layers), [&](size_t i, const Tensor& columns) {
      const auto& [base, bias, a, b, scaling] = layers[i];
      at::addmm_out(results[i], bias.defined() ? bias : results[i], columns, b.t(), bias.defined() ? 1 : 0, scaling);
    });
  for (size_t i = 0; i < layers.size(); i++) {
    const auto& [base, bias, a, b, scaling] = layers[i];
    const Tensor factor = base.factor(rows.scalar_type());
    if (a.defined()) at::addmm_out(results[i], results[i], rows, factor);
    else if (bias.defined()) at::addmm_out(results[i], bias, rows, factor);
    else at::mm_out(results[i], rows, factor);
  }
  return {results, narrow};
}

/* The inputs that can have a gradient: x, then of each layer weight, bias, a and b. */
struct LoraLinearBackward : torch::autograd::Node {
  struct Saved {
    Base base;  // its parts are in `parts` until they are needed
    std::vector<SavedVariable> parts;
    SavedVariable a, b;
    double scaling = 1;
  };
  SavedInput x;
  SavedVariable narrow;
  std::vector<Saved> layers;
  std::vector<int64_t> ranks;
  c10::DimVector x_sizes;

  std::string name() const override { return "LoraLinearBackward"; }

  void release_variables() override {
    const std::lock_guard lock(mutex_);
    x.reset_data();
    narrow.reset_data();
    for (Saved& layer : layers) {
      layer.a.reset_data();
      layer.b.reset_data();
      for (SavedVariable& part : layer.parts) part.reset_data();
    }
  }

  static size_t weight_of(size_t layer) { return 1 + 4 * layer; }
  static size_t bias_of(size_t layer) { return weight_of(layer) + 1; }
  static size_t a_of(size_t layer) { return weight_of(layer) + 2; }
  static size_t b_of(size_t layer) { return weight_of(layer) + 3; }

  variable_list apply(variable_list&& given) override {
    const std::lock_guard lock(mutex_);
    variable_list gradients(weight_of(layers.size())), grads;
    bool is_any = false;
    for (const Tensor& grad : given) {
      grads.push_back(grad.defined() ? in_rows(grad) : grad);
      is_any = is_any || grad.defined();
    }
    if (!is_any) return gradients;
    TORCH_CHECK(!at::GradMode::is_enabled(), "a gradient of lora_linear cannot be differentiated again");
    const Tensor grad_narrow = narrow_gradient(grads);
    if (task_should_compute_output(0)) gradients[0] = x_gradient(grads, grad_narrow).view(x_sizes);
    for (size_t i = 0; i < layers.size(); i++) {
      if (!grads[i].defined()) continue;
      if (task_should_compute_output(bias_of(i))) gradients[bias_of(i)] = grads[i].sum(0);
      if (task_should_compute_output(weight_of(i))) gradients[weight_of(i)] = weight_gradient(i, grads[i]);
    }
    if (grad_narrow.defined()) adapter_gradients(gradients, grads, grad_narrow);
    return gradients;
  }

 private:
  /* Of x Aᵀ, (n, sum of ranks); undefined where there is no adapter. */
  Tensor narrow_gradient(const variable_list& grads) {
    int64_t rank = 0;
    for (const int64_t each : ranks) rank += each;
    if (rank == 0) return Tensor();
    Tensor first;
    for (const Tensor& grad : grads)
      if (grad.defined()) first = grad;
    const Tensor gradient = at::empty({first.size(0), rank}, first.options());
    for_columns(gradient, ranks, [&](size_t i, Tensor columns) {
      if (grads[i].defined()) at::addmm_out(columns, columns, grads[i], layers[i].b.unpack(), 0, layers[i].scaling);
      else columns.zero_();
    });
    return gradient;
  }

  /* (n, in) */
  Tensor x_gradient(const variable_list& grads, const Tensor& grad_narrow) {
    Tensor gradient = grad_narrow.defined() ? at::mm(grad_narrow, all_a()) : Tensor();
    for (size_t i = 0; i < layers.size(); i++) {
      if (!grads[i].defined()) continue;
      Base base = layers[i].base;
      for (SavedVariable& part : layers[i].parts) base.parts.push_back(part.unpack());
      const Tensor factor = base.factor(grads[i].scalar_type()).t();  // (out, in)
      if (gradient.defined()) at::addmm_out(gradient, gradient, grads[i], factor);
      else gradient = at::mm(grads[i], factor);
    }
    return gradient;
  }

  Tensor all_a() {
    std::vector<Tensor> factors;
    for (Saved& layer : layers) factors.push_back(layer.a.unpack());
    return stacked(factors);
  }

  Tensor weight_gradient(size_t i, const Tensor& grad) {
    const Tensor rows = in_rows(x.unpack());
    return layers[i].base.transposed ? product(weight_of(i), rows.t(), grad) : product(weight_of(i), grad.t(), rows);
  }

  void adapter_gradients(variable_list& gradients, const variable_list& grads, const Tensor& grad_narrow) {
    bool is_a_trained = false;
    for (size_t i = 0; i < layers.size(); i++) is_a_trained = is_a_trained || task_should_compute_output(a_of(i));
    const bool is_one = ranks.size() == 1;
    const Tensor rows = is_a_trained ? in_rows(x.unpack()) : Tensor();
    const Tensor of_a = is_a_trained && !is_one ? at::mm(grad_narrow.t(), rows) : Tensor();  // (sum of ranks, in)
    const Tensor narrow_rows = narrow.unpack();
    int64_t begin = 0;
    for_columns(narrow_rows, ranks, [&](size_t i, const Tensor& columns) {
      const bool is_used = grads[i].defined();
      if (is_used && task_should_compute_output(a_of(i)))
        gradients[a_of(i)] = is_one ? product(a_of(i), grad_narrow.t(), rows) : placed(a_of(i), of_a.narrow(0, begin, ranks[i]));
      if (is_used && task_should_compute_output(b_of(i)))
        gradients[b_of(i)] = product(b_of(i), grads[i].t(), columns, layers[i].scaling);
      begin += ranks[i];
    });
  }

  /* factor * left right, in the place of the parameter that is input `index` where it has one. */
  Tensor product(size_t index, const Tensor& left, const Tensor& right, double factor = 1) {
    const bool is_written = write_in_place(next_edge(index), [&](Tensor place, bool has_gradient) {
      at::addmm_out(place, place, left, right, has_gradient ? 1 : 0, factor);
    });
    if (is_written) return Tensor();
    const Tensor made = at::mm(left, right);
    return factor == 1 ? made : made.mul(factor);
  }

  /* The same for one that is made. */
  Tensor placed(size_t index, const Tensor& made) {
    const bool is_written = write_in_place(next_edge(index), [&](Tensor place, bool has_gradient) {
      has_gradient ? place.add_(made) : place.copy_(made);
    });
    return is_written ? Tensor() : made.clone();  // a part of one tensor would hold all of it
  }
};

SavedVariable saved(const Tensor& tensor, bool is_needed) { return is_needed && tensor.defined() ? SavedVariable(tensor, false) : SavedVariable(); }

std::vector<Tensor> in_shapes_of(const std::vector<Tensor>& results, c10::IntArrayRef x_sizes) {
  std::vector<Tensor> shaped;
  for (const Tensor& y : results) shaped.push_back(in_shape_of(y, x_sizes));
  return shaped;
}

std::vector<Tensor> without_autograd(const Tensor& x, const Layers& layers) {
  return in_shapes_of(products(in_rows(x), layers).first, x.sizes());
}

std::vector<Tensor> with_autograd(const Tensor& x, const Layers& layers) {
  variable_list inputs{x};
  for (const Layer& layer : layers) inputs.insert(inputs.end(), {layer.base.weight(), layer.bias, layer.a, layer.b});
  if (!torch::autograd::compute_requires_grad(at::TensorList(inputs))) {
    const at::AutoDispatchBelowADInplaceOrView below;
    return without_autograd(x, layers);
  }
  auto node = make_node<LoraLinearBackward>();
  node->set_next_edges(torch::autograd::collect_next_edges(at::TensorList(inputs)));
  const bool is_unread = next_product_is_unread() && layers.size() == 1;
  std::vector<Tensor> results;
  Tensor narrow;
  {
    const at::AutoDispatchBelowADInplaceOrView below;
    std::tie(results, narrow) = products(in_rows(x), layers, is_unread);
    results = in_shapes_of(results, x.sizes());
  }
  node->x_sizes = c10::DimVector(x.sizes());
  node->ranks = ranks_of(layers);
  const bool needs_x_gradient = node->should_compute_output(0);
  bool needs_x = false;
  for (size_t i = 0; i < layers.size(); i++) {
    const Layer& layer = layers[i];
    LoraLinearBackward::Saved& kept = node->layers.emplace_back();
    kept.base = layer.base;
    kept.base.parts.clear();
    if (needs_x_gradient)
      for (const Tensor& part : layer.base.parts) kept.parts.push_back(saved(part, true));
    kept.a = saved(layer.a, needs_x_gradient);
    kept.b = saved(layer.b, true);
    kept.scaling = layer.scaling;
    needs_x = needs_x || node->should_compute_output(node->weight_of(i)) || node->should_compute_output(node->a_of(i));
  }
  if (needs_x) node->x = SavedInput(x);
  node->narrow = saved(narrow, true);
  set_history(results, node);
  if (is_unread) note_unread_product(results[0]);
  return results;
}

/* x with rows in a row each, copied once if need be. */
Tensor with_rows(const Tensor& x) {
  TORCH_CHECK(x.dim() >= 1, "`x` must be (..., in), got a number");
  return x.dim() <= 2 || x.is_contiguous() ? x : x.contiguous();
}

using Compute = std::vector<Tensor>(const Tensor& x, const Layers& layers);
using OptionalTensors = c10::List<std::optional<Tensor>>;

Tensor or_undefined(const OptionalTensor& given) { return given.value_or(Tensor()); }

Layer over_matrix(const Tensor& weight, const OptionalTensor& bias, const OptionalTensor& a, const OptionalTensor& b, double scaling,
                  bool transposed) {
  TORCH_CHECK(weight.dim() == 2, "`weight` must be a matrix, got ", weight.sizes());
  const int64_t out = weight.size(transposed ? 1 : 0), in = weight.size(transposed ? 0 : 1);
  return {{{weight}, transposed, out, in}, or_undefined(bias), or_undefined(a), or_undefined(b), scaling};
}

Layer over_nf4(const Nf4Weight& weight, const OptionalTensor& bias, const OptionalTensor& a, const OptionalTensor& b, double scaling) {
  check(weight);
  const Base base{{weight.packed, weight.absmax, weight.map, weight.scales, weight.offset}, false, weight.out, weight.in,
                  weight.block_size};
  return {base, or_undefined(bias), or_undefined(a), or_undefined(b), scaling};
}

template <Compute kCompute>
Tensor lora_linear(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b, double scaling,
                   bool transposed) {
  return kCompute(with_rows(x), {over_matrix(weight, bias, a, b, scaling, transposed)})[0];
}

/* @throws c10::Error unless each list has a member for each layer */
template <typename... Lists>
void check_sizes(size_t count, const Lists&... lists) {
  TORCH_CHECK(count > 0 && ((lists.size() == count) && ...), "each list must have one member for each layer");
}

template <Compute kCompute>
std::vector<Tensor> lora_linears(const Tensor& x, at::TensorList weights, const OptionalTensors& biases, const OptionalTensors& a,
                                 const OptionalTensors& b, at::ArrayRef<double> scalings, bool transposed) {
  check_sizes(weights.size(), biases, a, b, scalings);
  Layers layers;
  for (size_t i = 0; i < weights.size(); i++) layers.push_back(over_matrix(weights[i], biases[i], a[i], b[i], scalings[i], transposed));
  return kCompute(with_rows(x), layers);
}

template <Compute kCompute>
Tensor nf4_linear(const Tensor& x, const Tensor& packed, const Tensor& absmax, const OptionalTensor& map, const OptionalTensor& scales,
                  const OptionalTensor& offset, const OptionalTensor& bias, const OptionalTensor& a, const OptionalTensor& b,
                  int64_t out_features, int64_t block_size, double scaling) {
  const Tensor rows = with_rows(x);
  const Nf4Weight weight{packed, absmax, or_undefined(map), or_undefined(scales), or_undefined(offset), out_features, rows.size(-1),
                         block_size};
  return kCompute(rows, {over_nf4(weight, bias, a, b, scaling)})[0];
}

template <Compute kCompute>
std::vector<Tensor> nf4_linears(const Tensor& x, at::TensorList packed, at::TensorList absmax, const OptionalTensors& map,
                                const OptionalTensors& scales, const OptionalTensors& offset, const OptionalTensors& biases,
                                const OptionalTensors& a, const OptionalTensors& b, at::IntArrayRef out_features, int64_t block_size,
                                at::ArrayRef<double> scalings) {
  check_sizes(packed.size(), absmax, map, scales, offset, biases, a, b, out_features, scalings);
  const Tensor rows = with_rows(x);
  Layers layers;
  for (size_t i = 0; i < packed.size(); i++) {
    const Nf4Weight weight{packed[i], absmax[i], or_undefined(map[i]), or_undefined(scales[i]), or_undefined(offset[i]), out_features[i],
                           rows.size(-1), block_size};
    layers.push_back(over_nf4(weight, biases[i], a[i], b[i], scalings[i]));
  }
  return kCompute(rows, layers);
}

template <Compute kCompute>
void implement(torch::Library& m) {
  m.impl("lora_linear", lora_linear<kCompute>);
  m.impl("lora_linears", lora_linears<kCompute>);
  m.impl("nf4_linear", nf4_linear<kCompute>);
  m.impl("nf4_linears", nf4_linears<kCompute>);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def(
      "lora_linear(Tensor x, Tensor weight, Tensor? bias, Tensor a, Tensor b, *, float scaling=1.0, bool transposed=False) -> Tensor");
  m.def(
      "lora_linears(Tensor x, Tensor[] weights, Tensor?[] biases, Tensor?[] a, Tensor?[] b, *, float[] scalings, bool transposed=False) "
      "-> Tensor[]");
  m.def(
      "nf4_linear(Tensor x, Tensor packed, Tensor absmax, Tensor? map=None, Tensor? scales=None, Tensor? offset=None, Tensor? bias=None, "
      "Tensor? a=None, Tensor? b=None, *, int out_features, int block_size=64, float scaling=1.0) -> Tensor");
  m.def(
      "nf4_linears(Tensor x, Tensor[] packed, Tensor[] absmax, Tensor?[] map, Tensor?[] scales, Tensor?[] offset, Tensor?[] biases, "
      "Tensor?[] a, Tensor?[] b, *, int[] out_features, int block_size=64, float[] scalings) -> Tensor[]");
}
TORCH_LIBRARY_IMPL(notebooster, CompositeExplicitAutograd, m) { implement<without_autograd>(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { implement<with_autograd>(m); }

}  // namespace
}  // namespace notebooster::kernels
