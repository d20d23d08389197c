#include "nvrtc.h"

#include <dlfcn.h>

#include <array>

#include "../node/errors.h"

namespace notebooster::jit {
namespace {

struct Program;
struct Module;

/* The functions used of nvrtc.h and cuda.h, by their documented C signatures; 0 means success everywhere. */
struct Library {
  int (*nvrtcCreateProgram)(Program**, const char* source, const char* name, int, const char* const*, const char* const*);
  int (*nvrtcDestroyProgram)(Program**);
  int (*nvrtcCompileProgram)(Program*, int count, const char* const* options);
  int (*nvrtcGetProgramLogSize)(Program*, size_t*);
  int (*nvrtcGetProgramLog)(Program*, char*);
  int (*nvrtcGetCUBINSize)(Program*, size_t*);
  int (*nvrtcGetCUBIN)(Program*, char*);
  const char* (*nvrtcGetErrorString)(int);
  int (*cuDeviceGetAttribute)(int* value, int attribute, int device);
  int (*cuModuleLoadData)(Module**, const void* image);
  int (*cuModuleGetFunction)(Function*, Module*, const char* name);
  int (*cuLaunchKernel)(Function, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned shared, CUstream_st*, void** arguments,
                        void** extra);
  int (*cuGetErrorString)(int, const char**);
};

template <typename Pointer>
void find(void* handle, const char* name, Pointer& pointer) {
  pointer = reinterpret_cast<Pointer>(dlsym(handle, name));
  if (!pointer) throw UserError(std::string("jit needs ") + name + " of NVRTC and the CUDA driver, which PyTorch's libraries here do not bring");
}

Library open_library() {
  void* handle = dlopen("libcaffe2_nvrtc.so", RTLD_NOW | RTLD_LOCAL);
  if (!handle) throw UserError(std::string("jit needs NVRTC, and PyTorch's libcaffe2_nvrtc.so does not load: ") + dlerror());
  Library library{};
#define NOTEBOOSTER_FIND(name) find(handle, #name, library.name)
  NOTEBOOSTER_FIND(nvrtcCreateProgram);
  NOTEBOOSTER_FIND(nvrtcDestroyProgram);
  NOTEBOOSTER_FIND(nvrtcCompileProgram);
  NOTEBOOSTER_FIND(nvrtcGetProgramLogSize);
  NOTEBOOSTER_FIND(nvrtcGetProgramLog);
  NOTEBOOSTER_FIND(nvrtcGetCUBINSize);
  NOTEBOOSTER_FIND(nvrtcGetCUBIN);
  NOTEBOOSTER_FIND(nvrtcGetErrorString);
  NOTEBOOSTER_FIND(cuDeviceGetAttribute);
  NOTEBOOSTER_FIND(cuModuleLoadData);
  NOTEBOOSTER_FIND(cuModuleGetFunction);
  NOTEBOOSTER_FIND(cuLaunchKernel);
  NOTEBOOSTER_FIND(cuGetErrorString);
#undef NOTEBOOSTER_FIND
  return library;
}

const Library& library() {
  static const Library opened = open_library();
  return opened;
}

void check_driver(int status, const char* what) {
  if (status == 0) return;
  const char* text = nullptr;
  library().cuGetErrorString(status, &text);
  throw UserError(std::string("jit: ") + what + " failed: " + (text ? text : "unknown CUDA error"));
}

std::string architecture(c10::DeviceIndex device) {
  constexpr std::array<int, 2> kMajorAndMinor{75, 76};  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_*
  std::string name = "sm_";
  for (const int attribute : kMajorAndMinor) {
    int value = 0;
    check_driver(library().cuDeviceGetAttribute(&value, attribute, device), "reading the GPU's compute capability");
    name += std::to_string(value);
  }
  return name;
}

std::string log_of(Program* program) {
  size_t size = 0;
  library().nvrtcGetProgramLogSize(program, &size);
  std::string log(size, '\0');
  if (size > 0) library().nvrtcGetProgramLog(program, log.data());
  return log;
}

std::vector<char> binary_of(Program* program, int status, const std::string& source) {
  if (status != 0)
    throw UserError(std::string("jit: NVRTC refused a kernel (") + library().nvrtcGetErrorString(status) + "):\n" + log_of(program) + "\n" + source);
  size_t size = 0;
  library().nvrtcGetCUBINSize(program, &size);
  std::vector<char> binary(size);
  library().nvrtcGetCUBIN(program, binary.data());
  return binary;
}

}  // namespace

Function compile(const std::string& source, const char* name, const std::vector<std::string>& options, c10::DeviceIndex device) {
  const std::string target = "--gpu-architecture=" + architecture(device);
  // Division and roots to 2 units in the last place, as torch.compile has them: their exact forms cost more than a load.
  std::vector<const char*> flags{target.c_str(), "--std=c++17", "--prec-div=false", "--prec-sqrt=false"};
  for (const std::string& option : options) flags.push_back(option.c_str());
  Program* program = nullptr;
  if (library().nvrtcCreateProgram(&program, source.c_str(), "pointwise.cu", 0, nullptr, nullptr) != 0)
    throw UserError("jit: NVRTC could not start a program");
  const int status = library().nvrtcCompileProgram(program, static_cast<int>(flags.size()), flags.data());
  std::vector<char> binary;
  try {
    binary = binary_of(program, status, source);
  } catch (...) {
    library().nvrtcDestroyProgram(&program);
    throw;
  }
  library().nvrtcDestroyProgram(&program);
  Module* module = nullptr;
  check_driver(library().cuModuleLoadData(&module, binary.data()), "loading a kernel");
  Function function = nullptr;
  check_driver(library().cuModuleGetFunction(&function, module, name), "finding a kernel");
  return function;
}

void launch(Function function, unsigned blocks, unsigned threads, CUstream_st* stream, std::vector<void*>& arguments) {
  check_driver(library().cuLaunchKernel(function, blocks, 1, 1, threads, 1, 1, 0, stream, arguments.data(), nullptr), "launching a kernel");
}

}  // namespace notebooster::jit
