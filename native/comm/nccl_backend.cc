#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

#include <cstdlib>

#include "backends.h"

namespace notebooster {
namespace {

/* c10d's watchdog would end the process when a collective times out or fails. Here it aborts the communicators, so that the
   GPU comes free, and the group says which rank was missing (rank_watch.cc). Whoever set these keeps what they set. */
void keep_process_alive() {
  ::setenv("TORCH_NCCL_ASYNC_ERROR_HANDLING", "2", 0);
  ::setenv("TORCH_NCCL_DUMP_ON_TIMEOUT", "0", 0);
  ::setenv("TORCH_NCCL_WAIT_TIMEOUT_DUMP_MILSEC", "100", 0);  // times 4 before it aborts; default: a minute in all
  ::setenv("TORCH_NCCL_PROPAGATE_ERROR", "0", 0);
}

}  // namespace

c10::intrusive_ptr<c10d::Backend> make_nccl(const GroupOptions& options) {
  keep_process_alive();
  auto nccl = c10d::ProcessGroupNCCL::Options::create();
  nccl->timeout = options.timeout;
  nccl->group_name = options.name;
  nccl->global_ranks_in_group = options.global_ranks;
  return c10::make_intrusive<c10d::ProcessGroupNCCL>(options.store, options.rank, options.size, nccl);
}

}  // namespace notebooster
