"""Milliseconds a token of transformers' `generate` with LLaMA-2-7B in bfloat16 on one GPU, greedily; one JSON line. Arguments: layers, batch,
length of the prompt, tokens."""
import json
import statistics
import sys
import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM

LAYERS, BATCH, PROMPT, TOKENS = map(int, sys.argv[1:])
RUNS = 3

config = LlamaConfig(vocab_size=32000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=LAYERS, num_attention_heads=32,
                     num_key_value_heads=32, max_position_embeddings=PROMPT + TOKENS, attn_implementation="sdpa")
torch.set_default_dtype(torch.bfloat16)
with torch.device("cuda"):
    model = LlamaForCausalLM(config).eval()
model.generation_config.eos_token_id = None
ids = torch.randint(0, 32000, (BATCH, PROMPT), device="cuda")


def timed(count):
    torch.cuda.synchronize()
    begin = time.perf_counter()
    model.generate(ids, max_new_tokens=count, do_sample=False, pad_token_id=0)
    torch.cuda.synchronize()
    return 1000 * (time.perf_counter() - begin)


timed(16)
short, long = (statistics.median(timed(count) for _ in range(RUNS)) for count in (TOKENS // 4, TOKENS))
print(json.dumps({"msPerToken": (long - short) / (TOKENS - TOKENS // 4)}))
