// Collectives between GPUs fail while the host goes on: what it reads then may be garbage. Whoever reads a value asks here first.
#pragma once
#include <node_api.h>

#include <cstdint>
#include <vector>

namespace notebooster {

class RankWatch;

/* While it lives, failures that `watch` finds are told at the next reading of a value. */
void tell_failures_of(RankWatch* watch);
void forget_failures_of(RankWatch* watch);

/* Leaves the error of a failed collective that nobody was told of pending in JS; false when there is none. Costs a comparison
   while there is no group of GPUs. */
bool tell_failed_collective(napi_env env);

void export_failed_collectives(napi_env env, napi_value exports);

}  // namespace notebooster
