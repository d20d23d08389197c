// What the columns of a file mean. Its format is told by the names of its columns; where two formats fit, or none, that is refused, and
// `columns` says which column is which.
import { DataError } from "../data-error.js";
import type { DataRow, PlacedRow } from "./read-rows.js";
import { conversationOf, parseJson, promptOf, type Turn } from "./turns.js";

/** Where a row's parts stand: names of columns. */
export interface Columns {
  /** A list of turns, `{ role, content }` or `{ from, value }`. */
  readonly messages?: string;
  /** A list of JSON schemas that go with messages. */
  readonly tools?: string;
  /** What comes before a completion: text, or turns. */
  readonly prompt?: string;
  /** What is learnt: text, or turns. */
  readonly completion?: string;
  /** What the user asks, in Alpaca's form. */
  readonly instruction?: string;
  /** What an instruction is about; may be empty. */
  readonly input?: string;
  /** The answer to an instruction. */
  readonly output?: string;
  /** A system turn, where the messages have none. */
  readonly system?: string;
  /** A text that is learnt whole. */
  readonly text?: string;
}

/** What is to be tokenized. */
export type Content =
  | {
      readonly kind: "chat";
      readonly messages: readonly Turn[];
      readonly tools?: readonly object[];
    }
  | { readonly kind: "completion"; readonly prompt: string; readonly completion: string }
  | { readonly kind: "text"; readonly text: string };

/** Reads the content of a row. @throws DataError saying what is wrong with it */
export type ReadContent = (row: DataRow) => Content;

interface Format {
  readonly name: string;
  /** Columns it needs, by our names. */
  readonly needs: readonly (keyof Columns)[];
  readonly read: ReadContent;
}

const FORMATS: readonly Format[] = [
  { name: "messages", needs: ["messages"], read: readChat },
  { name: "prompt and completion", needs: ["prompt", "completion"], read: readCompletion },
  { name: "Alpaca", needs: ["instruction", "output"], read: readAlpaca },
  { name: "text", needs: ["text"], read: readText },
];
/** Other names that columns go by. */
const ALIASES: Readonly<Partial<Record<keyof Columns, readonly string[]>>> = {
  messages: ["messages", "conversations", "conversation"],
};
export const COLUMNS = [
  ...["messages", "tools", "prompt", "completion", "instruction"],
  ...["input", "output", "system", "text"],
] as const satisfies readonly (keyof Columns)[] | readonly string[];

/** How to read rows such as this one. */
export function formatOf({ value, file, line }: PlacedRow, columns: Columns = {}): ReadContent {
  const names = columnNames(value, columns);
  const isGiven = Object.keys(columns).length > 0;
  const fitting = FORMATS.filter(({ needs }) =>
    needs.every((name) => names[name] !== undefined),
  ).filter(({ needs }) => !isGiven || needs.some((name) => columns[name] !== undefined));
  const [format, other] = fitting;
  const has = Object.keys(value).join(", ") || "none";
  if (format === undefined) {
    const known = FORMATS.map(({ name, needs }) => `${name} (${needs.join(", ")})`).join("; ");
    throw new DataError(
      `${file}:${line}: its columns are ${has}; known formats: ${known}. Say which is which: columns: { prompt: "question", completion: "answer" }`,
    );
  }
  if (other !== undefined) {
    throw new DataError(
      `${file}:${line}: its columns are ${has}, which may be ${fitting.map(({ name }) => name).join(" or ")}; say which with ` +
        `columns: { ${format.needs.map((name) => `${name}: "${names[name]}"`).join(", ")} }`,
    );
  }
  return (row) => format.read(renamed(row, columnNames(row, columns))); // rows may have columns that the first has not
}

type Names = Partial<Record<keyof Columns, string>>;

function columnNames(row: DataRow, columns: Columns): Names {
  const names: Names = {};
  for (const name of COLUMNS as readonly (keyof Columns)[]) {
    const candidates = columns[name] === undefined ? (ALIASES[name] ?? [name]) : [columns[name]];
    const found = candidates.find((column) => Object.hasOwn(row, column));
    if (found !== undefined) names[name] = found;
  }
  return names;
}

function renamed(row: DataRow, names: Names): DataRow {
  const columns = Object.entries(names);
  for (const [, column] of columns) refuseLarge(row[column], column);
  return Object.fromEntries(columns.map(([name, column]) => [name, row[column]]));
}

/** Whole numbers that JSON and templates would round without a word. Rows may be nested deeper than calls can be. */
function refuseLarge(given: unknown, column: string): void {
  const open = [given];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === "bigint") {
      throw new DataError(
        `${column} holds ${value}, beyond 2^53, which JavaScript's numbers cannot tell from its neighbours; write it as text`,
      );
    }
    if (typeof value === "object" && value !== null)
      for (const each of Object.values(value)) open.push(each ?? null);
  }
}

function readChat({ messages, tools, system }: DataRow): Content {
  const turns = conversationOf(messages, system);
  if ((tools ?? null) === null) return { kind: "chat", messages: turns };
  const list = typeof tools === "string" ? parseJson(tools, "tools") : tools;
  if (Array.isArray(list)) return { kind: "chat", messages: turns, tools: list as object[] };
  throw new DataError("tools must be a list of JSON schemas");
}

function readCompletion({ prompt, completion }: DataRow): Content {
  if (typeof prompt === "string" && typeof completion === "string")
    return { kind: "completion", prompt, completion };
  if (Array.isArray(prompt) && Array.isArray(completion))
    return { kind: "chat", messages: conversationOf([...prompt, ...completion]) };
  throw new DataError("prompt and completion must both be text, or both lists of messages");
}

function readAlpaca({ instruction, input, output, system }: DataRow): Content {
  return { kind: "chat", messages: promptOf({ instruction, input, output, system }) };
}

function readText({ text }: DataRow): Content {
  if (typeof text === "string") return { kind: "text", text };
  throw new DataError("text must be text");
}
