"""Python tokenizers' side of `notebooster bench load`: encodes the texts of a file as one batch for each line it is sent, and answers with
{"seconds", "tokens"}."""

import json
import sys
import time

from tokenizers import Tokenizer

folder, texts = sys.argv[1:]
tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
with open(texts) as file:
    texts = json.load(file)
for _ in sys.stdin:
    begin = time.perf_counter()
    encodings = tokenizer.encode_batch(texts)
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "tokens": sum(len(each) for each in encodings)}), flush=True)
