// Collectives between GPUs fail while the host goes on: what it reads then may be garbage. Whoever reads a value asks here first.
#pragma once
#include "../node/bindings.h"

namespace notebooster {

class RankWatch;

/* While it lives, failures that `watch` finds are told at the next reading of a value. */
void tell_failures_of(RankWatch* watch);
void forget_failures_of(RankWatch* watch);

/* Throws the error of a failed collective that nobody was told of, if there is one. Costs a comparison while there is no group
   of GPUs. */
void tell_failed_collective();

void export_failed_collectives(Napi::Object exports);

}  // namespace notebooster
