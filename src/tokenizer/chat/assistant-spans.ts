// Where in a conversation's text the assistant speaks, for templates that do not mark it: each of its turns stands between the text
// of what came before, with the prompt to generate, and the text that ends with the turn. That holds only where both are
// beginnings of the whole text, which is tried; a template that writes earlier turns otherwise later on is refused.
import { TokenizerError } from "../tokenizer-error.js";
import type { ChatMessage } from "./messages.js";
import type { Span } from "./render.js";

/** Makes the text of messages, with or without a prompt for the assistant to speak. */
export type RenderText = (messages: readonly ChatMessage[], addGenerationPrompt: boolean) => string;

const REMEDY =
  "put {% generation %} and {% endgeneration %} around what the assistant says in the template (option chatTemplate), or train on " +
  "prompt and completion instead";

/** @param whole the text of all messages */
export function assistantSpans(
  messages: readonly ChatMessage[],
  whole: string,
  render: RenderText,
): Span[] {
  const turns = messages.flatMap(({ role }, index) => (role === "assistant" ? [index] : []));
  return turns.map((turn) => {
    const before = beginning(turn, () => render(messages.slice(0, turn), true));
    const after = beginning(turn, () => render(messages.slice(0, turn + 1), false));
    const isProved =
      whole.startsWith(before) && whole.startsWith(after) && after.startsWith(before);
    if (isProved) return [before.length, after.length];
    throw new TokenizerError(
      `what the assistant says in message ${turn} cannot be told from the rest: the chat template writes the messages up to there ` +
        `otherwise when others follow; ${REMEDY}`,
    );
  });
}

function beginning(turn: number, render: () => string): string {
  try {
    return render();
  } catch (cause) {
    if (!(cause instanceof TokenizerError)) throw cause;
    throw new TokenizerError(
      `what the assistant says in message ${turn} cannot be told from the rest: for the messages up to there ${cause.message}; ${REMEDY}`,
      { cause },
    );
  }
}
