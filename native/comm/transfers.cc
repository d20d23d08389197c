// Work in which each rank names its own part: sends and receives, batches of them, and the parts of an all-to-all.
#include "../tensor/bindings.h"
#include "begin.h"
#include "pending_work.h"

namespace notebooster {
namespace {

using at::Tensor;

/* Work between two ranks, or null while a batch collects it. */
PendingPointer pending(const GroupPointer& group, Begun begun) {
  if (!begun.work) return nullptr;
  return std::make_unique<PendingWork>(group, std::move(begun.turn), std::move(begun.work), std::function<void()>());
}

using Splits = std::vector<int64_t>;

/* Rows for each rank; no splits: equal parts. */
PendingPointer all_to_all(const GroupPointer& group, Tensor output, Tensor input, const Splits& output_splits, const Splits& input_splits) {
  return pending(group, begin_all_to_all(*group, {output, output_splits}, {input, input_splits}));
}

template <bool IsSend>
PendingPointer transfer(const GroupPointer& group, const Tensor& tensor, int64_t peer, int64_t tag) {
  return pending(group, begin_transfer(*group, {tensor, IsSend, static_cast<int>(peer), static_cast<int>(tag)}));
}

/* NCCL collects sends and receives until end_batch, which returns their common work or null. */
void begin_batch(const GroupPointer& group) {
  const Turn turn = group->enter_batch("batch");
  if (turn.backend().supportsCoalescing()) turn.backend().startCoalescing();
  turn.communicator->is_batch_open = true;
}
PendingPointer end_batch(const GroupPointer& group) { return pending(group, end_transfers(*group)); }

}  // namespace

void export_transfers(Napi::Object exports) {
  bind<all_to_all>(exports, "allToAll");
  bind<transfer<true>>(exports, "send");
  bind<transfer<false>>(exports, "receive");
  bind<begin_batch>(exports, "beginBatch");
  bind<end_batch>(exports, "endBatch");
}

}  // namespace notebooster
