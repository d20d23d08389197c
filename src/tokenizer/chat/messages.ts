// What people give as a conversation, checked and brought into the form that templates know, as transformers does.
import { type Check, kind, requireValue } from "../../arguments/checks.js";
import { describeValue } from "../../arguments/describe-value.js";

/** One turn of a conversation. */
export interface ChatMessage {
  /** "system", "user", "assistant", "tool", or what else the template knows. */
  readonly role: string;
  /** What was said: text, or a list of parts such as `{ type: "text", text: "..." }`. */
  readonly content?: string | readonly Readonly<Record<string, unknown>>[] | null;
  /** Whatever else the template reads: `tool_calls`, `name`, `reasoning_content`. */
  readonly [field: string]: unknown;
}

const someMessages: Check<readonly ChatMessage[]> = kind(
  'a list of messages, such as [{ role: "user", content: "Hello" }]',
  (value) => Array.isArray(value),
);
/** Names that a message's reasoning goes by; templates read the first. */
const REASONING = ["reasoning_content", "thinking", "reasoning"] as const;

/** @throws TypeError or RangeError for what is no conversation */
export function requireMessages(of: string, messages: unknown): asserts messages is ChatMessage[] {
  requireValue(`${of}: messages`, messages, someMessages);
  if (messages.length === 0)
    throw new RangeError(`${of}: messages must hold at least one message, got an empty list`);
  for (const [index, message] of messages.entries()) {
    const isMessage = Object(message) === message && typeof message.role === "string";
    if (isMessage) continue;
    throw new TypeError(
      `${of}: message ${index} must be an object with a role and a content, got ${describeValue(message)}`,
    );
  }
}

/** Without fields that are null, which many templates cannot take, and with reasoning under all its names. */
export function forTemplate(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map((message) => {
    const given = Object.entries(message).filter(([, value]) => (value ?? null) !== null);
    const fields = Object.fromEntries(given) as ChatMessage;
    const name = REASONING.find((one) => fields[one] !== undefined);
    if (name === undefined) return fields;
    return { thinking: fields[name], ...fields, reasoning_content: fields[name] };
  });
}
