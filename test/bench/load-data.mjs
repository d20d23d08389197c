// Data beside the loading of weights: tokens a second of tokenizers, a byte-level BPE and SentencePiece's kinds, beside Python's tokenizers on the same texts, and how much of a step of
// 100,000 tokens a second waits for a stream that is read, tokenized and packed meanwhile.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  AutoTokenizer,
  DataLoader,
  StreamingDataset,
  trainByteLevelBpe,
  writeTokenizer,
} from "notebooster";
import { runPeer, startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const ROUNDS = 5;
const TOKENS_PER_SECOND = 100_000;
const TEMPLATE =
  "{% for m in messages %}{{ '<' + m.role + '>' }}{% if m.role == 'assistant' %}{% generation %}{{ m.content + eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}";
const text = readFileSync(fileURLToPath(new URL("../../LOG.md", import.meta.url)), "utf8");
const words = text.split(/\s+/);
const bookFile = fileURLToPath(new URL("../../notebooks/data/kjv.txt", import.meta.url));
const book = readFileSync(bookFile, "utf8");

export async function measureData() {
  const folder = mkdtempSync(join(tmpdir(), "notebooster-data-"));
  try {
    const tokenizer = await makeTokenizer(folder);
    const repeating = Array.from({ length: 2000 }, (_, i) => said(300, i));
    await measureTokenizing(folder, "words that repeat", repeating);
    await measureTokenizing(folder, "a book", textsOf(book));
    for (const kind of runPeer("sentence_pieces.py", [join(folder, "made"), bookFile])) {
      const made = join(folder, "made", kind);
      await measureTokenizing(made, `${kind}, words that repeat`, repeating);
      await measureTokenizing(made, `${kind}, a book`, textsOf(book));
    }
    measureLoading(folder, tokenizer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeTokenizer(folder) {
  const trained = trainByteLevelBpe([text], { vocabSize: 8000, specialTokens: ["<s>", "</s>"] });
  writeTokenizer(folder, trained, { bos: "<s>", eos: "</s>", pad: "</s>", modelMaxLength: 4096 });
  const file = join(folder, "tokenizer_config.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...config, chat_template: TEMPLATE }));
  return AutoTokenizer.fromPretrained(folder);
}

/** Texts of 2,000 characters. */
function textsOf(whole) {
  return Array.from({ length: Math.ceil(whole.length / 2000) }, (_, i) =>
    whole.slice(i * 2000, (i + 1) * 2000),
  );
}

/**
 * Of all texts at a time, in turns with Python: tokens a second, and of processor time, all threads together. A new
 * tokenizer encodes its first texts, and then the same again with the words that it knows; Python's, which keeps
 * words too, has met them before.
 */
async function measureTokenizing(folder, what, texts) {
  const file = join(folder, "texts.json");
  writeFileSync(file, JSON.stringify(texts));
  const peer = startPeer("tokenizers_peer.py", [folder, file]);
  const rates = { first: [], again: [], theirs: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const tokenizer = await AutoTokenizer.fromPretrained(folder);
    const turn = { first: encoded(tokenizer, texts), again: encoded(tokenizer, texts) };
    turn.theirs = await peer.ask({});
    if (turn.theirs.tokens !== turn.first.tokens)
      throw new Error(`Python has ${turn.theirs.tokens} tokens, we ${turn.first.tokens}`);
    if (round === 0) continue;
    for (const [name, side] of Object.entries(turn)) rates[name].push(ratesOf(side));
  }
  peer.close();
  reportRates(what, rates);
}

function reportRates(what, rates) {
  const middle = (side, unit) => median(rates[side].map((each) => each[unit]));
  for (const unit of ["wall", "processor"])
    for (const side of ["first", "again"]) {
      const [ours, theirs] = [middle(side, unit), middle("theirs", unit)];
      const name = `tokenizing ${what}, ${side}, ${unit} time`;
      report({ name, tokensPerSecond: ours, tokenizers: theirs, ratio: ours / theirs });
    }
}

function encoded(tokenizer, texts) {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const tokens = tokenizer.encodeBatch(texts).reduce((sum, ids) => sum + ids.length, 0);
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - begin) / 1e3;
  return { tokens, seconds, processorSeconds: (user + system) / 1e6 };
}

function ratesOf({ tokens, seconds, processorSeconds }) {
  return { wall: tokens / seconds, processor: tokens / processorSeconds };
}

/** A step sleeps as long as a model of that speed would take. */
function measureLoading(folder, tokenizer) {
  const file = join(folder, "chats.jsonl");
  const turn = (role, count, i) => ({ role, content: said(count, i) });
  const chat = (_, i) =>
    JSON.stringify({ messages: [turn("user", 70, i), turn("assistant", 270, i + 7)] });
  writeFileSync(file, Array.from({ length: 6000 }, chat).join("\n"));
  const dataset = StreamingDataset.fromFiles(file, {
    tokenizer,
    maxLength: 2048,
    pack: true,
    shuffleWindow: 2000,
  });
  const loader = new DataLoader({ dataset, batchSize: 4, shuffle: true });
  const waits = [];
  let stepMs = 0;
  let begin = performance.now();
  for (const { inputIds } of loader.take(150)) {
    waits.push(performance.now() - begin);
    stepMs += (inputIds.numel / TOKENS_PER_SECOND) * 1e3;
    sleep((inputIds.numel / TOKENS_PER_SECOND) * 1e3);
    begin = performance.now();
  }
  const [first, ...others] = waits;
  const waitedMs = others.reduce((sum, ms) => sum + ms, 0);
  report({
    name: "stream at 100,000 tokens/s",
    share: waitedMs / (stepMs + waitedMs),
    medianMs: median(others),
    mostMs: Math.max(...others),
    firstMs: first,
  });
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Some words of the log, others for another number. */
function said(count, number) {
  const begin = (number * 7919) % (words.length - count);
  return words.slice(begin, begin + count).join(" ");
}
