// notebooster::rope turns the pairs (i, i + D/2) of x (B, H, T, D) by the angles of cos and sin (T, D). x may be a
// transposed view of (B, T, H, D): it is read in place and the result has the same order in memory.
#include <ATen/ops/empty_like.h>

#include "torch_side.h"

namespace notebooster::kernels {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

void check_table(const Tensor& table, const char* name, const Tensor& x) {
  TORCH_CHECK(table.dim() == 2 && table.size(0) == x.size(2) && table.size(1) == x.size(3), "`", name, "` must be (T, D) = (",
              x.size(2), ", ", x.size(3), ") for `x` ", x.sizes(), ", got ", table.sizes());
  check_like(table, name, x, "x");
}

Tensor with_contiguous_rows(const Tensor& tensor) { return tensor.stride(-1) == 1 ? tensor : tensor.contiguous(); }

Tensor turn(const Tensor& given_x, const Tensor& given_cos, const Tensor& given_sin, bool inverse) {
  TORCH_CHECK(given_x.dim() == 4 && given_x.size(3) % 2 == 0, "`x` must be (B, H, T, D) with an even D, got ",
              given_x.sizes());
  check_table(given_cos, "cos", given_x);
  check_table(given_sin, "sin", given_x);
  const Tensor x = with_contiguous_rows(given_x), cos = with_contiguous_rows(given_cos);
  const Tensor sin = with_contiguous_rows(given_sin);
  Tensor out = at::empty_like(x);
  if (out.stride(-1) != 1) out = at::empty_like(x, at::MemoryFormat::Contiguous);
  const Rope arguments{x.const_data_ptr(), cos.const_data_ptr(), sin.const_data_ptr(), out.mutable_data_ptr(),
                       x.size(0), x.size(1), x.size(2), x.size(3),
                       {x.stride(0), x.stride(1), x.stride(2)}, {out.stride(0), out.stride(1), out.stride(2)},
                       cos.stride(0), sin.stride(0), inverse, element_of(x, "x")};
  NOTEBOOSTER_RUN(x, rope, arguments);
  return out;
}

Tensor rope(const Tensor& x, const Tensor& cos, const Tensor& sin) { return turn(x, cos, sin, false); }
Tensor rope_backward(const Tensor& grad, const Tensor& cos, const Tensor& sin) { return turn(grad, cos, sin, true); }

struct RopeFunction : torch::autograd::Function<RopeFunction> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& cos, const Tensor& sin) {
    context->save_for_backward({cos, sin});
    const at::AutoDispatchBelowADInplaceOrView below;
    return rope(x, cos, sin);
  }
  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    const auto saved = context->get_saved_variables();
    return {rope_backward(grads[0], saved[0], saved[1]), Tensor(), Tensor()};
  }
};

Tensor rope_autograd(const Tensor& x, const Tensor& cos, const Tensor& sin) {
  TORCH_CHECK(!needs_gradient({&cos, &sin}), "`cos` and `sin` are constants: rope has no gradient for them");
  if (needs_gradient({&x})) return RopeFunction::apply(x, cos, sin);
  const at::AutoDispatchBelowADInplaceOrView below;
  return rope(x, cos, sin);
}

void implement_rope(torch::Library& m) {
  m.impl("rope", rope);
  m.impl("rope_backward", rope_backward);
}

TORCH_LIBRARY_FRAGMENT(notebooster, m) {
  m.def("rope(Tensor x, Tensor cos, Tensor sin) -> Tensor");
  m.def("rope_backward(Tensor grad, Tensor cos, Tensor sin) -> Tensor");
}
TORCH_LIBRARY_IMPL(notebooster, CPU, m) { implement_rope(m); }
TORCH_LIBRARY_IMPL(notebooster, CUDA, m) { implement_rope(m); }
TORCH_LIBRARY_IMPL(notebooster, Meta, m) { implement_rope(m); }
TORCH_LIBRARY_IMPL(notebooster, Autograd, m) { m.impl("rope", rope_autograd); }

}  // namespace
}  // namespace notebooster::kernels
