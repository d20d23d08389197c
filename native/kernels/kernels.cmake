# native/kernels: the operators and their CPU implementation, the vectorised loops once per instruction set, and the CUDA
# kernels when libtorch has CUDA and there is an nvcc.
target_sources(notebooster PRIVATE
  kernels/adamw_cpu.cc
  kernels/rows_cpu.cc
  kernels/vector/loops_choice.cc)
target_sources(operators PRIVATE
  kernels/adamw.cc
  kernels/adamw_8bit.cc
  kernels/aten_meta.cc
  kernels/bias_dropout_add.cc
  kernels/bias_gelu.cc
  kernels/cross_entropy.cc
  kernels/decode_attention.cc
  kernels/decode_linear.cc
  kernels/gated.cc
  kernels/layer_norm.cc
  kernels/linear.cc
  kernels/linear_cross_entropy.cc
  kernels/lora_linear.cc
  kernels/loss_rows.cc
  kernels/nf4.cc
  kernels/norm_operators.cc
  kernels/rms_norm.cc
  kernels/rope.cc
  kernels/softmax.cc)

function(add_loops name)
  add_library(loops_${name} OBJECT kernels/vector/loops.cc)
  set_target_properties(loops_${name} PROPERTIES CXX_STANDARD 20 POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden)
  target_compile_definitions(loops_${name} PRIVATE NOTEBOOSTER_LOOPS=loops_${name})
  target_compile_options(loops_${name} PRIVATE -O3 -Wall -Wextra -Wno-psabi -fno-math-errno -fno-trapping-math ${ARGN})
  target_link_libraries(notebooster PRIVATE loops_${name})
endfunction()

add_loops(any)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  add_loops(avx2 -mavx2 -mfma -mf16c)
  add_loops(avx512 -mavx512f -mavx512bw -mavx512vl -mavx512dq -mfma -mf16c -mprefer-vector-width=512)
endif()

# at::parallel_for is inline and serial without OpenMP. Not linked: the OpenMP runtime is the one libtorch brings.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set_source_files_properties(kernels/adamw_cpu.cc kernels/rows_cpu.cc PROPERTIES
    COMPILE_OPTIONS -fopenmp SKIP_PRECOMPILE_HEADERS ON)
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
    add_library(cuda_kernels OBJECT kernels/adamw.cu kernels/adamw_8bit.cu kernels/bias_activation.cu
      kernels/bias_dropout_add.cu kernels/cross_entropy.cu kernels/decode_attention.cu kernels/few_rows.cu kernels/gated.cu kernels/l2_norm.cu kernels/nf4.cu
      kernels/norm_backward.cu kernels/norm_forward.cu kernels/rope.cu kernels/softmax.cu)
    set_target_properties(cuda_kernels PROPERTIES CUDA_STANDARD 20 POSITION_INDEPENDENT_CODE ON
      CUDA_VISIBILITY_PRESET hidden)
    target_link_libraries(notebooster PRIVATE cuda_kernels)
    # The CUDA runtime is the one libtorch brings: its symbols are found when the addon is loaded.
    set_target_properties(notebooster PROPERTIES LINKER_LANGUAGE CXX CUDA_RUNTIME_LIBRARY None)
    target_compile_definitions(settings INTERFACE NOTEBOOSTER_CUDA_KERNELS)
  else()
    message(WARNING "no nvcc: the operators ops.notebooster.* will refuse CUDA tensors")
  endif()
endif()
