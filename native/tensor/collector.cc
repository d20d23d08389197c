#include "collector.h"

#include <algorithm>
#include <utility>
#include <vector>
#ifdef NOTEBOOSTER_CUDA
#include <c10/cuda/CUDAFunctions.h>
#include <cuda_runtime_api.h>
#endif

#include "../node/callback.h"
#include "handle.h"

namespace notebooster {
namespace {

constexpr int64_t kHandleBytes = 1024;  // what a tensor costs beside its numbers: slot, TensorImpl, weak reference
constexpr int64_t kHostBudget = int64_t{32} << 20;
constexpr int64_t kGpuShare = 32;  // a GPU makes bytes a hundred times faster: its budget is this part of its memory
constexpr int64_t kGrownOldShare = 4;
constexpr int kYoungCollections = 2;

enum Place { kHost, kGpu, kNumPlaces };

struct Owned {
  double handle;
  int64_t bytes;
  Place place;
  int survived = 0;
};

struct Account {
  int64_t budget = 0;
  int64_t fresh = 0;      // bytes since the last collection
  int64_t old = 0;        // bytes of tensors that count as old
  int64_t old_alive = 0;  // what of them was alive after the last full collection
};

std::vector<Owned>& young = *new std::vector<Owned>;
std::vector<Owned>& old = *new std::vector<Owned>;
Account accounts[kNumPlaces] = {{kHostBudget}, {}};
Callback& collect_garbage = *new Callback;  // JS: (isFull: boolean) => void

void run_collector(bool is_full) {
  if (collect_garbage.is_set()) collect_garbage(is_full);
}

/* Drops from the list what is gone. */
void sweep(napi_env env, std::vector<Owned>& list, const std::unordered_set<double>& spared = {}) {
  std::erase_if(list, [&](const Owned& owned) { return !spared.contains(owned.handle) && release_if_collected(env, owned.handle); });
}

/* Who has survived often enough grows old. */
void age() {
  const auto grown = std::partition(young.begin(), young.end(), [](Owned& owned) { return ++owned.survived < kYoungCollections; });
  for (auto owned = grown; owned != young.end(); ++owned) accounts[owned->place].old += owned->bytes;
  old.insert(old.end(), grown, young.end());
  young.erase(grown, young.end());
}

bool is_full_collection_due() {
  return std::any_of(std::begin(accounts), std::end(accounts), [](const Account& account) {
    return account.old - account.old_alive > std::max(account.budget, account.old_alive / kGrownOldShare);
  });
}

void recount_old() {
  for (Account& account : accounts) account.old = 0;
  for (const Owned& owned : old) accounts[owned.place].old += owned.bytes;
  for (Account& account : accounts) account.old_alive = account.old;
}

void collect(napi_env env) {
  for (Account& account : accounts) account.fresh = 0;
  if (is_full_collection_due()) return collect_full(env);
  run_collector(false);
  sweep(env, young);
  age();
}

Place place_of(const at::Tensor& tensor) {
  if (!tensor.is_cuda()) return kHost;
#ifdef NOTEBOOSTER_CUDA
  if (accounts[kGpu].budget == 0) {
    size_t free = 0, total = 0;
    C10_CUDA_CHECK(cudaMemGetInfo(&free, &total));
    accounts[kGpu].budget = static_cast<int64_t>(total) / kGpuShare;
  }
#endif
  return kGpu;
}

/* A view has no memory of its own, on "meta" nothing has. */
int64_t bytes_of(const at::Tensor& tensor) {
  const bool has_memory = tensor.has_storage() && !tensor.is_view() && !tensor.is_meta();
  return kHandleBytes + (has_memory ? static_cast<int64_t>(tensor.nbytes()) : 0);
}

void on_collect(Napi::Function collect) { collect_garbage.set(collect); }

/* Everything that no object holds is released. */
void collect_now(Napi::Env env) { collect_full(env); }

}  // namespace

void note_owned(napi_env env, double handle, const at::Tensor& tensor) {
  const Place place = place_of(tensor);
  const int64_t bytes = bytes_of(tensor);
  young.push_back({handle, bytes, place});
  Account& account = accounts[place];
  account.fresh += bytes;
  if (account.fresh > account.budget) collect(env);
}

void collect_full(napi_env env, const std::unordered_set<double>& spared) {
  run_collector(true);
  sweep(env, young, spared);
  sweep(env, old, spared);
  recount_old();
}

void export_collector(Napi::Object exports) {
  bind<on_collect>(exports, "onCollect");
  bind<collect_now>(exports, "collect");
}

}  // namespace notebooster
