#include "begin.h"

#include "../tensor/describe.h"
#include "backends.h"

namespace notebooster {
namespace {

using at::Tensor;
using Work = c10::intrusive_ptr<c10d::Work>;

/* Sends and receives between two ranks are a stream of their own; Gloo tells those with different tags apart. */
std::string stream_of(const Group& group, const Transfer& transfer) {
  const int from = transfer.is_send ? group.rank : transfer.peer;
  const int to = transfer.is_send ? transfer.peer : group.rank;
  const std::string tag = group.is_nccl() ? "" : '#' + std::to_string(transfer.tag);
  return std::to_string(from) + " to " + std::to_string(to) + tag;
}

Work start_between(Group& group, const Turn& turn, const Start& start) {
  try {
    return start(turn.backend());
  } catch (const std::exception& error) {
    if (turn.communicator->given_up().empty()) throw;
    throw group.failure(turn, error.what());
  }
}

Call call_of(const Transfer& transfer) {
  const std::string what = typed_shape(transfer.tensor);
  const std::string tagged = transfer.tag == 0 ? "" : " tag " + std::to_string(transfer.tag);
  return {(transfer.is_send ? "send " : "receive ") + what + " peer " + std::to_string(transfer.peer) + tagged, digest(what)};
}

Work start_tagged(Group& group, const Turn& turn, const Start& start) {
  try {
    if (!group.is_nccl()) tag_next_collective(turn.backend(), turn.tag);
    return start(turn.backend());
  } catch (const c10::DistError& error) {
    throw group.failure(turn, error.what_without_backtrace());
  } catch (const c10::Error& error) {
    turn.communicator->agreement->withdraw();
    throw UserError(turn.call + ": " + error.what_without_backtrace());
  }
}

}  // namespace

Begun begin_collective(Group& group, Call call, const Start& start) {
  Turn turn = group.enter(std::move(call));
  Work work = start_tagged(group, turn, start);
  return {std::move(turn), std::move(work)};
}

int gloo_message_tag(const std::string& text) { return static_cast<int>(digest(text) & 0x7fff'ffff); }

Begun begin_transfer(Group& group, const Transfer& transfer) {
  const Call call = call_of(transfer);
  Turn turn = group.enter_between(call.text, transfer.peer);
  std::vector<Tensor> tensors{transfer.tensor};
  const int tag = group.is_nccl() ? transfer.tag : gloo_message_tag(typed_shape(transfer.tensor) + " tag " + std::to_string(transfer.tag));
  Work work = start_between(group, turn, [&](c10d::Backend& backend) {
    return transfer.is_send ? backend.send(tensors, transfer.peer, tag) : backend.recv(tensors, transfer.peer, tag);
  });
  turn.communicator->agreement->enter_between(stream_of(group, transfer), static_cast<size_t>(transfer.peer), call);
  return {std::move(turn), std::move(work)};
}

Begun end_transfers(Group& group) {
  Turn turn = group.enter_batch("exchange");
  turn.communicator->is_batch_open = false;
  Work work = start_between(group, turn, [](c10d::Backend& backend) {
    return backend.supportsCoalescing() ? backend.endCoalescing() : Work();
  });
  return {std::move(turn), std::move(work)};
}

}  // namespace notebooster
