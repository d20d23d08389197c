"""Python tokenizers' side of `notebooster bench load`: encodes the texts of a file as one batch for each line it is sent, and answers with
{"seconds", "processorSeconds", "tokens"}: those of all threads, until the ids are Python's, as ours are JavaScript's."""

import json
import sys
import time

from tokenizers import Tokenizer

folder, texts = sys.argv[1:]
tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
with open(texts) as file:
    texts = json.load(file)
for _ in sys.stdin:
    begin, used = time.perf_counter(), time.process_time()
    ids = [each.ids for each in tokenizer.encode_batch(texts)]
    seconds, processor_seconds = time.perf_counter() - begin, time.process_time() - used
    answer = {"seconds": seconds, "processorSeconds": processor_seconds, "tokens": sum(len(each) for each in ids)}
    print(json.dumps(answer), flush=True)
