// All-to-all. What a rank sends to another must be what that one expects, which the ranks' calls do not tell: each pair of ranks is a
// stream of calls of its own (agreement.h). Gloo ends the process where a message is larger than expected; here all-to-all between CPUs
// is messages that meet only those of the same size.
#include <c10/core/GradMode.h>
#include <c10/util/StringUtil.h>
#include <torch/csrc/distributed/c10d/Work.hpp>

#include <numeric>

#include "../tensor/describe.h"
#include "backends.h"
#include "begin.h"

namespace notebooster {
namespace {

using at::Tensor;
using Work = c10::intrusive_ptr<c10d::Work>;

class AllWork : public c10d::Work {
 public:
  std::vector<c10::intrusive_ptr<c10d::Work>> parts;
  bool isCompleted() override {
    return std::all_of(parts.begin(), parts.end(), [](const auto& part) { return part->isCompleted(); });
  }
  bool wait(std::chrono::milliseconds timeout) override {
    for (const auto& part : parts) part->wait(timeout);
    return true;
  }
};

void complete(Parts& parts, int size, const char* name) {
  const Tensor& whole = parts.whole;
  if (whole.dim() == 0 || !whole.is_contiguous())
    throw UserError(c10::str("allToAll: ", name, " must be contiguous and have rows, got ", describe(whole)));
  const bool divides = parts.splits.empty() && whole.size(0) % size == 0;
  if (divides) parts.splits.assign(static_cast<size_t>(size), whole.size(0) / size);
  const int64_t sum = std::accumulate(parts.splits.begin(), parts.splits.end(), int64_t{0});
  if (parts.splits.size() != static_cast<size_t>(size) || sum != whole.size(0))
    throw UserError(c10::str("allToAll: the ", whole.size(0), " rows of ", name, " must be split among ", size,
                             " ranks: equally, or by splits that sum to them, got [", c10::Join(", ", parts.splits), "]"));
}

std::vector<Tensor> split(const Parts& parts) {
  std::vector<Tensor> tensors;
  int64_t start = 0;
  for (const int64_t rows : parts.splits) {
    tensors.push_back(parts.whole.narrow(0, start, rows));
    start += rows;
  }
  return tensors;
}

Call call_of(const Parts& received, const Parts& sent) {
  const std::string rows = "rows sent [" + c10::Join(", ", sent.splits) + "], received [" + c10::Join(", ", received.splits) + "]";
  return {"allToAll " + typed_shape(sent.whole) + " into " + typed_shape(received.whole) + ", " + rows,
          digest(c10::str("allToAll ", typed_shape(sent.whole.narrow(0, 0, 0))))};
}

/* What goes from one rank to another in the same call, as the one and the other expect. */
void enter_pairs(Group& group, const Turn& turn, const std::vector<Tensor>& received, const std::vector<Tensor>& sent) {
  Agreement& agreement = *turn.communicator->agreement;
  const auto name = [](int from, int to) { return "allToAll " + std::to_string(from) + " to " + std::to_string(to); };
  for (int peer = 0; peer < group.size(); ++peer) {
    if (peer == group.rank) continue;
    const auto at = static_cast<size_t>(peer);
    agreement.enter_between(name(group.rank, peer), at, {turn.call, digest(typed_shape(sent[at]))});
    agreement.enter_between(name(peer, group.rank), at, {turn.call, digest(typed_shape(received[at]))});
  }
}

Work exchange(Group& group, const Turn& turn, const std::vector<Tensor>& received, const std::vector<Tensor>& sent) {
  const c10::NoGradGuard guard;
  auto all = c10::make_intrusive<AllWork>();
  const auto tag = [&](const Tensor& part) { return gloo_message_tag(std::to_string(turn.tag) + ' ' + typed_shape(part)); };
  received[static_cast<size_t>(group.rank)].copy_(sent[static_cast<size_t>(group.rank)]);
  for (int peer = 0; peer < group.size(); ++peer) {
    if (peer == group.rank) continue;
    const auto at = static_cast<size_t>(peer);
    std::vector<Tensor> incoming{received[at]}, outgoing{sent[at]};
    if (incoming[0].numel() > 0) all->parts.push_back(turn.backend().recv(incoming, peer, tag(incoming[0])));
    if (outgoing[0].numel() > 0) all->parts.push_back(turn.backend().send(outgoing, peer, tag(outgoing[0])));
  }
  return all;
}

}  // namespace

Begun begin_all_to_all(Group& group, Parts received, Parts sent) {
  complete(received, group.size(), "output");
  complete(sent, group.size(), "input");
  const auto own = static_cast<size_t>(group.rank);
  const std::vector<Tensor> incoming = split(received), outgoing = split(sent);
  if (describe(incoming[own]) != describe(outgoing[own]))
    throw UserError("allToAll: this rank sends itself " + describe(outgoing[own]) + " and expects " + describe(incoming[own]));
  Begun begun = begin_collective(group, call_of(received, sent), [&](c10d::Backend& backend) -> Work {
    if (!group.is_nccl()) return nullptr;
    return backend.alltoall_base(received.whole, sent.whole, received.splits, sent.splits);
  });
  enter_pairs(group, begun.turn, incoming, outgoing);
  if (!group.is_nccl()) begun.work = exchange(group, begun.turn, incoming, outgoing);
  return begun;
}

}  // namespace notebooster
