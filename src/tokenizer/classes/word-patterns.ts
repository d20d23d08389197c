// The patterns by which tokenizers with a BPE on bytes cut a text into words, as tokenizer.json writes them.

/** Of Qwen2 to Qwen3: one digit a word. */
export const QWEN2_WORDS =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** Of Qwen3.5: marks belong to letters. */
export const QWEN3_5_WORDS =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** Of LLaMA 3 and GLM-4: three digits a word. */
const LLAMA3_WORDS = QWEN2_WORDS.replace("|\\p{N}|", "|\\p{N}{1,3}|");

/** GPT-2's where a tokenizer writes it out. */
const GPT2_WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
const LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";

/** Words of a case end where a capital begins another, as in GPT-4o. */
function casedWords(contraction: string, digits: string): string {
  const before = "[^\\r\\n\\p{L}\\p{N}]?";
  return (
    `${before}${UPPER}*${LOWER}+${contraction}|${before}${UPPER}+${LOWER}*${contraction}|${digits}` +
    "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
  );
}

/**
 * In all of them a word ends after letters before a sign, and after letters, digits and signs before a space; white
 * space before " a" is a word of its own. An apostrophe is no sign here.
 */
export const WORD_PATTERNS: readonly string[] = [
  QWEN2_WORDS,
  QWEN3_5_WORDS,
  LLAMA3_WORDS,
  GPT2_WORDS,
  casedWords("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", "\\p{N}{1,3}"),
  casedWords("", "\\p{N}"),
];
