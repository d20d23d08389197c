// Conversations as files have them, brought into one form: messages with role and content.
import { describeValue } from "../../arguments/describe-value.js";
import { DataError } from "../data-error.js";

/** One turn of a conversation. */
export interface Turn {
  readonly role: string;
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

/** Who speaks in ShareGPT's files, by the names there. */
const SPEAKERS: Readonly<Record<string, string>> = {
  ...{ system: "system", human: "user", user: "user" },
  ...{ gpt: "assistant", assistant: "assistant", chatgpt: "assistant" },
  ...{ tool: "tool", observation: "tool" },
};

/** @param messages a list of { role, content }, or of { from, value } as in ShareGPT; also as JSON text, as in CSV */
export function conversationOf(messages: unknown, system?: unknown): Turn[] {
  const list: unknown = typeof messages === "string" ? parseJson(messages, "messages") : messages;
  if (!Array.isArray(list) || list.length === 0)
    throw new DataError(`messages must be a list of turns, got ${describeValue(messages)}`);
  const turns = list.map(turnOf);
  if (turns[0]?.role === "system" || typeof system !== "string" || system === "") return turns;
  return [{ role: "system", content: system }, ...turns];
}

interface Instruction {
  readonly instruction: unknown;
  readonly input: unknown;
  readonly output: unknown;
  readonly system: unknown;
}

/** A turn of the user and the answer, as in Alpaca's files. */
export function promptOf({ instruction, input, output, system }: Instruction): Turn[] {
  if (typeof instruction !== "string" || typeof output !== "string")
    throw new DataError("instruction and output must be text");
  const asked =
    typeof input === "string" && input !== "" ? `${instruction}\n\n${input}` : instruction;
  return conversationOf(
    [
      { role: "user", content: asked },
      { role: "assistant", content: output },
    ],
    system,
  );
}

/** JSON within a column of text, as CSV has it. */
export function parseJson(text: string, column: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError(`${column} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
}

function turnOf(turn: unknown, index: number): Turn {
  const { role, from, value, ...rest } = (Object(turn) === turn ? turn : {}) as Record<
    string,
    unknown
  >;
  if (typeof role === "string") return turn as Turn;
  const speaker = typeof from === "string" ? SPEAKERS[from] : undefined;
  if (speaker !== undefined && typeof value === "string")
    return { ...rest, role: speaker, content: value };
  const known = Object.keys(SPEAKERS).join(", ");
  throw new DataError(
    `turn ${index} must be { role, content } or { from, value } with from one of ${known}, got ${describeValue(turn)}`,
  );
}
