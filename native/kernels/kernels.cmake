# The parts of native/kernels that need flags of their own: AdamW's CPU loops once per instruction set, OpenMP, and the
# CUDA kernels when libtorch has CUDA and there is an nvcc.
function(add_adamw_loop name)
  add_library(adamw_loop_${name} OBJECT kernels/adamw_cpu_loop.cc)
  set_target_properties(adamw_loop_${name} PROPERTIES CXX_STANDARD 20 POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden)
  target_compile_definitions(adamw_loop_${name} PRIVATE NOTEBOOSTER_ADAMW_LOOP=adamw_loop_${name})
  target_compile_options(adamw_loop_${name} PRIVATE -O3 -Wall -Wextra -fno-math-errno -fno-trapping-math ${ARGN})
  target_link_libraries(notebooster PRIVATE adamw_loop_${name})
endfunction()

add_adamw_loop(any)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  add_adamw_loop(avx2 -mavx2 -mfma)
  add_adamw_loop(avx512 -mavx512f -mavx512bw -mavx512vl -mavx512dq -mfma -mprefer-vector-width=512)
endif()

# at::parallel_for is inline and serial without OpenMP. Not linked: the OpenMP runtime is the one libtorch brings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set_source_files_properties(kernels/adamw_cpu.cc kernels/cross_entropy_cpu.cc kernels/rms_norm_cpu.cc
    kernels/rope_cpu.cc kernels/swiglu_cpu.cc PROPERTIES COMPILE_OPTIONS -fopenmp)
else()
  message(WARNING "the CPU kernels of ops.notebooster run on one thread: they are parallel when built by g++")
endif()

set(NOTEBOOSTER_CUDA_ARCHITECTURES "80-real;90" CACHE STRING "GPU architectures of the CUDA kernels, as CMake writes them")
if(EXISTS "${TORCH_DIR}/lib/libtorch_cuda.so")
  find_program(NVCC nvcc HINTS /usr/local/cuda/bin)
  if(NVCC)
    set(CMAKE_CUDA_COMPILER "${NVCC}")
    set(CMAKE_CUDA_ARCHITECTURES "${NOTEBOOSTER_CUDA_ARCHITECTURES}")
    enable_language(CUDA)
    add_library(cuda_kernels OBJECT kernels/adamw.cu kernels/cross_entropy.cu kernels/norm.cu kernels/rms_norm.cu
      kernels/rope.cu kernels/swiglu.cu)
    set_target_properties(cuda_kernels PROPERTIES CUDA_STANDARD 20 POSITION_INDEPENDENT_CODE ON
      CUDA_VISIBILITY_PRESET hidden)
    target_link_libraries(notebooster PRIVATE cuda_kernels)
    # The CUDA runtime is the one libtorch brings: its symbols are found when the addon is loaded.
    set_target_properties(notebooster PROPERTIES LINKER_LANGUAGE CXX CUDA_RUNTIME_LIBRARY None)
    target_compile_definitions(notebooster PRIVATE NOTEBOOSTER_CUDA_KERNELS)
  else()
    message(WARNING "no nvcc: the operators ops.notebooster.* will refuse CUDA tensors")
  endif()
endif()
