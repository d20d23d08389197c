// A row's content as token ids with what the model learns of them: what the assistant says, the completion, or a whole text.

import { type Example, IGNORED } from "./example.js";
import type { Content } from "./rows/formats.js";
import type { DocumentEncoder } from "./text-dataset.js";

/** How the same tokenizer is made in another thread. */
export interface TokenizerOrigin {
  /** URL of a module that exports `AutoTokenizer`. */
  readonly module: string;
  /** What `AutoTokenizer.fromPretrained` is given. */
  readonly folder: string;
  /** Of its files: another text when what it makes of a text may differ. */
  readonly digest: string;
  /** Whether its chat template writes the date, which is another tomorrow. */
  readonly usesDate: boolean;
}

/** What supervised datasets need of a tokenizer; an AutoTokenizer has it. */
export interface ChatEncoder extends DocumentEncoder {
  encode(text: string, options?: { readonly addSpecialTokens?: boolean }): Int32Array;
  /** The text of ids. */
  decode(ids: Int32Array): string;
  /** A conversation's ids, and 1 for each that the assistant says. */
  applyChatTemplate(
    messages: readonly { readonly role: string }[],
    options: { readonly tools?: readonly object[]; readonly returnAssistantTokensMask: true },
  ): { readonly inputIds: Int32Array; readonly assistantMask: Uint8Array };
  /** Fills up rows; eos does where there is none. */
  readonly padTokenId: number | undefined;
  /** Where it is there, a stream is tokenized on a thread of its own. */
  readonly origin?: TokenizerOrigin;
}

export interface LossOptions {
  /** Learns what the assistant says alone, not the whole conversation. */
  readonly assistantOnlyLoss: boolean;
  /** Learns the completion alone, not the prompt. */
  readonly completionOnlyLoss: boolean;
}

export function tokenizeContent(
  content: Content,
  tokenizer: ChatEncoder,
  { assistantOnlyLoss, completionOnlyLoss }: LossOptions,
): Example {
  if (content.kind === "text") {
    const inputIds = withEnd(tokenizer.encode(content.text), tokenizer);
    return { inputIds, labels: inputIds };
  }
  if (content.kind === "completion") {
    const { prompt, completion } = content;
    const inputIds = withEnd(tokenizer.encode(prompt + completion), tokenizer);
    const begin = completionOnlyLoss ? commonStart(tokenizer.encode(prompt), inputIds) : 0;
    return { inputIds, labels: inputIds.map((id, index) => (index < begin ? IGNORED : id)) };
  }
  const { messages, tools } = content;
  const { inputIds, assistantMask } = tokenizer.applyChatTemplate(messages, {
    returnAssistantTokensMask: true,
    ...(tools && { tools }),
  });
  if (!assistantOnlyLoss) return { inputIds, labels: inputIds };
  return { inputIds, labels: inputIds.map((id, i) => (assistantMask[i] === 1 ? id : IGNORED)) };
}

/** With one eos at the end, which the model is to learn. */
function withEnd(ids: Int32Array, { eosTokenId }: ChatEncoder): Int32Array {
  if (eosTokenId === undefined || ids.at(-1) === eosTokenId) return ids;
  const longer = new Int32Array(ids.length + 1);
  longer.set(ids);
  longer[ids.length] = eosTokenId;
  return longer;
}

/** How many ids a prompt and what continues it begin with alike: the last of a prompt may join with what follows. */
function commonStart(prompt: Int32Array, whole: Int32Array): number {
  const differing = prompt.findIndex((id, index) => whole[index] !== id);
  return differing === -1 ? prompt.length : differing;
}
