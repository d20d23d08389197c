// What only a libtorch with CUDA offers: `native.cuda` in JS, undefined in builds for CPUs.
#pragma once
#include "../node/bindings.h"

namespace notebooster {

#ifdef NOTEBOOSTER_CUDA
/* Throws a UserError naming `what` when a CUDA graph is being captured: waiting would invalidate the capture. */
void refuse_while_capturing(const char* what);
void export_streams(Napi::Object exports, Napi::Object cuda);
void export_graphs(Napi::Object cuda);
void export_devices(Napi::Object cuda);
#else
inline void refuse_while_capturing(const char*) {}
#endif

/* Sets `exports.cuda`. */
void export_cuda(Napi::Object exports);

}  // namespace notebooster
