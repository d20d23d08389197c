// inspect_request: declaration and documentation of the name under the cursor, or of the call around it, from
// TypeScript; its value from rank 0.

import { setTimeout as delay } from "node:timers/promises";
import type { Hover } from "../language/checker/messages.js";
import { blankMagics } from "../language/magic-words.js";
import { fromCodePoints, nameAt } from "../language/words.js";
import type { Rendered } from "../link/messages.js";
import type { Session } from "../session/session.js";
import type { Content } from "../wire/message.js";
import type { Handler } from "./request.js";

const TYPES_MS = 1500;
/** A worker that runs a cell may not answer before its end: the value gets this long after the types. */
const BUSY_VALUE_MS = 40;

export const inspect: Handler = (content, { session }) => lookUp(content, session, TYPES_MS);

/** Waits up to `typesMs` for types: a fresh kernel has yet to read the libraries. */
export async function lookUp(
  content: Content,
  session: Session,
  typesMs: number,
): Promise<Content> {
  const code = blankMagics(String(content["code"] ?? ""));
  const offset = fromCodePoints(code, Number(content["cursor_pos"] ?? code.length));
  const name = nameAt(code, offset);
  const asked = name === undefined ? Promise.resolve(undefined) : session.inspect(name);
  const hover = await session.language.hover({ code, offset }, typesMs);
  const isBusy = session.isRunning && hover !== undefined;
  const value = isBusy ? await Promise.race([asked, delay(BUSY_VALUE_MS, undefined)]) : await asked;
  const data = describe(hover ?? undefined, value);
  return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
}

function describe(hover: Hover | undefined, value: Rendered | undefined): Content | undefined {
  if (hover === undefined) return value?.bundle;
  const shown = value === undefined ? "" : String(value.bundle["text/plain"]);
  const { signature, documentation } = hover;
  const parts = [signature, documentation, shown];
  const markdown = [fence("ts", signature), documentation, shown === "" ? "" : fence("", shown)];
  return { "text/plain": paragraphs(parts), "text/markdown": paragraphs(markdown) };
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

/** A code block, its fence longer than any inside. */
function fence(language: string, code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${code}\n${ticks}`;
}
