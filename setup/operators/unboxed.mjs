// C++ tables of the operators that are called in C++ types (native/tensor/unboxed.h): those of the models and of everyday
// notebooks, with their in-place forms; our own are in native/tensor/unboxed_own.cc. All others are called boxed: 0.1 to 0.2 us more.

const HOT = `
abs add addcdiv addcmul bitwise_and bitwise_not bitwise_or clamp clamp_max clamp_min clone copy cos cumsum div erf exp exp2 fill floor
floor_divide isfinite isinf isnan lerp log log1p log2 logical_and logical_not logical_or masked_fill maximum minimum mul
nan_to_num neg pow reciprocal remainder round rsqrt rsub sigmoid sign sin sqrt square sub tanh tril triu where zero
eq ge gt le lt ne
all amax amin any argmax argmin count_nonzero linalg_vector_norm logsumexp max mean min norm prod std sum var
arange empty empty_like eye full full_like linspace new_empty new_full new_ones new_zeros ones ones_like zeros zeros_like
bernoulli multinomial normal rand rand_like randint randn randn_like randperm random uniform
addmm baddbmm bmm dot einsum linear matmul mm mv outer t
alias cat chunk contiguous detach diagonal expand expand_as flatten flip gather index index_add index_put index_select
masked_select movedim narrow nonzero permute repeat repeat_interleave reshape roll scatter scatter_add select slice split
split_with_sizes squeeze stack swapaxes to transpose type_as unbind unflatten unsqueeze view view_as
argsort sort topk
adaptive_avg_pool2d batch_norm binary_cross_entropy_with_logits conv1d conv2d cross_entropy_loss dropout embedding gelu
group_norm layer_norm leaky_relu log_softmax max_pool2d mse_loss nll_loss one_hot relu rms_norm scaled_dot_product_attention
silu softmax softplus
`
  .trim()
  .split(/\s+/);

const FILES = 4; // compiled side by side

/** File name to content. */
export function unboxedTables(operators, header) {
  const wanted = new Set(HOT.flatMap((name) => [name, `${name}_`]));
  const hot = operators.filter(({ name }) => wanted.has(name));
  const missing = HOT.filter(
    (name) => !hot.some((operator) => [name, `${name}_`].includes(operator.name)),
  );
  if (missing.length > 0) throw new Error(`no such operators: ${missing.join(", ")}`);
  const parts = Array.from({ length: FILES }, (_, part) =>
    hot.filter((_, i) => i % FILES === part),
  );
  const tables = parts.map((part, i) => [`unboxed_${i}.cc`, header + tableText(part, i)]);
  return Object.fromEntries([...tables, ["unboxed.cc", header + lookUpText()]]);
}

function tableText(operators, part) {
  const headers = new Set(operators.map(({ name }) => name.replace(/_$/, "")));
  const includes = [...headers].map((name) => `#include <ATen/ops/${name}_ops.h>\n`);
  const entries = operators.flatMap(({ overloads }) =>
    overloads.filter(isFunctional).map(entryText),
  );
  return `#include "../unboxed.h"

${includes.join("")}
namespace notebooster {

extern const UnboxedEntry kUnboxed${part}[]{
${entries.join("")}    {}};

}  // namespace notebooster
`;
}

function isFunctional({ arguments: list }) {
  return !list.some(({ isOut }) => isOut);
}

/** at::_ops::sum_dim_IntList for aten::sum.dim_IntList(...) */
function entryText({ schema }) {
  const name = schema.slice("aten::".length, schema.indexOf("("));
  return `    entry<at::_ops::${name.replace(".", "_")}>(),\n`;
}

function lookUpText() {
  const generated = Array.from({ length: FILES }, (_, part) => `kUnboxed${part}`);
  const names = [...generated, "kUnboxedOwn"];
  return `#include "../unboxed.h"

#include <unordered_map>

namespace notebooster {

${names.map((name) => `extern const UnboxedEntry ${name}[];\n`).join("")}
Unboxed find_unboxed(const c10::OperatorName& name) {
  static const auto& table = *[] {
    auto* byName = new std::unordered_map<c10::OperatorName, Unboxed>;
    for (const UnboxedEntry* entries : {${names.join(", ")}})
      for (; entries->name; ++entries) byName->emplace(c10::OperatorName(entries->name, entries->overload), entries->call);
    return byName;
  }();
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace notebooster
`;
}
