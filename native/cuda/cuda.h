// What only a libtorch with CUDA offers: `native.cuda` in JS, undefined in builds for CPUs.
#pragma once
#include "../napi_support.h"

namespace notebooster {

#ifdef NOTEBOOSTER_CUDA
/* Throws a UserError naming `what` when a CUDA graph is being captured: waiting would invalidate the capture. */
void refuse_while_capturing(const char* what);
void export_streams(napi_env env, napi_value exports, napi_value cuda);
void export_graphs(napi_env env, napi_value cuda);
void export_devices(napi_env env, napi_value cuda);
#else
inline void refuse_while_capturing(const char*) {}
#endif

/* Sets `exports.cuda`. */
void export_cuda(napi_env env, napi_value exports);

}  // namespace notebooster
