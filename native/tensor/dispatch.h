// One path to every ATen operator: find the schema in the dispatcher once, convert by schema, call boxed.
#pragma once
#include "../node/bindings.h"

namespace notebooster {
void export_dispatch(Napi::Object exports);
}
