// The last message left open, for the model to go on with it: a tag is put at its end, and the text is cut off there.
import { TokenizerError } from "../tokenizer-error.js";
import type { ChatMessage } from "./messages.js";

const TAG = "CONTINUE_FINAL_MESSAGE_TAG ";

/** @param render makes the text of messages */
export function renderOpenEnded(
  messages: readonly ChatMessage[],
  render: (messages: readonly ChatMessage[]) => string,
): string {
  const last = messages.at(-1) as ChatMessage;
  const { content, said } = tagged(last);
  const text = render([...messages.slice(0, -1), { ...last, content }]);
  const cut = text.lastIndexOf(TAG.trim());
  if (cut === -1 || !text.includes(said.trim())) {
    throw new TokenizerError(
      "continueFinalMessage: the last message does not stand whole in what the chat template made; give it without what the template removes",
    );
  }
  const isWhole = text.slice(cut, cut + TAG.length) === TAG;
  return isWhole ? text.slice(0, cut) : text.slice(0, cut).trimEnd();
}

interface Tagged {
  readonly content: NonNullable<ChatMessage["content"]>;
  /** The text that is to be continued. */
  readonly said: string;
}

function tagged({ content }: ChatMessage): Tagged {
  if (typeof content === "string") return { content: content + TAG, said: content };
  const parts = content ?? [];
  const index = parts.findLastIndex((part) => typeof part["text"] === "string");
  const said = parts[index]?.["text"];
  if (typeof said !== "string") {
    throw new TokenizerError(
      "continueFinalMessage: the last message has no text to continue; give it a content",
    );
  }
  const open = parts.map((part, at) => (at === index ? { ...part, text: said + TAG } : part));
  return { content: open, said };
}
