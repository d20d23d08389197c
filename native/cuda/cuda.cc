#include "cuda.h"

namespace notebooster {

#ifdef NOTEBOOSTER_CUDA
void export_cuda(Napi::Object exports) {
  auto cuda = Napi::Object::New(exports.Env());
  export_streams(exports, cuda);
  export_graphs(cuda);
  export_devices(cuda);
  exports.Set("cuda", cuda);
}
#else
void export_cuda(Napi::Object) {}
#endif

}  // namespace notebooster
