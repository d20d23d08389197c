"""PyTorch's side of a comparison, run in turns with ours: reads one JSON request a line, answers with one JSON line.

{"task": "add", "iterations": N}             -> {"usPerCall": ...}   two 4x4 float32 tensors
{"task": "matmulBackward", "iterations": N}  -> {"usPerCall": ...}   64x64 requiring gradients: (a @ b).sum().backward()
{"task": "train", "model": FOLDER, "batchSize": B, "sequenceLength": T, "steps": N} -> {"tokensPerS": ..., "lastLoss": ...}
The training step is transformers' LlamaForCausalLM in float32 with a fused AdamW and gradients clipped at 1. Every step
sees the same tokens, 7919 * i mod vocabulary, so that both sides' losses can be compared.
"""

import json
import sys
import time

import torch

models = {}


def add(iterations):
    a, b = torch.randn(4, 4), torch.randn(4, 4)
    begin = time.perf_counter()
    for _ in range(iterations):
        a + b
    return {"usPerCall": (time.perf_counter() - begin) / iterations * 1e6}


def matmul_backward(iterations):
    a = torch.randn(64, 64, requires_grad=True)
    b = torch.randn(64, 64, requires_grad=True)
    begin = time.perf_counter()
    for _ in range(iterations):
        (a @ b).sum().backward()
        a.grad = None
        b.grad = None
    return {"usPerCall": (time.perf_counter() - begin) / iterations * 1e6}


def train(folder, batch_size, sequence_length, steps):
    model, optimizer = model_of(folder)
    numbers = torch.arange(batch_size * sequence_length) * 7919 % model.config.vocab_size
    tokens = numbers.reshape(batch_size, sequence_length)
    begin = time.perf_counter()
    for _ in range(steps):
        loss = model(input_ids=tokens, labels=tokens).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        last_loss = loss.item()
    seconds = time.perf_counter() - begin
    return {"tokensPerS": batch_size * sequence_length * steps / seconds, "lastLoss": last_loss}


def model_of(folder):
    if folder not in models:
        from transformers import LlamaForCausalLM

        model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).train()
        models[folder] = model, torch.optim.AdamW(model.parameters(), lr=1e-4, fused=True)
    return models[folder]


def answer(request):
    if request["task"] == "add":
        return add(request["iterations"])
    if request["task"] == "matmulBackward":
        return matmul_backward(request["iterations"])
    if request["task"] == "train":
        return train(request["model"], request["batchSize"], request["sequenceLength"], request["steps"])
    raise SystemExit(f"unknown task: {request['task']}")


def main():
    torch.set_num_threads(int(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
