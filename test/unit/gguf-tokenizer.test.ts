// Tokenizers in GGUF files beside transformers, which reads them too, but cuts digits of SmolLM2 otherwise than that model's own.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutoTokenizer } from "notebooster";
import { expect, test } from "vitest";
import { GgufFile } from "../../src/gguf/gguf-file.js";
import { ggufHeader, type TypedValue } from "../../src/gguf/gguf-header.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";

const folder = sharedFolder();
const TEXTS = [
  "Hello there, it's 12345.67\t\n\n x",
  "na\u00efve caf\u00e9 \u65e5\u672c 👍🏽",
  "<|end|>the end<|end|> and <tool>",
  "  two  spaces ",
  "WE'RE don't",
  "",
];

const MAKE = `
import transformers, tokenizers
from gguf import GGUFWriter
from tokenizers import Tokenizer, models, trainers, pre_tokenizers, decoders
corpus = ["hello there the end of the tale 12 34 567 its naive cafe and the spaces", "we're don't you'll HELLO WE'RE there"] * 20
def trained(pre, specials, alphabet):
    t = Tokenizer(models.BPE()); t.pre_tokenizer = pre
    t.train_from_iterator(corpus, trainers.BpeTrainer(vocab_size=420, special_tokens=specials, initial_alphabet=alphabet, show_progress=False))
    import json as j
    m = j.loads(t.to_str())["model"]
    return sorted(m["vocab"], key=m["vocab"].get), [" ".join(x) if isinstance(x, list) else x for x in m["merges"]]
def write(name, arch, fill):
    w = GGUFWriter(f"{args[0]}/{name}.gguf", arch); fill(w)
    w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()
tokens, merges = trained(pre_tokenizers.ByteLevel(add_prefix_space=False), ["<|begin|>", "<|end|>", "<tool>"], pre_tokenizers.ByteLevel.alphabet())
def bpe(pre):
    def fill(w):
        w.add_tokenizer_model("gpt2"); w.add_tokenizer_pre(pre); w.add_token_list(tokens); w.add_token_merges(merges)
        w.add_token_types([3, 3, 4] + [1] * (len(tokens) - 3)); w.add_bos_token_id(0); w.add_eos_token_id(1); w.add_add_bos_token(pre == "llama-bpe")
        w.add_chat_template("{{ messages[0].content }}")
    return fill
for pre in ["gpt-2", "qwen2", "llama-bpe", "smollm"]: write(pre, "llama", bpe(pre))
pieces, _ = trained(pre_tokenizers.Metaspace(), [], [])
pieces = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)] + pieces
def spm(w):
    w.add_tokenizer_model("llama"); w.add_token_list(pieces); w.add_token_scores([0.0] * 259 + [-float(i) for i in range(len(pieces) - 259)])
    w.add_token_types([2, 3, 3] + [6] * 256 + [1] * (len(pieces) - 259)); w.add_bos_token_id(1); w.add_eos_token_id(2); w.add_unk_token_id(0)
write("pieces", "llama", spm)
def answers(name):
    t = transformers.AutoTokenizer.from_pretrained(args[0], gguf_file=f"{name}.gguf")
    if name == "smollm": t.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    ids = [t(x)["input_ids"] for x in args[1]]
    return [ids, [t.decode(i, clean_up_tokenization_spaces=False) for i in ids], t.bos_token_id, t.eos_token_id]
print(json.dumps({name: answers(name) for name in ["gpt-2", "qwen2", "llama-bpe", "smollm", "pieces"]}))`;

type Answers = readonly [ids: number[][], texts: string[], bos: number, eos: number];
const expected = python(MAKE, folder, TEXTS) as Record<string, Answers>;

test.each(["gpt-2", "qwen2", "llama-bpe", "smollm", "pieces"])(
  "a tokenizer of %s has transformers' ids",
  async (name) => {
    const tokenizer = await AutoTokenizer.fromPretrained(join(folder, `${name}.gguf`));
    const [ids, texts, bos, eos] = expected[name] as Answers;
    expect(TEXTS.map((text) => [...tokenizer.encode(text)])).toEqual(ids);
    expect(ids.map((list) => tokenizer.decode(list))).toEqual(texts);
    expect([tokenizer.bosTokenId, tokenizer.eosTokenId]).toEqual([bos, eos]);
  },
);

test("its chat template is the file's", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(join(folder, "qwen2.gguf"));
  expect(
    tokenizer.applyChatTemplate([{ role: "user", content: "Hello" }], { tokenize: false }),
  ).toBe("Hello");
});

test.each(["gpt-2", "qwen2", "llama-bpe", "smollm"])(
  "a tokenizer of %s is written as it was read",
  async (name) => {
    const path = join(folder, `${name}.gguf`);
    using before = GgufFile.open(path);
    const tokenizer = await AutoTokenizer.fromPretrained(path);
    const again = join(folder, `${name}-again.gguf`);
    const written = new Map<string, TypedValue>([
      ["general.architecture", { text: "llama" }],
      ...tokenizer.ggufMetadata(tokenizer.vocabSize + 2),
    ]);
    writeFileSync(again, ggufHeader(written, []));
    using after = GgufFile.open(again);
    const { tokens, token_type: types, ...others } = metadataOf(after);
    const { tokens: ownTokens, token_type: ownTypes, ...own } = metadataOf(before);
    expect(others).toEqual(own);
    expect(tokens).toEqual([
      ...(ownTokens as string[]),
      `[PAD${tokenizer.vocabSize}]`,
      `[PAD${tokenizer.vocabSize + 1}]`,
    ]);
    expect(types).toEqual([...(ownTypes as number[]), 5, 5]);
  },
);

const metadataOf = ({ metadata }: GgufFile): Record<string, unknown> =>
  Object.fromEntries(
    [...metadata].map(([key, value]) => [key.replace("tokenizer.ggml.", ""), value]),
  );
