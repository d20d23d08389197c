// complete_request: what TypeScript knows at the cursor, joined with the live values of rank 0. Either answers without the
// other: types while a cell blocks the worker, values where a type is `any`.

import { setTimeout as delay } from "node:timers/promises";
import type { CompletionEntry, Completions } from "../language/checker/messages.js";
import { blankMagics, magicAt } from "../language/magic-words.js";
import {
  type CompletionPlace,
  completionPlace,
  fromCodePoints,
  KEYWORDS,
  toCodePoints,
} from "../language/words.js";
import type { Content } from "../wire/message.js";
import { completePath } from "./complete-path.js";
import type { Handler } from "./request.js";

/** Types that take longer than this, as in the first seconds of a kernel, are left out: JupyterLab waits 1 s in all. */
const TYPES_MS = 600;
/** A worker that runs a cell may not answer before its end: live values get this long after the types. */
const BUSY_VALUES_MS = 40;
/** Front ends read this metadata and show icons and signatures. */
const TYPES = "_jupyter_types_experimental";

interface Found {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly CompletionEntry[];
}

export const complete: Handler = async (content, { session }) => {
  const source = String(content["code"] ?? "");
  const cursor = fromCodePoints(source, Number(content["cursor_pos"] ?? source.length));
  const magic = magicAt(source, cursor);
  if (magic !== undefined)
    return reply(source, { ...magic, end: cursor, entries: magic.phrases.map(asMagic) });
  const code = blankMagics(source);
  const place = completionPlace(code, cursor);
  const asked = place === undefined ? Promise.resolve([]) : session.complete(place.object);
  const types = await session.language.complete({ code, offset: cursor }, TYPES_MS);
  if (types?.text !== undefined) return reply(source, completePath(types.text, cursor));
  const isBusy = session.isRunning && types !== undefined;
  const values = isBusy ? await Promise.race([asked, delay(BUSY_VALUES_MS, [])]) : await asked;
  return reply(source, join(types, place, values) ?? { start: cursor, end: cursor, entries: [] });
};

function asMagic(text: string): CompletionEntry {
  return { text, type: "magic" };
}

/** Entries of both, those that have types first; `types` is undefined when nothing is known of them yet. */
function join(
  types: Completions | null | undefined,
  place: CompletionPlace | undefined,
  values: readonly string[],
): Found | undefined {
  if (place === undefined) return types ?? undefined;
  const live = liveEntries(
    place,
    types === undefined && place.object === "" ? [...values, ...KEYWORDS] : values,
  );
  const span = { start: place.start, end: place.start + place.prefix.length };
  if (types === undefined) return { ...span, entries: live };
  const isMember = place.object !== "";
  if (types === null) return isMember ? { ...span, entries: live } : undefined;
  if (types.start !== place.start || !(isMember || types.isGlobal)) return types;
  const known = new Set(types.entries.map(({ text }) => text));
  return { ...span, entries: [...types.entries, ...live.filter(({ text }) => !known.has(text))] };
}

/** Live names that go on with what was typed; those that begin with _ only where one was typed. */
function liveEntries(place: CompletionPlace, names: readonly string[]): CompletionEntry[] {
  const type = place.object === "" ? "variable" : "property";
  const isWanted = (name: string): boolean =>
    name.startsWith(place.prefix) && (place.prefix !== "" || !name.startsWith("_"));
  return [...new Set(names.filter(isWanted))].sort().map((text) => ({ text, type }));
}

function reply(code: string, { start, end, entries }: Found): Content {
  const range = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
  return {
    status: "ok",
    matches: entries.map(({ text }) => text),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: { [TYPES]: entries.map((entry) => ({ ...range, ...entry })) },
  };
}
