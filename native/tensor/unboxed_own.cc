// Our own operators (native/kernels) for calls in C++ types: those of the models. The signatures are those of the functions
// that are registered, which the dispatcher checks at the first call.
#include <algorithm>

#include "unboxed.h"

namespace notebooster {
namespace {

using at::Tensor;
using OptionalTensor = std::optional<Tensor>;

template <size_t N>
struct Name {
  char text[N];
  constexpr Name(const char (&given)[N]) { std::copy_n(given, N, text); }
};

/* An operator in the form of those in at::_ops. */
template <Name kName, typename Schema>
struct Own;
template <Name kName, typename Result, typename... Parameters>
struct Own<kName, Result(Parameters...)> {
  using schema = Result(Parameters...);
  static constexpr const char* name = kName.text;
  static constexpr const char* overload_name = "";
  static Result call(Parameters... parameters) {
    static const auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload_name).template typed<schema>();
    return handle.call(std::forward<Parameters>(parameters)...);
  }
};

using Pair = std::tuple<Tensor, Tensor>;
using Rope = Tensor(const Tensor& x, const Tensor& cos, const Tensor& sin);
using Gate = Tensor(const Tensor& gate, const Tensor& up);
using ApproximateGate = Tensor(const Tensor& gate, const Tensor& up, std::string_view approximate);
using RmsNorm = Tensor(const Tensor& x, const Tensor& weight, double eps);
using AddRmsNorm = Pair(const Tensor& x, const Tensor& residual, const Tensor& weight, double eps);
using LayerNorm = Tensor(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, double eps);
using AddLayerNorm = Pair(const Tensor& x, const Tensor& residual, const Tensor& weight, const OptionalTensor& bias, double eps);
using BiasDropoutAdd = Tensor(const Tensor& x, const OptionalTensor& bias, const Tensor& residual, const OptionalTensor& state, double p,
                              int64_t call);
using Linear = Tensor(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, bool transposed);
using LoraLinear = Tensor(const Tensor& x, const Tensor& weight, const OptionalTensor& bias, const Tensor& a, const Tensor& b, double scaling,
                          bool transposed);
using CrossEntropy = Tensor(const Tensor& logits, const Tensor& targets, int64_t ignore_index);

}  // namespace

extern const UnboxedEntry kUnboxedOwn[]{
    entry<Own<"notebooster::rope", Rope>>(),
    entry<Own<"notebooster::swiglu", Gate>>(),
    entry<Own<"notebooster::geglu", ApproximateGate>>(),
    entry<Own<"notebooster::bias_gelu", ApproximateGate>>(),
    entry<Own<"notebooster::rms_norm", RmsNorm>>(),
    entry<Own<"notebooster::add_rms_norm", AddRmsNorm>>(),
    entry<Own<"notebooster::layer_norm", LayerNorm>>(),
    entry<Own<"notebooster::add_layer_norm", AddLayerNorm>>(),
    entry<Own<"notebooster::bias_dropout_add", BiasDropoutAdd>>(),
    entry<Own<"notebooster::linear", Linear>>(),
    entry<Own<"notebooster::lora_linear", LoraLinear>>(),
    entry<Own<"notebooster::cross_entropy_", CrossEntropy>>(),
    {}};

}  // namespace notebooster
