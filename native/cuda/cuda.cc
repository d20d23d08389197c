#include "cuda.h"

namespace notebooster {

#ifdef NOTEBOOSTER_CUDA
void export_cuda(napi_env env, napi_value exports) {
  napi_value cuda;
  check(env, napi_create_object(env, &cuda));
  export_streams(env, exports, cuda);
  export_graphs(env, cuda);
  export_devices(env, cuda);
  check(env, napi_set_named_property(env, exports, "cuda", cuda));
}
#else
void export_cuda(napi_env, napi_value) {}
#endif

}  // namespace notebooster
