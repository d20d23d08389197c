// Arguments of attention that do not fit together, refused with both sides named before any backend sees them.
#include <c10/util/StringUtil.h>

#include <algorithm>
#include <vector>

#include "../node/errors.h"
#include "../tensor/describe.h"
#include "backends.h"

namespace notebooster::attention {
namespace {

template <typename... Parts>
void require(bool holds, const Parts&... parts) {
  if (!holds) throw UserError(c10::str("attention: ", parts...));
}

void check_kinds(const Tensor& q, const Tensor& k, const Tensor& v, int64_t dims, const char* form) {
  require(q.dim() == dims && k.dim() == dims && v.dim() == dims, "q, k and v must be of shape ", form, ", got ", describe(q), ", ",
          describe(k), " and ", describe(v));
  require(q.scalar_type() == k.scalar_type() && q.scalar_type() == v.scalar_type() && at::isFloatingType(q.scalar_type()),
          "q, k and v must have one floating-point dtype, got ", describe(q), ", ", describe(k), " and ", describe(v));
  require(q.device() == k.device() && q.device() == v.device(), "q, k and v must be on one device, got ", q.device(), ", ", k.device(),
          " and ", v.device());
  require(q.size(-1) == k.size(-1), "q and k must have the same head dim, got ", q.size(-1), " and ", k.size(-1));
}

void check_heads(int64_t q, int64_t k, int64_t v) {
  require(k == v && k > 0 && q % k == 0, "the heads of q must be a multiple of the heads of k and v, got ", q, ", ", k, " and ", v);
}

void check_dropout(double dropout) {
  require(dropout >= 0 && dropout < 1, "dropout must be at least 0 and below 1, got ", dropout);
}

void check_mask(const Tensor& mask, const Problem& problem) {
  const std::array<int64_t, 4> full{problem.q.size(0), problem.q.size(1), problem.queries(), problem.keys()};
  bool fits = mask.dim() <= 4;
  for (int64_t back = 1; fits && back <= mask.dim(); ++back)
    fits = mask.size(-back) == 1 || mask.size(-back) == full[4 - back];
  require(fits, "the mask must broadcast to (B, H, Tq, Tk) = ", at::IntArrayRef(full), ", got ", describe(mask));
  require(mask.device() == problem.q.device(), "the mask must be on ", problem.q.device(), " like q, got ", mask.device());
  require(mask.scalar_type() == at::kBool || at::isFloatingType(mask.scalar_type()),
          "the mask must be bool (true: may attend) or floating-point (added to the scores), got ", describe(mask));
}

void check_starts(const Tensor& starts, const char* name, const Tensor& like) {
  require(starts.dim() == 1 && starts.numel() >= 2 && starts.scalar_type() == at::kInt, name,
          " must be int32 of shape [sequences + 1], got ", describe(starts));
  require(starts.device() == like.device(), name, " must be on ", like.device(), " like q, got ", starts.device());
}

/* Starts that are on a GPU are not looked at: reading them back would wait for it. */
std::vector<int32_t> host_starts(const Tensor& starts) {
  const Tensor row = starts.contiguous();
  return {row.const_data_ptr<int32_t>(), row.const_data_ptr<int32_t>() + row.numel()};
}

/* The sequences are all of the tokens, one after the other, none longer than `longest`. */
void check_lengths(const Tensor& starts, const char* name, const Tensor& packed, int64_t longest) {
  const auto from = host_starts(starts);
  require(from.front() == 0 && std::is_sorted(from.begin(), from.end()) && from.back() == packed.size(0), name,
          " must ascend from 0 to the number of tokens, ", packed.size(0), ", got ", at::ArrayRef<int32_t>(from));
  for (size_t n = 0; n + 1 < from.size(); ++n)
    require(from[n + 1] - from[n] <= longest, "the longest sequence of ", name, " must have at most ", longest,
            " tokens, as the option beside it says, got one of ", from[n + 1] - from[n]);
}

void check_causal_lengths(const PackedProblem& problem) {
  const auto queries = host_starts(problem.starts_q), keys = host_starts(problem.starts_k);
  for (size_t n = 0; n + 1 < queries.size(); ++n)
    require(queries[n + 1] - queries[n] <= keys[n + 1] - keys[n], "causal attention needs at least as many keys as queries, got ",
            queries[n + 1] - queries[n], " queries and ", keys[n + 1] - keys[n], " keys in sequence ", n);
}

}  // namespace

void check_arguments(const Problem& problem) {
  check_kinds(problem.q, problem.k, problem.v, 4, "(batch, heads, tokens, head dim)");
  const auto& [q, k, v] = std::tie(problem.q, problem.k, problem.v);
  require(q.size(0) == k.size(0) && q.size(0) == v.size(0) && k.size(2) == v.size(2),
          "q, k and v must have one batch size, k and v one length, got ", describe(q), ", ", describe(k), " and ", describe(v));
  check_heads(q.size(1), k.size(1), v.size(1));
  check_dropout(problem.dropout);
  require(!problem.causal || problem.queries() <= problem.keys(),
          "causal attention aligns the last query with the last key, so it needs at least as many keys as queries, got ",
          problem.queries(), " queries and ", problem.keys(), " keys");
  if (problem.mask) check_mask(*problem.mask, problem);
}

void check_arguments(const PackedProblem& problem) {
  check_kinds(problem.q, problem.k, problem.v, 3, "(tokens, heads, head dim)");
  check_heads(problem.q.size(1), problem.k.size(1), problem.v.size(1));
  check_dropout(problem.dropout);
  check_starts(problem.starts_q, "cuSeqlens", problem.q);
  check_starts(problem.starts_k, "cuSeqlensKeys", problem.q);
  require(problem.starts_q.numel() == problem.starts_k.numel(), "cuSeqlens and cuSeqlensKeys must have one length, got ",
          problem.starts_q.numel(), " and ", problem.starts_k.numel());
  require(!problem.window || (problem.causal && *problem.window > 0),
          "a window is of earlier keys and at least 1, so it needs causal: true, got window ", problem.window.value_or(0),
          problem.causal ? "" : " without it");
  require(!problem.q.is_meta(), "packed sequences on \"meta\" have no lengths; attend to a batch of one length there");
  if (!problem.q.is_cpu()) return;
  check_lengths(problem.starts_q, "cuSeqlens", problem.q, problem.max_q);
  check_lengths(problem.starts_k, "cuSeqlensKeys", problem.k, problem.max_k);
  if (problem.causal) check_causal_lengths(problem);
}

}  // namespace notebooster::attention
