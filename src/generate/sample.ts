// What a model says to some prompts, as rows for a table: looked at once in a while, it shows what training does.
import { kind, listOf, requireValue } from "../arguments/checks.js";
import type { ChatMessage } from "../tokenizer/chat/messages.js";
import type { TextModel } from "./decoder.js";
import { evaluating, type Trainable } from "./evaluating.js";
import { aTextModel, generated } from "./generate.js";
import type { GenerationConfig } from "./generation-config.js";
import type { GenerateOptions } from "./options.js";
import type { TextCoder } from "./text-decoder.js";
import { textAdded } from "./text-pieces.js";

/** Makes ids of conversations as well. */
export interface ChatCoder extends TextCoder {
  /** The ids of a conversation in the tokenizer's chat template. */
  applyChatTemplate(
    messages: readonly ChatMessage[],
    options: { readonly addGenerationPrompt: true },
  ): ArrayLike<number>;
}

/** What the model said to a prompt. */
export interface Sample {
  /** The text, or the last message of the conversation. */
  readonly prompt: string;
  /** What the model said, without special tokens. */
  readonly text: string;
  /** How many tokens that is, the end included. */
  readonly numTokens: number;
}

export const aChatCoder = kind<ChatCoder>(
  "a tokenizer, as AutoTokenizer.fromPretrained(folder) gives it",
  (value) => typeof (value as Partial<ChatCoder> | null)?.applyChatTemplate === "function",
);
const somePrompts = listOf<string | readonly ChatMessage[]>({
  ...kind(
    "a text or a list of messages",
    (value) => typeof value === "string" || Array.isArray(value),
  ),
  each: "texts or conversations",
});

/**
 * Has the model continue texts, or answer conversations, all at a time: a row for each continuation, in order, as a cell shows them
 * in a table and a run keeps them. Layers such as dropout do nothing meanwhile, and go on as they were.
 */
export function sample(
  model: TextModel & Trainable,
  tokenizer: ChatCoder,
  prompts: readonly (string | readonly ChatMessage[])[],
  options: GenerateOptions = {},
): Sample[] {
  requireValue("sample: model", model, aTextModel);
  requireValue("sample: tokenizer", tokenizer, aChatCoder);
  requireValue("sample: prompts", prompts, somePrompts);
  if (prompts.length === 0) return [];
  const rows = prompts.map((prompt) => idsOf(prompt, tokenizer));
  const { ids, promptLength } = evaluating(model, () =>
    generated(model, rows, { tokenizer, ...options }),
  );
  const all = ids.toArray() as number[][];
  ids.dispose();
  const perPrompt = all.length / prompts.length;
  return all.map((row, i) => {
    const which = Math.floor(i / perPrompt);
    const added = untilEnd(row.slice(promptLength), { ...model.generationConfig, ...options });
    const text = textAdded(tokenizer, { before: rows[which] as number[], added });
    return { prompt: shown(prompts[which] as Prompt), text, numTokens: added.length };
  });
}

type Prompt = string | readonly ChatMessage[];

/** The ids of a text, or of a conversation in the tokenizer's chat template with the beginning of an answer. */
export function idsOf(prompt: Prompt, tokenizer: ChatCoder): number[] {
  return Array.from(
    typeof prompt === "string"
      ? tokenizer.encode(prompt)
      : tokenizer.applyChatTemplate(prompt, { addGenerationPrompt: true }),
  );
}

/** Without the padding of rows that ended before others. */
function untilEnd(ids: readonly number[], { eosTokenId, padTokenId }: Ends): readonly number[] {
  const ends = [eosTokenId ?? []].flat();
  const end = ids.findIndex((id) => ends.includes(id));
  if (end !== -1) return ids.slice(0, end + 1);
  const last = ids.findLastIndex((id) => id !== padTokenId);
  return ids.slice(0, last + 1);
}

type Ends = Pick<GenerationConfig, "eosTokenId" | "padTokenId">;

function shown(prompt: Prompt): string {
  if (typeof prompt === "string") return prompt;
  const content = prompt.at(-1)?.content ?? "";
  return typeof content === "string" ? content : JSON.stringify(content);
}
