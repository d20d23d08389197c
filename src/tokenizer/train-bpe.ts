// Byte-level BPE training (Sennrich et al. 2016, on bytes as in GPT-2). Words are counted once; each merge then
// touches only the words that hold the pair, so 5 MB of text and 2,000 merges take seconds. Deterministic: the same text
// gives the same tokenizer everywhere, and the one that Hugging Face's BpeTrainer gives.

import { type Check, integer, kind, listOf, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { BYTE_CHARACTERS, toByteCharacters } from "./byte-alphabet.js";
import { PairQueue } from "./pair-queue.js";
import { TokenizerError } from "./tokenizer-error.js";

/** GPT-2's split into words: contractions, letters, digits, other signs, each with one leading space, and white space. */
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Pairs are keyed by left * KEY_BASE + right, which bounds the vocabulary. */
const KEY_BASE = 2 ** 20;

/** Options of `trainByteLevelBpe`. */
export interface BpeOptions {
  /** Tokens in all: special tokens, 256 bytes and merges. */
  readonly vocabSize: number;
  /** Tokens that stand for no text; they take the first ids in the order given. */
  readonly specialTokens: readonly string[];
}

const someTexts: Check<Iterable<string>> = kind(
  "a list of texts",
  (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
);
const OPTIONS: OptionTable<BpeOptions> = {
  vocabSize: integer(),
  specialTokens: listOf({ ...text, each: "texts" }),
};

/** A trained tokenizer; `writeTokenizer` saves it. */
export interface TrainedBpe {
  /** They have the first ids. */
  readonly specialTokens: readonly string[];
  /** The token of each id, bytes written in GPT-2's alphabet. */
  readonly tokens: readonly string[];
  /** The pairs to merge, first learnt first. */
  readonly merges: readonly (readonly [left: string, right: string])[];
}

/** Learns a byte-level BPE from texts. Ends early, with fewer tokens, when no pair is left to merge. */
export function trainByteLevelBpe(texts: Iterable<string>, options: BpeOptions): TrainedBpe {
  requireValue("trainByteLevelBpe: texts", texts, someTexts);
  checkOptions("trainByteLevelBpe", options, OPTIONS);
  requireOptions(options);
  const { vocabSize, specialTokens } = options;
  const alphabet = [...BYTE_CHARACTERS].sort((a, b) => a.charCodeAt(0) - b.charCodeAt(0));
  const tokens = [...specialTokens, ...alphabet];
  const idByToken = new Map(tokens.map((token, id) => [token, id]));
  const merger = new WordMerger(countWords(texts), idByToken);
  const merges: (readonly [string, string])[] = [];
  while (tokens.length < vocabSize) {
    const pair = merger.mostFrequentPair();
    if (pair === undefined) break;
    const [left, right] = [tokens[pair.left] ?? "", tokens[pair.right] ?? ""];
    const merged = left + right;
    const id = idByToken.get(merged) ?? tokens.push(merged) - 1;
    idByToken.set(merged, id);
    merges.push([left, right]);
    merger.merge(pair, id);
  }
  return { specialTokens, tokens, merges };
}

function requireOptions({ vocabSize, specialTokens }: BpeOptions): void {
  requireValue("trainByteLevelBpe: specialTokens", specialTokens, OPTIONS.specialTokens);
  const smallest = specialTokens.length + BYTE_CHARACTERS.length;
  if (!Number.isInteger(vocabSize) || vocabSize < smallest || vocabSize >= KEY_BASE) {
    throw new TokenizerError(
      `vocabSize ${vocabSize} given; it must be a whole number from ${smallest} (256 bytes and ` +
        `${specialTokens.length} special tokens) to ${KEY_BASE - 1}`,
    );
  }
  if (new Set(specialTokens).size < specialTokens.length) {
    throw new TokenizerError(`special tokens ${JSON.stringify(specialTokens)} repeat one`);
  }
}

function countWords(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of texts) {
    for (const [word] of one.matchAll(WORDS)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (counts.size === 0)
    throw new TokenizerError("no text to train a tokenizer on; every text given is empty");
  return counts;
}

interface Word {
  symbols: number[];
  readonly count: number;
}

/** The words as symbol lists, with the count of every pair and the words it occurs in. */
class WordMerger {
  readonly #words: Word[];
  readonly #pairCounts = new Map<number, number>();
  readonly #wordsByPair = new Map<number, Set<number>>();
  readonly #queue = new PairQueue();

  constructor(counts: ReadonlyMap<string, number>, idByToken: ReadonlyMap<string, number>) {
    this.#words = [...counts].map(([word, count]) => ({
      symbols: [...toByteCharacters(word)].map((character) => idByToken.get(character) ?? 0),
      count,
    }));
    const pairs = new Set<number>();
    this.#words.forEach(({ symbols }, word) => {
      for (let i = 1; i < symbols.length; i++)
        pairs.add(this.#change(keyOf(symbols, i - 1), word, 1));
    });
    this.#enqueue(pairs);
  }

  mostFrequentPair(): { readonly left: number; readonly right: number } | undefined {
    for (;;) {
      const top = this.#queue.pop();
      if (top === undefined) return undefined;
      const count = this.#pairCounts.get(top.left * KEY_BASE + top.right) ?? 0;
      if (count === top.count) return top;
      if (count > 0) this.#queue.push({ ...top, count });
    }
  }

  /** Replaces the pair by `id` in every word that holds it, and updates the counts of the pairs around it. */
  merge({ left, right }: { readonly left: number; readonly right: number }, id: number): void {
    const grown = new Set<number>();
    const key = left * KEY_BASE + right;
    for (const word of this.#wordsByPair.get(key) ?? []) this.#mergeInWord(word, key, id, grown);
    this.#wordsByPair.delete(key);
    this.#pairCounts.delete(key);
    this.#enqueue(grown);
  }

  #mergeInWord(word: number, key: number, id: number, grown: Set<number>): void {
    const old = this.#words[word] as Word;
    const symbols: number[] = [];
    for (let i = 0; i < old.symbols.length; i++) {
      if (i + 1 < old.symbols.length && keyOf(old.symbols, i) === key) {
        symbols.push(id);
        i += 1;
      } else {
        symbols.push(old.symbols[i] as number);
      }
    }
    for (let i = 1; i < old.symbols.length; i++) this.#change(keyOf(old.symbols, i - 1), word, -1);
    for (let i = 1; i < symbols.length; i++) {
      const pair = this.#change(keyOf(symbols, i - 1), word, 1);
      if (symbols[i - 1] === id || symbols[i] === id) grown.add(pair);
    }
    old.symbols = symbols;
  }

  #change(pair: number, word: number, sign: 1 | -1): number {
    const { count } = this.#words[word] as Word;
    this.#pairCounts.set(pair, (this.#pairCounts.get(pair) ?? 0) + sign * count);
    if (sign === 1) {
      const words = this.#wordsByPair.get(pair);
      if (words === undefined) this.#wordsByPair.set(pair, new Set([word]));
      else words.add(word);
    }
    return pair;
  }

  #enqueue(pairs: ReadonlySet<number>): void {
    for (const pair of pairs) {
      const count = this.#pairCounts.get(pair) ?? 0;
      if (count > 0)
        this.#queue.push({ left: Math.floor(pair / KEY_BASE), right: pair % KEY_BASE, count });
    }
  }
}

function keyOf(symbols: readonly number[], index: number): number {
  return (symbols[index] as number) * KEY_BASE + (symbols[index + 1] as number);
}
