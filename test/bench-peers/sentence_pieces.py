"""Tokenizers of SentencePiece's kinds for `notebooster bench load`, trained on a text: `sentence_pieces.py FOLDER TEXT` writes a folder
each and prints their names. Pieces of BPE end at spaces and are of letters, digits or signs alone, as SentencePiece's are of one script."""

import json
import os
import sys

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

SIZE = 8000
SPECIAL = ["<unk>", "<s>", "</s>"]
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
MARKS = normalizers.Replace(" ", "▁")

folder, text = sys.argv[1:]
with open(text) as file:
    lines = file.read().split("\n")


def bpe(normalizer, pre_tokenizer):
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"▁?(?:\p{L}+|\p{N}|[^▁\p{L}\p{N}]+)|▁+"), "isolated")
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=SIZE, special_tokens=SPECIAL + BYTES, show_progress=False))
    tokenizer.pre_tokenizer = pre_tokenizer
    return tokenizer


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    trainer = trainers.UnigramTrainer(vocab_size=SIZE, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


made = {
    "LLaMA 2's kind": bpe(normalizers.Sequence([normalizers.Prepend("▁"), MARKS]), None),
    "Gemma's kind": bpe(MARKS, pre_tokenizers.Split(" ", "merged_with_previous")),
    "T5's kind": unigram(),
}
for name, tokenizer in made.items():
    os.makedirs(f"{folder}/{name}")
    tokenizer.save(f"{folder}/{name}/tokenizer.json")
print(json.dumps(list(made)))
