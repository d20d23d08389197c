// Frees tensors that only JS objects own, also in a loop that never returns to the event loop, where V8 runs no
// finalizers. Collecting goes by bytes, because V8 sees objects of a few words: once the tensors that came since are
// worth it, V8's young generation is collected, and the tensors whose objects are gone are released on the spot. Their
// objects are looked after in generations as V8's own are: who has outlived two collections is looked at again only
// after a full one, which is due when a quarter more has grown old.
#pragma once
#include <ATen/core/Tensor.h>

#include <unordered_set>

#include "../node/bindings.h"

namespace notebooster {

/* A JS object owns this tensor from now on. Called by its constructor: no operator is under way. */
void note_owned(napi_env env, double handle, const at::Tensor& tensor);

/* Collects everything and releases all tensors whose objects are gone but those with these handles. */
void collect_full(napi_env env, const std::unordered_set<double>& spared = {});

void export_collector(Napi::Object exports);

}  // namespace notebooster
