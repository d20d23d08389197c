"""PyTorch's side of `notebooster bench load`: for each line it is sent, reads a file of safetensors into memory of its own, as it is stored or as
float32, and answers with {"seconds", "processorSeconds"}, those of all threads. `load_file` maps the file; copies read it."""

import json
import sys
import time

from safetensors.torch import load_file

file, dtype = sys.argv[1:]
for _ in sys.stdin:
    begin, used = time.perf_counter(), time.process_time()
    tensors = load_file(file)
    for name in tensors:
        tensors[name] = tensors[name].float() if dtype == "float32" else tensors[name].clone()
    seconds, processor_seconds = time.perf_counter() - begin, time.process_time() - used
    del tensors
    print(json.dumps({"seconds": seconds, "processorSeconds": processor_seconds}), flush=True)
